"""The exercises of chapter 4 can be solved by the way that their statements show."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.course.exercises import find
from snnlab.course.exercises.kinds import Facts
from snnlab.course.judging.answers import EVIDENCE, judge
from snnlab.neurons import (
    LIF,
    AdaptiveLIF,
    AdEx,
    EscapeLIF,
    adaptive_lif_rate,
    adex_rheobase,
    escape_log_likelihood,
    lif_rate,
    simulate_adaptive_lif,
)


def test_the_threshold_after_three_spikes_is_that_of_a_simulation():
    """Three kicks of current make the spikes; what matters is the threshold."""
    i = np.zeros(1010)
    i[[0, 300, 700]] = 1e4
    run = simulate_adaptive_lif(i, AdaptiveLIF(beta=2.0, tau_a=100.0))
    assert run.spikes.times == pytest.approx([0.1, 30.1, 70.1])
    assert run.a[1000] == pytest.approx(find("4.1").solution, rel=1e-9, abs=0)


def test_the_two_ratios_are_those_of_the_closed_forms():
    strong = AdaptiveLIF(beta=8.0, tau_a=500.0)
    plain, tired = lif_rate([0.3, 0.6], LIF()), adaptive_lif_rate([0.3, 0.6], strong)
    assert find("4.2").solution == pytest.approx([plain[1] / plain[0], tired[1] / tired[0]])


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 12345, 2**40])
def test_every_jump_can_be_found_from_the_first_interval(seed):
    """A strong current, and the potential of the plain membrane at the second spike."""
    task = find("4.3")
    hidden = task.hand_out(seed)
    times = hidden.inject(np.full(500, 3.0), dt=0.1).times
    climbed = 300.0 * -np.expm1(-(times[1] - times[0] - 2.0) / 20.0)
    assert judge(task, climbed - 15.0, hidden).right
    low, high = task.range
    assert low < task.solution(Facts(task.draw(seed), ())) < high


def test_a_weak_current_gives_too_small_a_jump():
    """So the exercise asks for more than one trial."""
    task = find("4.3")
    hidden = task.hand_out(1)
    times = hidden.inject(np.full(2000, 0.3), dt=0.1).times
    climbed = 30.0 * -np.expm1(-(times[1] - times[0] - 2.0) / 20.0)
    verdict = judge(task, climbed - 15.0, hidden)
    assert not verdict.right and "With a strong current" in verdict.message


def test_what_is_said_to_a_guess_never_names_a_current():
    evidence = find("4.3").evidence
    assert evidence.keys() == EVIDENCE.keys()
    assert not any("{fired}" in text or "{silent}" in text for text in evidence.values())
    assert judge(find("4.3"), 6.0).message.startswith("6 mV is a guess")


def test_the_probability_is_that_of_the_package():
    task = find("4.4")
    for v, dt, v_th, rho_0, delta in task.cases():
        neuron = EscapeLIF(v_th=v_th, rho_0=rho_0, delta=delta)
        hazard = neuron.rho_0 * np.exp((v - neuron.v_th) / neuron.delta) / 1000.0
        assert task.solution(v, dt, v_th, rho_0, delta) == pytest.approx(
            1 - np.exp(-hazard * dt), rel=1e-9, abs=0
        )


def test_the_nats_between_two_hazards_are_those_of_the_package():
    """Held still half a softness below the threshold or above it; the best hazard is where the slope is 0."""
    nats, best = find("4.5").solution
    train, still = Spikes(np.linspace(50.0, 930.0, 12), duration=1000.0), EscapeLIF(v_reset=-51.0, t_ref=0.0)
    slow, below, at_best, above, fast = (
        escape_log_likelihood(
            train, np.zeros(100_000), still._replace(v_rest=-51.0, rho_0=rate * np.exp(0.5)), dt=0.01
        )[0]
        for rate in (10.0, best - 0.1, best, best + 0.1, 20.0)
    )
    assert slow - fast == pytest.approx(nats, rel=0, abs=2e-3)  # a step holds 2e-4 spikes, of 12 spikes half
    assert at_best > max(below, above)


def test_the_rest_that_turns_is_lost_at_the_root_of_the_trace():
    """By hand: the exponential is 1.4 there."""
    v = -50 + 2 * np.log(1.4)
    i = (v + 65 - 2 * 1.4) / 100 + 0.02 * (v + 65)
    assert find("4.7").solution == pytest.approx([v, i], rel=1e-12, abs=0)
    neuron = AdEx(20.0, 100.0, -65.0, -65.0, v_th=-50.0, delta_th=2.0, tau_w=50.0, a=0.02, b=0.0)
    assert adex_rheobase(neuron) == pytest.approx(i, rel=1e-12, abs=0)
