"""The exercises of chapter 27 can be solved by the way that their statements show, and texts are judged."""

import dataclasses
import re

import numpy as np
import pytest

from snnlab.course import check
from snnlab.course.exercises import find
from snnlab.course.judging.answers import judge
from snnlab.loihi import EXCITATORY, RuleError, Synapse, Trace, Traces, learn, pairing_change_real, parse_rule
from snnlab.loihi.plasticity import pes


def test_one_epoch_of_the_engine_gives_the_numbers_of_the_first_exercise():
    """Ten thousand synapses in an epoch of four steps, and traces of the given size at both spikes."""
    pre, post = np.zeros((4, 100), int), np.zeros((4, 100), int)
    pre[1] = post[1] = 1
    rule = re.search(r"`(dw .*?)`", find("27.1").statement).group(1)
    run = learn(
        pre, post, 90, rule, Traces(x1=Trace(44), y1=Trace(20)), t_epoch=4,
        synapse=Synapse(sign_mode=EXCITATORY), rng=np.random.default_rng(1),
    )  # fmt: skip
    change, chance = find("27.1").solution
    assert run.terms[0, :, 0, 0].sum() == change
    assert set(np.unique(run.w)) == {92, 93}
    assert (run.w == 93).mean() == pytest.approx(chance, abs=4 * np.sqrt(chance * (1 - chance) / 10_000))


def test_the_original_has_two_slips_and_the_parser_points_at_both():
    text = re.search(r'`"(dw .*?)"`', find("27.2").statement).group(1)
    with pytest.raises(RuleError, match=r"a \* is missing: x1\*y0, not x1y0"):
        parse_rule(text)
    with pytest.raises(RuleError, match="there is no y4"):
        parse_rule(text.replace("x1y0", "x1*y0"))


def test_the_window_falls_below_a_half_where_the_exercise_says():
    window = pairing_change_real(delta_t=np.arange(1, 61))
    assert 1 + np.argmax(window < 0.5) == find("27.3").solution


def test_the_weight_of_the_last_exercise_settles_as_it_says():
    """A compartment that fires in each step, and a trace that stands at 44: a spike of one step sets it."""
    a, b = find("27.5").solution
    form = re.search(r"`(dw .*?)`", find("27.5").statement).group(1)
    spikes = np.ones((400, 1), int)
    run = learn(
        spikes, np.repeat(spikes, 1000, axis=1), 0,
        form.replace("-a", f"-{a:.0f}").replace("-b", f"-{b:.0f}"), Traces(x1=Trace(44)),
        synapse=Synapse(sign_mode=EXCITATORY), rng=np.random.default_rng(1),
    )  # fmt: skip
    assert set(np.unique(run.x[:, 0])) == {44}
    numbers = re.findall(r"\d+", find("27.5").statement.partition("starts at")[2])
    assert numbers[3:] == ["88", "22", "176"] and numbers[:3] == ["0", "1", "44"]
    assert run.w[21].mean() == pytest.approx(88, abs=1)
    assert run.w[200:].mean() == pytest.approx(176, abs=0.5)
    other = np.array([[4, 6], [2, 4]])  # settle at the same weight, at another speed
    for a, b in other:
        text = form.replace("-a", f"-{a}").replace("-b", f"-{b}")
        run = learn(
            spikes, spikes, 0, text, Traces(x1=Trace(44)), synapse=Synapse(sign_mode=EXCITATORY),
            rng=np.random.default_rng(1),
        )  # fmt: skip
        assert abs(run.w[21].mean() - 88) > 20


def test_the_weights_of_the_arm_learn_as_fast_as_the_excursion_says():
    """A thousand weights by nengo-loihi's step, with an error of -50 and a trace of 40 in each epoch."""
    numbers = re.findall(r"−?\d+", find("27.6").statement.replace("128ths", ""))
    assert numbers == ["−50", "40", "20", "254"]
    change, steps = find("27.6").solution
    rng, w, means = np.random.default_rng(1), np.full(1000, 20), [20.0]
    while means[-1] < 253:
        coins = rng.random(w.size)
        w = np.array([pes.step(x, 40, 50, 1, -2, 2, 254, r) for x, r in zip(w, coins, strict=True)])
        means.append(w.mean())
    straight = np.array(means)[:50]
    assert np.diff(straight).mean() * 128 == pytest.approx(change, rel=0.01, abs=0)
    assert 4 * (len(means) - 1) == pytest.approx(steps, rel=0.05, abs=0)


@pytest.mark.parametrize(
    ("id", "answer", "named"),
    [
        ("27.1", [2.28, 0.28], "in weights"),
        ("27.1", [412, 0.781], "both added, of 93"),
        ("27.1", [412, 0.219], "both added"),
        ("27.1", [28, 0], "swapped, of 93"),
        ("27.1", [28, 0.219], "swapped"),
        ("27.1", [332, 0.594], "no mantissa"),
        ("27.1", [292, 0.719], "probability of 92"),
        ("27.1", [292, 28.1], "per cent"),
        ("27.1", [292, 36], "what is left"),
        ("27.1", [292, 2.28], "the change again"),
        ("27.1", [292, 1], "always up"),
        ("27.1", [292, 0], "nearest"),
        ("27.3", 32, "one before"),
        ("27.3", 32.9, "between two steps"),
        ("27.3", 34, "one after"),
        ("27.3", 47, "of the trace"),
        ("27.3", 27, "less than one"),
        ("27.3", 7, "half of the top"),
        ("27.3", 35, "exponential"),
        ("27.3", -33, "the other side"),
        ("27.3", 93, "a place in the array"),
        ("27.3", -60, "the first of all"),
        ("27.5", [5, 3], "exchanged"),
        ("27.5", [7, 5], "the other way"),
        ("27.5", [5, 5], "the trace"),
        ("27.5", [4, 5], "half of the end"),
        ("27.5", [4, 6], "too slow"),
        ("27.5", [2, 4], "too fast"),
        ("27.5", [3.46, 5.46], "straight line"),
        ("27.5", [2.46, 4.46], "time constant"),
        ("27.5", [2.99, 4.99], "without steps"),
        ("27.5", [3.46, 5], "gain of one spike"),
        ("27.5", [0.125, 0.0312], "the parts"),
        ("27.5", [8, 32], "the inverse parts"),
        ("27.6", [-500, 240], "sign"),
        ("27.6", [2000, 60], "bits not lost"),
        ("27.6", [3.91, 240], "in weights"),
        ("27.6", [500, 60], "epochs"),
        ("27.6", [500, 264], "from nothing"),
        ("27.6", [125, 240], "each step"),
        ("27.6", [500, 468], "rounded down each time"),
        ("27.6", [500, 236], "rounded up each time"),
    ],
)
def test_what_a_class_hands_in_has_a_name(id, answer, named):
    """Answers worked out from the statements, not from the tables of mistakes."""
    assert judge(find(id), answer).reason == named


def test_another_rule_that_does_the_same_is_right():
    for text in ("dw = -2^-4*y1*x0 + 2^-2*y0*x1", " dw=4*2^-4*x1*y0-2^-4*x0*y1 "):
        assert judge(find("27.4"), text).right
    changes = pairing_change_real(find("27.4").solution, [10, -10, 0])
    assert changes == pytest.approx([5.58, -1.39, 12], rel=0.005)


@pytest.mark.parametrize(
    ("answer", "reason", "said"),
    [
        (3, "type", "A text in quotes is wanted, and this is"),
        (lambda: 0, "type", "A text in quotes is wanted, and this is a function."),
        ("", "unreadable", "Your text cannot be read: the rule is empty"),
        ("dw = x1*y7", "unreadable", "Your text cannot be read: there is no y7"),
        ("dw = x1*y1", "unreadable", 'Look at "x1*y1".'),
        ("dw = y0", "wrong", "Your rule changes the weight by 1 at Δt = 10, by 1 at"),
    ],
)
def test_what_is_said_to_other_texts(answer, reason, said):
    verdict = judge(find("27.4"), answer)
    assert not verdict.right and verdict.reason == reason and said in verdict.message


def test_a_text_is_not_quoted_where_nobody_says_which_part_is_wrong():
    def measure(text):
        raise ValueError("nothing happens")

    verdict = judge(dataclasses.replace(find("27.4"), measure=measure), "dw = 3*x1*y0")
    assert verdict.message == "Your text cannot be read: nothing happens."


def test_a_text_is_checked_as_everything_else(capsys):
    check("27.2", ...)
    check("27.2", find("27.2").solution)
    said = capsys.readouterr().out
    assert "27.2  Not started yet." in said and "27.2  Right. " in said
