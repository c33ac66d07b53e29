"""A pool about teachers and rewards: a delay at which two inputs balance, or a reward that is enough."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, pool, told
from snnlab.course.exercises.kinds import Mistake, Number

TITLE, VARIABLE = "Who gets the credit", "credit"

# --- a forced spike ---

FORCED = {
    "forced": "ms", "t_a": "ms", "t_b": "ms", "lam": "", "alpha": "", "tau_plus": "ms", "tau_minus": "ms",
}  # fmt: skip


def balance(forced, t_a, t_b, lam, alpha, tau_plus, tau_minus):
    """The delay at which A gains what B loses, and what A gains."""
    rates = 1 / tau_plus + 1 / tau_minus
    acts = (t_a / tau_plus + t_b / tau_minus - math.log(alpha)) / rates
    return [acts - forced, lam * math.exp((t_a - acts) / tau_plus)]


def _forced_parameters(rng):
    while True:
        forced, t_a = 0.1 * int(rng.integers(2, 9)), 0.1 * int(rng.integers(10, 25))
        own = {
            "forced": round(forced, 1),
            "t_a": round(t_a, 1),
            "t_b": round(t_a + 0.1 * int(rng.integers(30, 70)), 1),
            "lam": round(0.01 * int(rng.integers(1, 7)), 2),
            "alpha": round(0.7 + 0.01 * int(rng.integers(0, 26)), 2),
            "tau_plus": 4.0 + int(rng.integers(0, 6)),
            "tau_minus": 12.0 + int(rng.integers(0, 19)),
        }
        acts = balance(**own)[0] + own["forced"]
        if own["t_a"] + 0.3 < acts < own["t_b"] - 0.3:
            return own


def _forced_build(own):
    right = np.array(balance(**own))
    delay, gain = right
    lam, alpha = own["lam"], own["alpha"]

    def instead(**changed):
        return np.array(balance(**{**own, **changed}))

    return Number(
        id="9.1",
        title=TITLE,
        statement=(
            f"A teacher makes a neuron fire at {told(own['forced'])} ms, and the spike needs a delay d "
            f"back to the synapses. Input A fires at {told(own['t_a'])} ms, input B at {told(own['t_b'])} "
            f"ms. λ = {told(lam)}, α = {told(alpha)}, $\\tau_+$ = {told(own['tau_plus'])} ms, $\\tau_-$ = "
            f"{told(own['tau_minus'])} ms, and both weights are far from their bounds. With which d does "
            "A gain as much as B loses? And how much does A gain then? To within 0.5 %."
        ),
        stub=f"{VARIABLE} = [..., ...]  # d in ms; gain of A",
        variable=VARIABLE,
        tolerance=0.005,
        solution=right,
        next_step=(
            "With a shorter delay, which of the two changes becomes larger? Do both weights together grow?"
        ),
        mistakes=(
            Mistake(
                "alpha forgotten",
                instead(alpha=1.0),
                "You let B lose as much as A would gain at the same distance. What B loses is α times that.",
            ),
            Mistake(
                "alpha on the wrong side",
                instead(alpha=1 / alpha),
                "You have put α to the gain of A. It belongs to what B loses.",
            ),
            Mistake(
                "arrival",
                np.array([delay + own["forced"], gain]),
                "The gain is right. The first is when the spike arrives at the synapses; d is how long it "
                "took.",
            ),
            Mistake(
                "one window",
                instead(tau_minus=own["tau_plus"]),
                "You have taken τ₊ for both sides. For inputs that fire after the spike has arrived it is "
                "τ₋.",
            ),
            Mistake(
                "windows exchanged",
                instead(tau_plus=own["tau_minus"], tau_minus=own["tau_plus"]),
                "You have exchanged the two time constants. A fires before the spike arrives, so its side "
                "is τ₊.",
            ),
            Mistake(
                "step forgotten",
                np.array([delay, gain / lam]),
                "The delay is right. For the gain λ is missing.",
            ),
            Mistake(
                "loss of B",
                np.array([delay, -gain]),
                "The delay is right. The second has the sign of B: what A does is a gain.",
            ),
        ),
    )


# --- a late reward ---

LATE = {
    "growth": "", "lam": "", "apart": "ms", "tau_plus": "ms", "late": "s", "tau_c": "s", "tau_d": "s",
}  # fmt: skip


def reward(growth, lam, apart, tau_plus, late, tau_c, tau_d):
    """What the reward has to add, and how much later it may come for half of the growth."""
    mark = lam * math.exp(-apart / tau_plus) * math.exp(-late / tau_c)
    return [growth / (mark * tau_c * tau_d / (tau_c + tau_d)), tau_c * math.log(2)]


def _late_parameters(rng):
    return {
        "growth": round(0.0002 * int(rng.integers(2, 10)), 4),
        "lam": round(0.01 * int(rng.integers(1, 5)), 2),
        "apart": 3.0 + int(rng.integers(0, 10)),
        "tau_plus": 14.0 + int(rng.integers(0, 12)),
        "late": round(0.8 + 0.1 * int(rng.integers(0, 18)), 1),
        "tau_c": round(0.7 + 0.1 * int(rng.integers(0, 10)), 1),
        "tau_d": round(0.15 + 0.01 * int(rng.integers(0, 20)), 2),
    }


def _late_build(own):
    right = np.array(reward(**own))
    size, longer = right
    late, tau_c, tau_d = own["late"], own["tau_c"], own["tau_d"]
    kappa = tau_c * tau_d / (tau_c + tau_d)
    return Number(
        id="9.1",
        title=TITLE,
        statement=(
            f"A neuron fires {told(own['apart'])} ms after an input, once. The pair rule has λ = "
            f"{told(own['lam'])} and $\\tau_+$ = {told(own['tau_plus'])} ms; the trace of the synapse "
            f"fades with $\\tau_c$ = {told(tau_c)} s and dopamine with $\\tau_d$ = {told(tau_d)} s. A "
            f"reward comes {told(late)} s after the pair, and the weight is to have grown by "
            f"{told(own['growth'])} in the end. Which $D_0$, in 1/s, does the reward have to add? And if "
            "half of that growth is enough, how much later may the same reward come, in s? To within 0.5 "
            "%."
        ),
        stub=f"{VARIABLE} = [..., ...]  # D0 in 1/s; how much later, in s",
        variable=VARIABLE,
        tolerance=0.005,
        solution=right,
        next_step=(
            "A trace that lasts twice as long would need less. What does it cost, where many pairs are by "
            "chance?"
        ),
        mistakes=(
            Mistake(
                "trace held still",
                np.array([size * kappa / tau_d, longer]),
                "The second is right. While dopamine fades the trace goes on fading, too: the two rates add.",
            ),
            Mistake(
                "time constants added",
                np.array([size * kappa / (tau_c + tau_d), longer]),
                "The second is right. You have added the two time constants. It is the rates 1/τ that add.",
            ),
            Mistake(
                "no waiting",
                np.array([size * math.exp(-late / tau_c), longer]),
                "The second is right. So small may the reward be if it comes with the pair. Until it "
                "comes the trace fades.",
            ),
            Mistake(
                "pair forgotten",
                np.array([size * math.exp(-own["apart"] / own["tau_plus"]), longer]),
                "The second is right. The pair leaves less than λ, since its two spikes are apart.",
            ),
            Mistake(
                "dopamine's half-life",
                np.array([size, tau_d * math.log(2)]),
                "The first is right. Until the reward comes only the trace fades; dopamine is not there yet.",
            ),
            Mistake(
                "both fade",
                np.array([size, kappa * math.log(2)]),
                "The first is right. Until the reward comes nothing but the trace fades, with its own "
                "time constant.",
            ),
            Mistake(
                "time constant",
                np.array([size, tau_c]),
                "The first is right. After a time constant 1/e is left, and half is wanted.",
            ),
            Mistake(
                "counted from the pair",
                np.array([size, late + longer]),
                "The first is right. The second is counted from the pair. How much later than before?",
            ),
        ),
    )


SHARED = {"grade_id": "credit", "title": TITLE, "chapter": 24, "points": 2, "variable": VARIABLE}
EXERCISE = pool(
    ClassExercise(
        **SHARED, parameters=_forced_parameters, build=_forced_build, comments=FORCED, answer=balance
    ),
    ClassExercise(**SHARED, parameters=_late_parameters, build=_late_build, comments=LATE, answer=reward),
)
