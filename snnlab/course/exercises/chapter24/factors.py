"""Exercise 24.4, write it: a step of time for a synapse with three factors."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["FACTORS"]


def reward_step(w, c, d, pair, reward, dt, tau_c, tau_d):
    """The weight moves, the traces fade, and then comes what happens in this step."""
    w = min(1.0, max(0.0, w + dt * c * d))
    return w, c * math.exp(-dt / tau_c) + pair, d * math.exp(-dt / tau_d) + reward


def _two_factors(w, c, d, pair, reward, dt, tau_c, tau_d):
    _, c, d = reward_step(w, c, d, pair, reward, dt, tau_c, tau_d)
    return min(1.0, max(0.0, w + pair)), c, d


def _reward_alone(w, c, d, pair, reward, dt, tau_c, tau_d):
    _, c_new, d_new = reward_step(w, c, d, pair, reward, dt, tau_c, tau_d)
    return min(1.0, max(0.0, w + c * reward)), c_new, d_new


def _after_fading(w, c, d, pair, reward, dt, tau_c, tau_d):
    _, c, d = reward_step(w, c, d, pair, reward, dt, tau_c, tau_d)
    return min(1.0, max(0.0, w + dt * c * d)), c, d


def _no_dt(w, c, d, pair, reward, dt, tau_c, tau_d):
    _, c_new, d_new = reward_step(w, c, d, pair, reward, dt, tau_c, tau_d)
    return min(1.0, max(0.0, w + c * d)), c_new, d_new


def _unbounded(w, c, d, pair, reward, dt, tau_c, tau_d):
    return w + dt * c * d, *reward_step(w, c, d, pair, reward, dt, tau_c, tau_d)[1:]


def _no_fading(w, c, d, pair, reward, dt, tau_c, tau_d):
    return reward_step(w, c, d, pair, reward, dt, tau_c, tau_d)[0], c + pair, d + reward


def _euler(w, c, d, pair, reward, dt, tau_c, tau_d):
    w = reward_step(w, c, d, pair, reward, dt, tau_c, tau_d)[0]
    return w, c * (1.0 - dt / tau_c) + pair, d * (1.0 - dt / tau_d) + reward


def _news_fade(w, c, d, pair, reward, dt, tau_c, tau_d):
    w = reward_step(w, c, d, pair, reward, dt, tau_c, tau_d)[0]
    return w, (c + pair) * math.exp(-dt / tau_c), (d + reward) * math.exp(-dt / tau_d)


def _swapped(w, c, d, pair, reward, dt, tau_c, tau_d):
    return reward_step(w, c, d, pair, reward, dt, tau_d, tau_c)


def _only_growth(w, c, d, pair, reward, dt, tau_c, tau_d):
    return reward_step(w, max(c, 0.0), d, max(pair, 0.0), reward, dt, tau_c, tau_d)


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Weights in the middle and at both bounds; steps with a pair, a reward, both and neither."""
    cases = []
    for k in range(12):
        w = (0.02, 0.5, 0.97)[k % 3]
        c = round(rng.uniform(0.2, 0.6), 3) * (1 if k % 2 else -1)
        pair = round(rng.uniform(0.1, 0.4), 3) * (k % 4 < 2) * (-1 if k % 3 else 1)
        d = round(rng.uniform(0.5, 2.0), 3)
        reward = round(rng.uniform(0.5, 1.5), 3) * (k % 5 < 3)
        cases.append((w, c, d, pair, reward, 0.1, round(rng.uniform(0.6, 2), 2), 0.2))
    return cases


FACTORS = Function(
    id="24.4",
    title="Three factors",
    statement=(
        "Write the function `reward_step`, which takes a synapse through a time step of `dt` seconds. It "
        "gets the weight `w`, its trace `c`, the dopamine `d` in 1/s; `pair` and `reward`, what this step "
        "adds to trace and dopamine, both often 0; and the time constants `tau_c` and `tau_d` in seconds. "
        "First the weight moves with the speed c·d, both as they are at the start of the step, and stays "
        "between 0 and 1. Then trace and dopamine fade, exactly, by an exponential. Last comes what is new. "
        "Return the new w, c and d, in this order."
    ),
    stub="def reward_step(w, c, d, pair, reward, dt, tau_c, tau_d):\n    return ...  # the new w, c and d",
    variable="reward_step",
    arguments=("w", "c", "d", "pair", "reward", "dt", "tau_c", "tau_d"),
    tolerance=1e-9,
    solution=reward_step,
    draw=_draw,
    next_step=(
        "Your weight moves in a straight line through the step, while its speed falls. By how much is that "
        "wrong with dt = 0.1 s, for a reward that decays with 0.2 s? The exact step is in the package."
    ),
    mistakes=(
        Mistake(
            "two factors",
            _two_factors,
            "A pair changes your weight at once. It only marks the synapse; the weight moves when there is "
            "dopamine.",
        ),
        Mistake(
            "reward alone",
            _reward_alone,
            "Your weight moves only in the step of the reward. Dopamine stays a while, and the weight moves "
            "as long as it is there.",
        ),
        Mistake(
            "after fading",
            _after_fading,
            "The weight moves first, with the c and d that the step begins with.",
        ),
        Mistake(
            "no dt",
            _no_dt,
            "The product c·d is a speed. In a step of dt seconds the weight moves by dt times that.",
        ),
        Mistake("unbounded", _unbounded, "Some weights leave the range from 0 to 1."),
        Mistake("no fading", _no_fading, "Trace and dopamine never fade. Both lose a part in every step."),
        Mistake(
            "Euler",
            _euler,
            "The traces fade by 1 − dt/τ. With steps of half a time constant that is far off: use the "
            "exponential.",
        ),
        Mistake(
            "news fade",
            _news_fade,
            "What is new in this step has faded already. It comes last, after the old has faded.",
        ),
        Mistake(
            "swapped time constants",
            _swapped,
            "The time constants are swapped: c fades with tau_c, d with tau_d.",
        ),
        Mistake(
            "only growth",
            _only_growth,
            "Pairs in the wrong order mark a synapse, too, with a negative trace, and a reward weakens it.",
        ),
    ),
)
