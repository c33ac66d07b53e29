"""Exercise 23.4, write it: the eligibility trace of a synapse onto a neuron whose threshold adapts."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["WAITING"]


def waiting(z, psi, beta, rho, beta_a):
    """The derivatives of v and b, carried forwards by the equations that they are derivatives of."""
    by_v = by_b = 0.0
    traces = []
    for arrived, slope in zip(z, psi, strict=True):
        e = slope * (by_v - beta_a * by_b)
        by_v = beta * by_v + arrived
        by_b = rho * by_b + (1.0 - rho) * e
        traces.append(e)
    return np.array(traces)


def _wrong(z, psi, beta, rho, beta_a, *, sign=1.0, whole=False, fed_by_v=False, early=False, own=False):
    """The same with one thing changed."""
    by_v = by_b = 0.0
    traces = []
    for arrived, slope in zip(z, psi, strict=True):
        by_v = beta * by_v + arrived if early else by_v
        e = slope * (by_v - sign * beta_a * by_b)
        by_b = rho * by_b + (1.0 if whole else 1.0 - rho) * (by_v if fed_by_v else e)
        e = slope * (by_v - sign * beta_a * by_b) if own else e
        by_v = by_v if early else beta * by_v + arrived
        traces.append(e)
    return np.array(traces)


def _membrane_alone(z, psi, beta, rho, beta_a):
    return waiting(z, psi, beta, rho, 0.0)


def _sign(z, psi, beta, rho, beta_a):
    return _wrong(z, psi, beta, rho, beta_a, sign=-1.0)


def _whole_spike(z, psi, beta, rho, beta_a):
    return _wrong(z, psi, beta, rho, beta_a, whole=True)


def _fed_by_potential(z, psi, beta, rho, beta_a):
    return _wrong(z, psi, beta, rho, beta_a, fed_by_v=True)


def _beta_a_forgotten(z, psi, beta, rho, beta_a):
    return waiting(z, psi, beta, rho, 1.0)


def _arrives_first(z, psi, beta, rho, beta_a):
    return _wrong(z, psi, beta, rho, beta_a, early=True)


def _adapts_first(z, psi, beta, rho, beta_a):
    return _wrong(z, psi, beta, rho, beta_a, own=True)


def _never_fades(z, psi, beta, rho, beta_a):
    return waiting(z, psi, 1.0, rho, beta_a)


def _exchanged(z, psi, beta, rho, beta_a):
    return waiting(z, psi, rho, beta, beta_a)


def _mean_input(z, psi, beta, rho, beta_a):
    return waiting((1.0 - beta) * np.array(z), psi, beta, rho, beta_a)


def _hebb(z, psi, beta, rho, beta_a):
    return np.array(psi) * np.array(z)


def _without_psi(z, psi, beta, rho, beta_a):
    return waiting(z, np.ones(len(z)), beta, rho, beta_a)


def _psi_for_the_potential_alone(z, psi, beta, rho, beta_a):
    v = b = 0.0
    found = []
    for arrived, slope in zip(z, psi, strict=True):
        e = slope * v - beta_a * b
        b, v = rho * b + (1.0 - rho) * e, beta * v + arrived
        found.append(e)
    return np.array(found)


def _potential_trace(z, psi, beta, rho, beta_a):
    return waiting(z, np.ones(len(z)), beta, rho, 0.0)


def _summed(z, psi, beta, rho, beta_a):
    return np.cumsum(waiting(z, psi, beta, rho, beta_a))


def _total(z, psi, beta, rho, beta_a):
    return waiting(z, psi, beta, rho, beta_a).sum()


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Twenty steps: a few presynaptic spikes, and a neuron that is near its threshold now and then."""
    cases: list[tuple] = []
    while len(cases) < 10:
        z = (rng.random(20) < 0.35).astype(float)
        psi = np.where(rng.random(20) < 0.6, np.round(rng.uniform(0.05, 1.0, 20), 2), 0.0)
        beta, rho = round(float(rng.uniform(0.6, 0.9)), 2), round(float(rng.uniform(0.93, 0.99)), 3)
        if z[:8].any() and (psi[8:] > 0).sum() > 3:
            cases.append((z, psi, beta, rho, round(float(rng.uniform(1.5, 3.0)), 1)))
    return cases


WAITING = Function(
    id="23.4",
    title="What waits for a verdict",
    statement=(
        "A neuron has one synapse, of weight $w$. Its potential is $v_{t+1} = \\beta v_t + w z_t$, its "
        "threshold $\\theta_t = 1 + \\beta_a b_t$. Where $v_t > \\theta_t$ it fires, $s_t = 1$, and else "
        "$s_t = 0$. Adaptation follows as $b_{t+1} = \\rho b_t + (1 - \\rho) s_t$, and there is no "
        "reset. At the start $v$ and $b$ are 0. For the derivative of $s_t$ by the distance $v_t - "
        "\\theta_t$ stands $\\psi_t$. Write the function `waiting`. It gets arrays `z` and `psi`, with a "
        "number for each step, and `beta`, `rho` and `beta_a`. It returns the eligibility trace $e_t$ of "
        "each step: the derivative of $s_t$ by $w$, with all that the synapse has done within the neuron "
        "before."
    ),
    stub="def waiting(z, psi, beta, rho, beta_a):\n    return ...",
    variable="waiting",
    arguments=("z", "psi", "beta", "rho", "beta_a"),
    tolerance=1e-6,
    solution=waiting,
    draw=_draw,
    next_step=(
        "Let one presynaptic spike come, the neuron be near its threshold just after it and once more 300 "
        "steps later. With `beta_a` = 0 nothing is left by then. What sign has the trace with a threshold "
        "that adapts, and why?"
    ),
    mistakes=(
        Mistake(
            "membrane alone",
            _membrane_alone,
            "Your trace knows nothing of the threshold. A spike that the synapse has helped to raise it with "
            "makes later ones less likely.",
        ),
        Mistake(
            "sign of the threshold",
            _sign,
            "In yours a higher threshold makes a spike more likely. The distance is v less theta, so this "
            "part is subtracted.",
        ),
        Mistake(
            "a whole spike",
            _whole_spike,
            "In yours a spike adds 1 to b. Here it adds 1 - rho, and so does its derivative.",
        ),
        Mistake(
            "fed by the potential",
            _fed_by_potential,
            "You feed the trace of adaptation with that of the potential. Adaptation follows the spike, "
            "whose derivative is e.",
        ),
        Mistake(
            "beta_a forgotten",
            _beta_a_forgotten,
            "The derivative of the threshold by b is beta_a. In yours it is 1.",
        ),
        Mistake(
            "arrives in the same step",
            _arrives_first,
            "In yours what arrives moves the potential in the same step. It is there a step later.",
        ),
        Mistake(
            "adapts in the same step",
            _adapts_first,
            "In yours a spike raises the threshold of its own step. It does so from the next one on.",
        ),
        Mistake(
            "never fades",
            _never_fades,
            "Your trace of the potential never fades. It is multiplied by beta in every step.",
        ),
        Mistake(
            "decays exchanged",
            _exchanged,
            "You have exchanged beta and rho: the potential forgets with beta, adaptation with rho.",
        ),
        Mistake(
            "input times 1 - beta",
            _mean_input,
            "You multiply what arrives by 1 - beta. In this neuron it counts in full.",
        ),
        Mistake(
            "psi times z",
            _hebb,
            "This is Hebb's product of the same step. What arrived earlier is still in the potential, and "
            "has moved the threshold.",
        ),
        Mistake(
            "psi left out",
            _without_psi,
            "You have left psi out. This is the derivative of the distance; a spike follows it by psi.",
        ),
        Mistake(
            "psi for the potential alone",
            _psi_for_the_potential_alone,
            "Multiply both parts by psi, that of the potential and that of the threshold.",
        ),
        Mistake(
            "trace of the potential",
            _potential_trace,
            "This is the derivative of the potential. The spike follows it with psi, and the threshold has "
            "a part in it.",
        ),
        Mistake(
            "summed up",
            _summed,
            "You have added up the traces of all steps so far. That of each step alone is wanted.",
        ),
        Mistake(
            "in all",
            _total,
            "This is the sum over all steps. A list is wanted, with one number for each step.",
        ),
    ),
)
