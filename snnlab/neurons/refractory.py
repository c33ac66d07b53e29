"""Reset and refractory time on a grid of steps: what all neurons that are held after a spike share.

A neuron that fires in a step is at its reset when the step ends, and stays there for the refractory time.
"""

from snnlab.compiling import inlined_kernel, kernel

__all__ = ["fired_or_held", "refractory_steps"]


@kernel
def refractory_steps(t_ref, dt):
    """The refractory time in whole steps: at least one, unless it is 0."""
    return 0 if t_ref == 0.0 else max(1, round(min(t_ref / dt, 1e15)))  # for ever, but a whole number


@inlined_kernel
def fired_or_held(t, v, moved, crosses, free, v_reset, hold):
    """The potential at the end of step t, the first step in which it may move again, and whether it fired.

    `moved` is where `v` goes if nothing holds it before the step `free`, and `crosses` says whether it fires
    there; then it is held for `hold` steps.
    """
    if t < free:
        return v, free, False
    if crosses:
        return v_reset, t + 1 + hold, True
    return moved, free, False
