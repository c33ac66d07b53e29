"""Steps of a recurrent network: Adam down the gradient, what a hook may change, how a memory goes on."""

from itertools import repeat

import numpy as np
import pytest
from learning.gradients.recurrent_small import arrays, small

from snnlab.learning import Adam, Weights, adam_start, adam_step, poisson_patterns, samples_from_raster
from snnlab.learning.gradients.adam import update_row
from snnlab.learning.gradients.losses import CrossEntropy
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE, RatePenalty, recurrent_gradient
from snnlab.learning.gradients.recurrent_steps import AdamMemory, recurrent_steps
from snnlab.learning.gradients.recurrent_training import falling_rate, train_recurrent
from snnlab.networks import from_list


def steps(batches, **arguments):
    """All steps from the small network, learnt to the end."""
    return train_recurrent(small()[1], batches, len(batches), progress=False, **arguments)


def test_a_step_is_one_of_adam_down_the_gradient():
    patterns, network = small()
    loss, rates, schedule = CrossEntropy("mean"), RatePenalty(20.0, 1e-4), falling_rate(0.01, 0.5, 2)
    expected = [w.copy() for w in arrays(network)]
    mean, square = ([np.zeros_like(w) for w in expected] for _ in range(2))
    source = recurrent_steps(network, repeat((patterns, loss)), rates=rates, schedule=schedule)
    for number, rate in ((1, 0.01), (2, 0.01), (3, 0.005)):
        lines = network.recurrent._replace(w=expected[2])
        now = network._replace(w_in=expected[0], w_out=expected[1], recurrent=lines)
        found = recurrent_gradient(now, patterns, loss, LSNN_SURROGATE, rates=rates)
        slopes = found.w_in, found.w_out, found.w_rec
        for w, g, m, q in zip(expected, slopes, mean, square, strict=True):
            update_row(w.ravel(), g.ravel(), m.ravel(), q.ravel(), number, rate, *Adam()[1:])
        step = next(source)
        assert step.number == number and step.loss == found.loss and step.accuracy == found.accuracy
        assert step.spikes == found.spikes / 8 and step.rate == rate
        ours = (arrays(part) for part in (step.network, step.mean, step.square, step.gradient))
        for part, right in zip(ours, (expected, mean, square, slopes), strict=True):
            for w, other in zip(part, right, strict=True):
                np.testing.assert_array_equal(w, other)


def test_it_is_the_adam_of_the_other_networks():
    patterns, network = small(recurrent=False)
    found = recurrent_gradient(network, patterns)
    one = next(recurrent_steps(network, [patterns]))
    weights, gradient = Weights(network.w_in, network.w_out), Weights(found.w_in, found.w_out)
    expected, _ = adam_step(weights, gradient, adam_start(weights))
    assert one.network.w_in == pytest.approx(expected.w_in, rel=1e-13, abs=0)
    assert one.network.w_out == pytest.approx(expected.w_out, rel=1e-13, abs=0)
    assert one.network.recurrent is None


def test_what_a_hook_changes_stays_changed():
    """Half of the weights are held at zero, and Adam is made to forget them."""
    patterns, network = small()
    rng = np.random.default_rng(9)
    masks = [rng.random(w.shape) < 0.5 for w in arrays(network)]
    numbers = []

    def hold(step):
        numbers.append(step.number)
        for part in (step.network, step.mean, step.square):
            for w, kept in zip(arrays(part), masks, strict=True):
                w *= kept

    held, free = steps([patterns] * 5, after_step=hold), steps([patterns] * 5)
    assert numbers == [1, 2, 3, 4, 5]
    for w, unheld, kept in zip(arrays(held.network), arrays(free.network), masks, strict=True):
        assert not w[~kept].any() and w[kept].all() and unheld.all()
    assert held.loss[0] == free.loss[0] and held.loss[2] != free.loss[2]


@pytest.mark.parametrize("part", ["network", "mean", "square", "gradient"])
@pytest.mark.parametrize("name", ["pre", "post", "delay"])
def test_the_ends_and_delays_of_synapses_cannot_be_written(part, name):
    patterns, network = small()
    step = next(recurrent_steps(network, [patterns]))
    with pytest.raises(ValueError, match="read-only"):
        getattr(getattr(step, part).recurrent, name)[:] = 99
    learnt = steps([patterns]).network.recurrent
    getattr(learnt, name)[:] = 1  # what was learnt is the reader's


def test_a_hook_that_returns_synapses_rewires():
    """From step 2 on the network is the new one, and step 3 is what it does with the batch."""
    patterns, network = small()
    lines = from_list([3, 0, 2], [0, 1, 2], [0.3, -2.0, 0.5], [2.0, 0.0, 7.0], n_pre=4, n_post=4)
    kept = []

    def rewire(step):
        kept.append([w.copy() for w in arrays(step.network)])
        return lines if step.number == 2 else None

    source = recurrent_steps(network, repeat(patterns), after_step=rewire)
    second = [next(source) for _ in range(2)][1]
    now = second.network
    np.testing.assert_array_equal(now.recurrent.pre, [0, 2, 3])
    np.testing.assert_array_equal(now.recurrent.post, [1, 2, 0])
    np.testing.assert_array_equal(now.recurrent.delay, [0.0, 7.0, 2.0])
    np.testing.assert_array_equal(now.recurrent.w, [-2.0, 0.5, 0.3])
    np.testing.assert_array_equal(now.w_in, kept[1][0])
    expected = recurrent_gradient(now, patterns)
    third = next(source)
    assert third.loss == expected.loss
    np.testing.assert_array_equal(third.gradient.recurrent.w, expected.w_rec)
    np.testing.assert_array_equal(third.gradient.w_in, expected.w_in)
    assert np.shares_memory(third.network.w_in, second.network.w_in)


def test_a_synapse_that_stays_keeps_what_adam_remembers_of_it():
    """They come back in another order; one has another delay and one another target, and these are new."""
    patterns, network = small()
    before = {}

    def ends(lines):
        return list(zip(lines.pre.tolist(), lines.post.tolist(), lines.delay.tolist(), strict=True))

    def rewire(step):
        if step.number != 2:
            return None
        for part in ("mean", "square", "gradient"):
            lines = getattr(step, part).recurrent
            before[part] = dict(zip(ends(lines), lines.w.tolist(), strict=True))
        lines = step.network.recurrent
        delay, post = lines.delay.copy(), lines.post.copy()
        delay[0] += 4.0
        post[1] = lines.pre[1]
        order = np.random.default_rng(2).permutation(lines.w.size)
        changed = lines._replace(delay=delay, post=post)
        moved = {name: getattr(changed, name)[order] for name in ("pre", "post", "w", "delay")}
        return changed._replace(**moved)

    step = [*recurrent_steps(network, [patterns] * 2, after_step=rewire)][1]
    for part, known in before.items():
        lines = getattr(step, part).recurrent
        expected = [known.get(end, 0.0) for end in ends(lines)]
        assert sum(end not in known for end in ends(lines)) == 2 and np.count_nonzero(expected) > 4
        np.testing.assert_array_equal(lines.w, expected)


def test_the_same_synapses_again_change_nothing():
    patterns, _ = small()
    free = steps([patterns] * 4)
    same = steps([patterns] * 4, after_step=lambda step: step.network.recurrent)
    np.testing.assert_array_equal(same.loss, free.loss)
    for w, other in zip(arrays(same.network), arrays(free.network), strict=True):
        np.testing.assert_array_equal(w, other)


def test_a_network_without_synapses_may_get_some_and_lose_them():
    patterns, network = small(recurrent=False)
    none = from_list([], [], 1.0, 1.0, n_pre=4, n_post=4)
    some = from_list([0, 1], [1, 2], [3.0, 4.0], 1.0, n_pre=4, n_post=4)
    source = recurrent_steps(
        network, repeat(patterns), after_step=lambda step: some if step.number == 1 else none
    )
    sizes = [next(source).network.recurrent.w.size for _ in range(3)]
    assert sizes == [2, 0, 0]


def test_a_training_goes_on_from_what_adam_remembers():
    """Three steps and four are seven, to the last bit; without the memory they are not."""
    rng = np.random.default_rng(3)
    batches = [poisson_patterns(8, 20, 2, 40, rate=30.0, rng=rng) for _ in range(7)]
    schedule = falling_rate(0.01, 0.5, 2)
    whole, first = (steps(some, schedule=schedule) for some in (batches, batches[:3]))
    assert (whole.memory.step, first.memory.step) == (7, 3)
    rest = train_recurrent(
        first.network, batches[3:], 4, schedule=schedule, memory=first.memory, progress=False
    )
    assert rest.memory.step == 7
    np.testing.assert_array_equal(np.append(first.loss, rest.loss), whole.loss)
    for one, two in ((rest.network, whole.network), *zip(rest.memory[1:], whole.memory[1:], strict=True)):
        for w, other in zip(arrays(one), arrays(two), strict=True):
            np.testing.assert_array_equal(w, other)
    anew = train_recurrent(first.network, batches[3:], 4, schedule=schedule, progress=False)
    assert not np.array_equal(anew.loss, rest.loss)
    none = train_recurrent(first.network, batches, 0, memory=first.memory, progress=False)
    assert none.memory is first.memory
    assert train_recurrent(first.network, batches, 0, progress=False).memory is None


def nothing_finite(name):
    def hook(step):
        (step.network.recurrent.w if name == "w" else getattr(step.network, name))[..., -1] = np.nan

    return hook


@pytest.mark.parametrize("name", ["w_in", "w_out", "w"])
def test_a_hook_that_leaves_a_hole_is_named(name):
    with pytest.raises(ValueError, match=f"after_step must leave {name} finite, got nan"):
        steps([small()[0]], after_step=nothing_finite(name))


def test_bad_arguments_are_named():
    patterns, network = small()
    lines, memory = network.recurrent, steps([patterns]).memory
    other = memory.mean._replace(recurrent=lines._replace(delay=lines.delay + 1))
    for arguments, message in (
        ({"after_step": lambda step: lines._replace(n_pre=5, n_post=5)}, "recurrent must join the 4 neurons"),
        ({"after_step": lambda step: lines._replace(delay=lines.delay + 0.5)}, "delay must be a multiple"),
        ({"after_step": lambda step: lines._replace(w=lines.w + np.inf)}, "w must be finite, got inf"),
        ({"memory": AdamMemory(1, other, other)}, "memory must be one of this network, with its neurons"),
        ({"memory": AdamMemory(-1, *memory[1:])}, "step must be at least 0, got -1"),
        ({"memory": memory._replace(square=network)}, "memory must have squares of zero or more"),
        ({"batches": [samples_from_raster(np.zeros((0, 9, 20)), np.zeros(0, int))]}, "samples must be at l"),
    ):
        with pytest.raises(ValueError, match=message):
            steps(**({"batches": [patterns]} | arguments))
    for arguments, message in (
        ({"after_step": 3}, "after_step must be a function, got int"),
        ({"after_step": lambda step: "w"}, "after_step must return Connections or None, got str"),
        ({"schedule": 0.1}, "schedule must be a function, got float"),
        ({"memory": adam_start(Weights(*arrays(network)[:2]))}, "memory must be an AdamMemory, got AdamStat"),
        ({"batches": patterns}, "batches must be one batch after the other, as itertools.repeat.batch., got"),
        ({"batches": (patterns, CrossEntropy())}, "batches must be one batch after the other"),
        ({"batches": [None]}, "batches must be Samples or pairs of Samples and a loss, got NoneType"),
        ({"batches": [(CrossEntropy(), patterns)]}, "batches must be Samples or pairs of Samples and a loss"),
    ):
        with pytest.raises(TypeError, match=message):
            steps(**({"batches": [patterns]} | arguments))
    with pytest.raises(TypeError, match="batches must be Samples one after the other, got int"):
        recurrent_steps(network, 5)
    with pytest.raises(TypeError, match="loss must be a CrossEntropy"):
        steps([(patterns, "last")])
