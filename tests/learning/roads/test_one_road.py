"""The roads: one size, one split, one budget; what is counted adds up; what is chosen was the best try."""

import numpy as np
import pytest

from snnlab.course import load_table
from snnlab.learning import ClusterNet, deep_operations, run_deep
from snnlab.learning.roads import constrain, without_spikes
from snnlab.learning.roads.convert import HALF
from snnlab.learning.roads.one_road import ROADS, one_road
from snnlab.learning.roads.road import HIDDEN, DigitSplit, arithmetic_energy, digit_split, timed
from snnlab.learning.roads.without_spikes import RECTIFIED, trained_rectified

FEW = {"linear": 2, "STDP": 30, "convert": 20, "convert, analog": 20}


@pytest.fixture(scope="module")
def small():
    """Few digits, on which a road takes no time."""
    split = digit_split()
    return DigitSplit(split.x[:120], split.y[:120], split.x_asked[:40], split.y_asked[:40])


@pytest.fixture(scope="module")
def runs(small):
    return {name: road.run(small, FEW.get(name, road.chosen), 1) for name, road in ROADS.items()}


def test_nothing_of_the_test_is_there_while_something_is_chosen():
    learnt, chosen = digit_split(), digit_split(validating=True)
    np.testing.assert_array_equal(np.concatenate([chosen.x, chosen.x_asked]), learnt.x)
    np.testing.assert_array_equal(np.concatenate([chosen.y, chosen.y_asked]), learnt.y)
    assert len(chosen.x_asked) == 500 and len(learnt.x_asked) == 1000
    assert learnt.x.min() == 0.0 and learnt.x.max() == 1.0


def test_every_road_has_the_same_budget_and_chose_its_best_try():
    tried = load_table("roads_tried")
    assert list(dict.fromkeys(tried["road"])) == list(ROADS)
    for name, road in ROADS.items():
        mine = tried["road"] == name
        assert tried["number"][mine].tolist() == list(road.tries) and len(road.tries) == 3
        assert road.chosen == road.tries[int(tried["accuracy"][mine].argmax())], name


def test_the_same_training_with_and_without_the_constraint(small, monkeypatch):
    """Optimiser, tries and start are those of the rectified network; the machine is not tried."""
    constrained, plain = ROADS["constrain"], ROADS["rectified"]
    assert constrained.tries == plain.tries and ROADS["convert"].tries == ROADS["convert, analog"].tries
    seen = {}
    for module, trainer in ((without_spikes, "train_layers"), (constrain, "train_soft")):
        learn = getattr(module, trainer)

        def spy(*args, learn=learn, trainer=trainer, **how):
            seen[trainer] = {key: how[key] for key in ("epochs", "batch", "adam")}
            return learn(*args, **how)

        monkeypatch.setattr(module, trainer, spy)
    for road in (constrained, plain):
        road.run(small, 5e-3, 1)
    assert seen["train_soft"] == seen["train_layers"] and constrain.TAU_S == 5.0


def test_the_networks_are_as_large_as_each_road_allows(runs):
    assert runs.pop("linear").weights == 784 * 10
    assert {run.weights for run in runs.values()} == {784 * HIDDEN, (784 + 10) * HIDDEN}


def test_what_is_counted_adds_up(runs, small):
    """Operations at synapses from the spikes, and what they are made of."""
    for name in ("convert", "surrogate"):
        run = runs[name]
        assert run.synaptic == pytest.approx(run.inputs * HIDDEN + run.spikes * 10)
        assert run.updates == run.steps * (HIDDEN + 10)
        assert run.additions == pytest.approx(run.synaptic + run.updates)
    stdp, analog, rectified = runs["STDP"], runs["convert, analog"], runs["rectified"]
    assert stdp.synaptic == pytest.approx(stdp.inputs * HIDDEN + stdp.spikes / 2 * HIDDEN)
    assert stdp.steps >= ClusterNet().show / 0.5
    lit = np.count_nonzero(small.x_asked) / len(small.x_asked)
    assert analog.products == analog.multiplications == pytest.approx(lit * HIDDEN)
    assert analog.synaptic == pytest.approx(lit * HIDDEN + analog.spikes * 10)
    constrained = runs["constrain"]
    assert constrained.synaptic == pytest.approx(lit * HIDDEN + constrained.spikes * 10)
    assert constrained.updates == constrained.steps * (HIDDEN + 10)
    of_spikes = constrained.multiplications - constrained.products - constrained.updates
    assert of_spikes == pytest.approx(13 * constrained.spikes) and constrained.spikes > 0
    assert rectified.synaptic == rectified.products == rectified.multiplications <= lit * HIDDEN + HIDDEN * 10
    assert runs["binarise"].synaptic == pytest.approx(lit * HIDDEN + HIDDEN * 10)
    for name, run in runs.items():
        assert (run.inputs > 0) == (name in ("convert", "surrogate", "STDP"))
        assert run.seconds > 0


def test_the_expected_input_spikes_are_those_that_come(small):
    """Of the Poisson input of the converted network, drawn once more from the same generator."""
    rng, steps = np.random.default_rng(1), FEW["convert"]
    drawn = [(rng.random(small.x_asked.shape) < small.x_asked).sum(axis=1) for _ in range(steps)]
    came = np.mean(drawn)
    expected = ROADS["convert"].run(small, steps, 1).inputs / steps
    sd = np.sqrt((small.x_asked * (1 - small.x_asked)).sum()) / len(small.x_asked) / np.sqrt(steps)
    assert abs(came - expected) < 4 * sd


def test_the_rectified_network_is_the_one_that_is_converted(small, runs):
    network = trained_rectified(small, RECTIFIED.chosen, 1)
    long = ROADS["convert, analog"].run(small, 400, 1)
    own = np.mean(run_deep(network, small.x_asked).y.argmax(axis=1) == small.y_asked)
    assert HALF == 0.5 and abs(long.accuracy - own) <= 1 / len(small.y_asked)
    assert deep_operations(network, small.x_asked).dense == long.weights


def test_the_same_seed_is_the_same_road(small, runs):
    again = ROADS["binarise"].run(small, ROADS["binarise"].chosen, 1)
    assert again[:-1] == runs["binarise"][:-1]
    other = ROADS["surrogate"].run(small, ROADS["surrogate"].chosen, 2)
    assert other.spikes != runs["surrogate"].spikes


def test_the_energy_is_that_of_products_and_sums(runs):
    run = runs["surrogate"]
    assert arithmetic_energy(run) == pytest.approx(
        1e-12 * (3.7 * run.multiplications + 0.9 * run.additions), rel=1e-12, abs=0
    )
    bits = runs["binarise"]
    assert bits.whole == bits.additions - 10 == bits.synaptic
    assert arithmetic_energy(bits) == pytest.approx(1e-12 * (4.6 * 10 + 0.1 * bits.whole), rel=1e-12, abs=0)
    assert all(run.whole == 0 for name, run in runs.items() if name != "binarise")


def test_a_time_of_the_processor():
    learnt, seconds = timed(lambda: sum(range(200_000)))
    assert learnt == 199_999 * 100_000 and 0 < seconds < 1


def test_only_the_neurons_of_stdp_are_not_on_the_chip():
    """Of the roads with spikes: there the table has a figure, or none."""
    table = load_table("five_roads")
    for name, road in ROADS.items():
        of_chip, spikes = (table[column][table["road"] == name] for column in ("chip", "spikes"))
        assert np.isnan(of_chip).all() == (not road.on_chip or not spikes.any()), name
    assert [name for name, road in ROADS.items() if not road.on_chip] == ["STDP"]


def test_each_road_says_what_it_cannot_do():
    assert all(road.cannot.endswith(".") and road.number for road in ROADS.values())


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"name must be one of binarise, .*linear, got 'hebb'"):
        one_road("hebb")
    with pytest.raises(TypeError, match=r"number must be a whole number, got 25\.5"):
        one_road("convert", number=25.5)
    with pytest.raises(ValueError, match="number must be positive and finite, got 0"):
        one_road("surrogate", number=0.0)
    with pytest.raises(TypeError, match=r"seed must be a whole number, got 1\.5"):
        one_road("linear", 1.5)
    with pytest.raises(TypeError, match="validating must be True or False, got 'yes'"):
        one_road("linear", validating="yes")
