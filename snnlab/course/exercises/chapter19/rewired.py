"""Exercise 19.4, write it: one step of DEEP R, after which there are as many synapses as before."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["REWIRED"]

_BORN, _DECAY = 0.01, 0.1


def _after_step(theta, sign, slope, noise, rate):
    """Where a synapse has gone; 0 where there is none."""
    return np.where(theta > 0.0, theta - rate * (sign * slope + _DECAY) + noise, 0.0)


def _born(left, turn, wanted, free=None):
    """`left` with so many new synapses, at the first free places of `turn`."""
    left, free = left.copy(), left <= 0.0 if free is None else free
    new = [place for place in turn if free[place]][:wanted]
    left[new] = _BORN
    return left


def rewired(theta, sign, slope, noise, turn, rate):
    """Move those that are there, withdraw those at 0 or below, and let as many come elsewhere."""
    moved = np.maximum(_after_step(theta, sign, slope, noise, rate), 0.0)
    return _born(moved, turn, np.sum(theta > 0.0) - np.sum(moved > 0.0))


def _no_sign(theta, sign, slope, noise, turn, rate):
    return rewired(theta, np.ones_like(sign), slope, noise, turn, rate)


def _uphill(theta, sign, slope, noise, turn, rate):
    return rewired(theta, -sign, slope, noise, turn, rate)


def _all_move(theta, sign, slope, noise, turn, rate):
    moved = np.maximum(theta - rate * (sign * slope + _DECAY) + noise, 0.0)
    return _born(moved, turn, max(0, np.sum(theta > 0.0) - np.sum(moved > 0.0)))


def _none_new(theta, sign, slope, noise, turn, rate):
    return np.maximum(_after_step(theta, sign, slope, noise, rate), 0.0)


def _below_zero(theta, sign, slope, noise, turn, rate):
    return _after_step(theta, sign, slope, noise, rate)


def _below_zero_and_new(theta, sign, slope, noise, turn, rate):
    moved = _after_step(theta, sign, slope, noise, rate)
    return _born(moved, turn, np.sum(moved < 0.0), (theta <= 0.0))


def _same_place(theta, sign, slope, noise, turn, rate):
    moved = _after_step(theta, sign, slope, noise, rate)
    return np.where((theta > 0.0) & (moved <= 0.0), _BORN, moved)


def _not_own_place(theta, sign, slope, noise, turn, rate):
    moved = np.maximum(_after_step(theta, sign, slope, noise, rate), 0.0)
    return _born(moved, turn, np.sum(theta > 0.0) - np.sum(moved > 0.0), theta <= 0.0)


def _by_number(theta, sign, slope, noise, turn, rate):
    return rewired(theta, sign, slope, noise, np.arange(len(theta)), rate)


def _one_new(theta, sign, slope, noise, turn, rate):
    moved = np.maximum(_after_step(theta, sign, slope, noise, rate), 0.0)
    return _born(moved, turn, 1)


def _weights(theta, sign, slope, noise, turn, rate):
    return sign * rewired(theta, sign, slope, noise, turn, rate)


def _no_decay(theta, sign, slope, noise, turn, rate):
    return rewired(theta + rate * _DECAY * (theta > 0.0), sign, slope, noise, turn, rate)


def _decay_not_by_rate(theta, sign, slope, noise, turn, rate):
    return rewired(theta + (rate - 1.0) * _DECAY * (theta > 0.0), sign, slope, noise, turn, rate)


def _decay_in_proportion(theta, sign, slope, noise, turn, rate):
    moved = np.where(theta > 0.0, theta * (1.0 - rate * _DECAY) - rate * sign * slope + noise, 0.0)
    moved = np.maximum(moved, 0.0)
    return _born(moved, turn, np.sum(theta > 0.0) - np.sum(moved > 0.0))


def _no_noise(theta, sign, slope, noise, turn, rate):
    return rewired(theta, sign, slope, np.zeros_like(noise), turn, rate)


def _noise_by_rate(theta, sign, slope, noise, turn, rate):
    return rewired(theta, sign, slope, rate * noise, turn, rate)


def _noise_taken_off(theta, sign, slope, noise, turn, rate):
    return rewired(theta, sign, slope, -noise, turn, rate)


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Twelve places with six synapses, of which two to four go; at least one comes back at an own place."""
    cases: list[tuple] = []
    while len(cases) < 12:
        there = rng.permutation(12) < 6
        theta = np.where(there, np.round(rng.uniform(0.02, 0.4, 12), 3), 0.0)
        sign = rng.choice([-1.0, 1.0], 12)
        slope, noise = np.round(rng.normal(0.0, 1.0, 12), 2), np.round(rng.normal(0.0, 0.05, 12), 3)
        turn, rate = rng.permutation(12), round(float(rng.uniform(0.1, 0.3)), 2)
        moved = _after_step(theta, sign, slope, noise, rate)[there]
        gone = theta > 0.0
        gone[there] = moved <= 0.0
        first = [place for place in turn if not there[place] or gone[place]][: int(gone.sum())]
        if 2 <= gone.sum() <= 4 and np.abs(moved).min() > 2e-3 and gone[first].any() != len(cases) % 2:
            cases.append((theta, sign, slope, noise, turn, rate))
    return cases


REWIRED = Function(
    id="19.4",
    title="As many as before",
    statement=(
        "Write the function `rewired`, one step of DEEP R. It gets arrays with a number for each place where "
        "a synapse may be: `theta`, θ, which is 0 where there is none; `sign`, 1 or −1; `slope`, the "
        "derivative of the loss by the weight $w = s\\,\\theta$; and `noise`. For every synapse that is "
        "there, θ goes down by `rate` times ($s$ times its slope, plus 0.1), and then its noise is added. "
        "Where θ is 0 or below, the synapse is withdrawn: its θ becomes 0. `turn` has the numbers of the "
        "places in the order in which they are offered: the first that are free get new synapses, with θ = "
        "0.01, as many as were withdrawn. A place just left is free, too. The function returns the new θ of "
        "all places."
    ),
    stub="def rewired(theta, sign, slope, noise, turn, rate):\n    return ...",
    variable="rewired",
    arguments=("theta", "sign", "slope", "noise", "turn", "rate"),
    tolerance=1e-6,
    solution=rewired,
    draw=_draw,
    next_step=(
        "Two things hold after every call: as many synapses as before, and no sign has changed. Let it run "
        "a thousand times with a slope of 0 and noise alone. Which θ do you find most often, large ones or "
        "small ones?"
    ),
    mistakes=(
        Mistake(
            "no sign",
            _no_sign,
            "You have taken the slope by the weight for that by theta. The weight is sign times theta, so it "
            "is multiplied by the sign.",
        ),
        Mistake(
            "uphill",
            _uphill,
            "Your step goes up the loss. A weight goes against its slope.",
        ),
        Mistake(
            "all move",
            _all_move,
            "In yours places without a synapse move, too. Where theta is 0 nothing happens in the step.",
        ),
        Mistake(
            "none new",
            _none_new,
            "You have withdrawn synapses and put none elsewhere, so there are fewer each time. As many new "
            "ones come as have gone.",
        ),
        Mistake(
            "below 0",
            _below_zero,
            "Some theta are below 0, so that their weights have changed sign. Such a synapse is withdrawn, "
            "and a new one comes elsewhere.",
        ),
        Mistake(
            "below 0, and new ones",
            _below_zero_and_new,
            "New synapses come, but those that they replace are still there, with a theta below 0. Theirs "
            "becomes 0.",
        ),
        Mistake(
            "at the same place",
            _same_place,
            "Your new synapses come where the old ones went, so nothing is ever rewired. They take the first "
            "free places of turn.",
        ),
        Mistake(
            "not the place just left",
            _not_own_place,
            "You offer only places that were free before the step. A place just left is free, too, if its "
            "turn comes.",
        ),
        Mistake(
            "by number",
            _by_number,
            "You have filled the free places by their number. They are offered in the order of turn.",
        ),
        Mistake(
            "one new",
            _one_new,
            "You let one new synapse come, however many have gone. There should be as many as before.",
        ),
        Mistake(
            "weights",
            _weights,
            "These are the weights, sign times theta. Theta itself is wanted, which is never below 0.",
        ),
        Mistake(
            "no decay",
            _no_decay,
            "The decay is missing: theta goes down by rate times 0.1, whatever the slope is.",
        ),
        Mistake(
            "decay not multiplied",
            _decay_not_by_rate,
            "You take off all of 0.1 in every step. It is multiplied by the rate, as the slope is.",
        ),
        Mistake(
            "decay in proportion",
            _decay_in_proportion,
            "Your decay takes a share of theta. In DEEP R it takes the same off all, large or small.",
        ),
        Mistake(
            "no noise",
            _no_noise,
            "The noise is missing. It is added before it is decided who is withdrawn.",
        ),
        Mistake(
            "noise times rate",
            _noise_by_rate,
            "You have multiplied the noise by the rate. It is added as it is.",
        ),
        Mistake(
            "noise taken off",
            _noise_taken_off,
            "You have taken the noise off. It is added after the step.",
        ),
    ),
)
