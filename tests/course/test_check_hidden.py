"""The neuron behind the curtain: counted trials, nothing on show, hints from the student's own trials."""

import copy

import numpy as np
import pytest

from snnlab.course import check, exercise
from snnlab.course.exercises import find
from snnlab.course.exercises.kinds import Facts
from snnlab.course.hidden import HiddenNeuron
from snnlab.course.judging.answers import judge
from snnlab.neurons import LIF, lif_rate, simulate_lif_exact

TASK = find("2.4")
NUMBERS = TASK.draw(1)
RHEOBASE = TASK.solution(Facts(NUMBERS, ()))


def after(*trials, seed=1):
    """The hidden neuron after constant currents, given as (times the rheobase, duration in ms)."""
    hidden = TASK.hand_out(seed)
    for share, duration in trials:
        hidden.inject(np.full(round(duration / 0.1), share * RHEOBASE), dt=0.1)
    return hidden


def said(share, *trials):
    return judge(TASK, share * RHEOBASE, after(*trials)).message


def test_it_fires_as_the_neuron_of_its_seed_does():
    spikes = exercise("2.4", seed=7).inject(np.full(100_000, 0.5), dt=0.1)
    assert spikes.n_spikes == pytest.approx(10 * lif_rate(0.5, TASK.draw(7)), abs=1)


def test_ten_trials_and_then_a_sentence():
    hidden = exercise("2.4", seed=3, fresh=True)
    for left in range(9, -1, -1):
        hidden.inject(np.full(10, 0.1))
        assert hidden.trials_left == left
    with pytest.raises(RuntimeError, match=r'are used up: exercise\("2.4", seed=3, fresh=True\) hands'):
        hidden.inject(np.full(10, 0.1))


@pytest.mark.parametrize(
    ("current", "dt", "sentence"),
    [
        ([0.1, np.nan], 0.1, "i must be finite"),
        (0.3, 0.1, r"one value for each step, got the number 0.3: .* inject\(np.full\(5000, 0.3\), dt=0.1\)"),
        (np.array(0.3), 0.5, r"np.full\(1000, 0.3\), dt=0.5"),
        (1, 900.0, r"np.full\(1, 1\), dt=900"),
        (np.zeros((2, 2)), 0.1, "i must have shape"),
        ([], 0.1, "i must last up to 60 s, got 0 s"),
        (np.zeros(1000), 1000.0, "i must last up to 60 s, got 1000 s"),
        ([0.3], 0.0, "dt must be positive"),
    ],
)
def test_a_wrong_argument_costs_no_trial(current, dt, sentence):
    hidden = exercise("2.4", fresh=True)
    with pytest.raises(ValueError, match=sentence):
        hidden.inject(current, dt)
    assert hidden.trials_left == 10


def test_the_numbers_are_not_on_show():
    hidden = after((1.5, 500))
    with pytest.raises(TypeError):
        vars(hidden)
    shown = [repr(hidden), str(hidden)]
    shown += [repr(getattr(hidden, name)) for name in dir(hidden) if not name.startswith("__")]
    for number in (*NUMBERS[:5], RHEOBASE):
        assert not any(f"{number:.4g}" in text for text in shown)


def test_a_seed_must_be_a_whole_number():
    for seed in (-1, 1.5, "me"):
        with pytest.raises((ValueError, TypeError), match="seed must be"):
            exercise("2.4", seed=seed)


def test_a_copy_does_not_share_trials():
    hidden = after((1.5, 500))
    assert copy.copy(hidden).trials_left == hidden.trials_left == 9


def test_running_a_cell_again_gives_no_trial_back(capsys):
    hidden = exercise("2.4", seed=21, fresh=True)
    hidden.inject(np.full(100, 0.4))
    assert exercise("2.4", seed=22, fresh=True).trials_left == 10
    assert exercise("2.4", seed=21) is hidden and hidden.trials_left == 9
    check("2.4", TASK.solution(Facts(TASK.draw(21), ())))
    assert "You used 1 of your 10 trials" in " ".join(capsys.readouterr().out.split())
    assert exercise("2.4", seed=21, fresh=True).trials_left == 10


def test_two_latencies_hold_the_rheobase():
    """The hint after a right answer: t = tau ln(i / (i - rheobase)) has two unknowns."""
    currents = np.array([0.5, 1.0])
    times = [simulate_lif_exact(np.full(5000, i), NUMBERS, 0.1).times[0] for i in currents]
    low, high = TASK.range
    for _ in range(50):
        middle = (low + high) / 2
        tau = times[0] / -np.log1p(-middle / currents[0])
        # a larger rheobase with the tau that explains the first latency makes the second too short
        low, high = (middle, high) if -tau * np.log1p(-middle / currents[1]) > times[1] else (low, middle)
    assert middle == pytest.approx(RHEOBASE, rel=TASK.tolerance)


def test_check_refers_to_the_last_one_handed_out(capsys):
    first = exercise("2.4", seed=11, fresh=True)
    first.inject(np.full(100, 0.4))
    right = TASK.solution(Facts(TASK.draw(11), ()))
    check("2.4", right)
    assert " ".join(capsys.readouterr().out.split()).startswith(
        "2.4 Right. You used 1 of your 10 trials; halving"
    )
    exercise("2.4", seed=12)
    check("2.4", right)
    assert "Not yet." in capsys.readouterr().out


def test_the_number_of_trials_that_halving_needs_is_right():
    low, high = TASK.range
    needs = int(judge(TASK, RHEOBASE, after()).message.split("needs ")[1].split(".")[0])
    assert (high - low) / 2**needs / 2 <= TASK.tolerance * RHEOBASE < (high - low) / 2 ** (needs - 1) / 2


def test_a_short_trial_is_blamed_only_if_it_was_short():
    short = 60.0
    apparent = 1 / -np.expm1(-short / NUMBERS.tau_m)  # times the rheobase
    assert f"within your {short:g} ms trial" in said(apparent, (2.0, short))
    assert "ms trial" not in said(apparent, (2.0, 2000))


def test_the_evidence_is_the_students_own():
    fires, silent = (1.4, 1000), (0.7, 1000)
    assert "is a guess: inject a current first" in said(0.9)
    assert "disagrees: the neuron fired at" in said(1.7, silent, fires)
    assert "disagrees: the neuron was silent at" in said(0.5, silent, fires)
    assert "not yet seen the neuron fire" in said(1.2, silent)
    assert "not yet seen the neuron stay silent" in said(0.9, fires)
    assert "Try the middle." in said(1.2, silent, fires)
    assert "only for want of time" in said(0.9, (1.1, 30), fires)


def test_it_says_nothing_on_how_far_off_a_number_is():
    messages = {said(share, (0.5, 1000), (2.5, 1000)).split(" open")[0] for share in (0.95, 1.05, 2.0, 0.7)}
    assert len(messages) == 1


def test_a_current_that_changes_is_a_trial_but_no_evidence():
    hidden = TASK.hand_out(1)
    hidden.inject(np.linspace(0, 0.5, 10_000))
    assert hidden.trials_left == 9 and np.isnan(hidden.trials[0].current)
    assert "not yet seen the neuron fire under a constant current" in judge(TASK, 0.4, hidden).message


@pytest.mark.parametrize("answer", [[0.2, 0.3], np.zeros((2, 2)), float("nan"), float("inf"), "0.2", True])
def test_what_is_no_number_gets_a_sentence(answer):
    verdict = judge(TASK, answer, after((1.5, 100)))
    assert not verdict.right and verdict.reason in {"shape", "nan", "infinite", "type"}


def test_another_neuron_can_hide():
    hidden = HiddenNeuron(lambda seed: LIF(), seed=1, trials=1)
    hidden.inject(np.full(10, 0.1))
    with pytest.raises(RuntimeError, match=r"all 1 trials are used up$"):
        hidden.inject(np.full(10, 0.1))
