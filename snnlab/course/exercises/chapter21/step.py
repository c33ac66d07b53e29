"""Exercise 21.2, write it: one step of all synapses."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["STEP"]


def learn_step(w, x, y, pre, post, a_plus, a_minus):
    """First the postsynaptic spike, which sees x, then the presynaptic ones, which see y."""
    if post:
        w = np.minimum(1.0, w + a_plus * x)
    return np.where(pre, np.maximum(0.0, w - a_minus * y), w)


def _swapped(w, x, y, pre, post, a_plus, a_minus):
    if post:
        w = np.minimum(1.0, w + a_plus * y)
    return np.where(pre, np.maximum(0.0, w - a_minus * x), w)


def _all_inputs(w, x, y, pre, post, a_plus, a_minus):
    if post:
        w = np.minimum(1.0, w + a_plus * x)
    return np.maximum(0.0, w - a_minus * y)


def _firing_inputs_only(w, x, y, pre, post, a_plus, a_minus):
    if post:
        w = np.where(pre, np.minimum(1.0, w + a_plus * x), w)
    return np.where(pre, np.maximum(0.0, w - a_minus * y), w)


def _unbounded(w, x, y, pre, post, a_plus, a_minus):
    return w + post * a_plus * x - pre * a_minus * y


def _bounds_at_the_end(w, x, y, pre, post, a_plus, a_minus):
    return np.clip(w + post * a_plus * x - pre * a_minus * y, 0.0, 1.0)


def _inputs_first(w, x, y, pre, post, a_plus, a_minus):
    w = np.where(pre, np.maximum(0.0, w - a_minus * y), w)
    return np.minimum(1.0, w + post * a_plus * x)


def _no_ceiling(w, x, y, pre, post, a_plus, a_minus):
    return np.where(pre, np.maximum(0.0, w + post * a_plus * x - a_minus * y), w + post * a_plus * x)


def _no_floor(w, x, y, pre, post, a_plus, a_minus):
    return np.minimum(1.0, w + post * a_plus * x) - pre * a_minus * y


def _same_step(w, x, y, pre, post, a_plus, a_minus):
    return learn_step(w, x + pre, y, pre, post, a_plus, a_minus)


def _always(w, x, y, pre, post, a_plus, a_minus):
    return learn_step(w, x, y, pre, True, a_plus, a_minus)


def _turned(w, x, y, pre, post, a_plus, a_minus):
    if post:
        w = np.maximum(0.0, w - a_minus * x)
    return np.where(pre, np.minimum(1.0, w + a_plus * y), w)


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Weights near both bounds and in between; steps with an output spike and without."""
    cases = []
    for k in range(12):
        n = int(rng.integers(6, 12))
        w = np.clip(rng.uniform(-0.1, 1.1, n).round(3), 0.0, 1.0)
        pre = rng.random(n) < 0.5
        pre[:2] = True, False
        traces = rng.uniform(0.2, 2.0, n).round(3), float(round(rng.uniform(0.2, 2.0), 3))
        cases.append((w, *traces, pre, bool(k % 3), 0.05, 0.06))
    return cases


STEP = Function(
    id="21.2",
    title="One step of a thousand synapses",
    statement=(
        "Write the function `learn_step`, which takes all synapses of a neuron through one time step. It "
        "gets the weights `w` and the traces `x` of the inputs, arrays with one number an input; the trace "
        "`y` of the neuron, a number; `pre`, an array that is true where an input fires in this step; "
        "`post`, which is true if the neuron fires; and `a_plus` and `a_minus`. The traces hold the spikes "
        "of earlier steps only. First the output spike acts, on every synapse, then each input spike, on its "
        "own synapse. Each time the weights stay between 0 and 1. It returns the new weights as a new array; "
        "the traces it leaves alone."
    ),
    stub="def learn_step(w, x, y, pre, post, a_plus, a_minus):\n    return ...",
    variable="learn_step",
    arguments=("w", "x", "y", "pre", "post", "a_plus", "a_minus"),
    tolerance=1e-9,
    solution=learn_step,
    draw=_draw,
    next_step=(
        "An output spike touches every synapse, an input spike only one. With 1000 inputs of 20 Hz and an "
        "output of 10 Hz, which of the two costs more?"
    ),
    mistakes=(
        Mistake(
            "swapped traces",
            _swapped,
            "The traces are swapped. A spike sees the other side: the output spike sees x, the input spike "
            "y.",
        ),
        Mistake(
            "all inputs depressed",
            _all_inputs,
            "Weights fall whose inputs were silent. Only an input that fires in this step is depressed.",
        ),
        Mistake(
            "firing inputs only",
            _firing_inputs_only,
            "The output spike acts on every synapse, whether or not its input fires in this very step: x "
            "remembers when it fired last.",
        ),
        Mistake(
            "unbounded",
            _unbounded,
            "Some weights leave the range from 0 to 1.",
        ),
        Mistake(
            "bounds at the end",
            _bounds_at_the_end,
            "The bounds act once, at the end. A weight that the output spike would lift above 1 has to stop "
            "there before its input spike takes something away.",
        ),
        Mistake(
            "inputs first",
            _inputs_first,
            "The order is turned round: near a bound it matters that the output spike acts first.",
        ),
        Mistake(
            "no ceiling",
            _no_ceiling,
            "Some weights are larger than 1. The upper bound holds as soon as the output spike has acted.",
        ),
        Mistake(
            "no floor",
            _no_floor,
            "Some weights are below 0.",
        ),
        Mistake(
            "pairs of one step",
            _same_step,
            "Here an input spike and an output spike of one step are a pair. The traces of earlier steps are "
            "all that counts.",
        ),
        Mistake(
            "always",
            _always,
            "Weights grow in steps in which the neuron was silent. Look at `post`.",
        ),
        Mistake(
            "signs",
            _turned,
            "The signs are turned round: the output spike adds, because the input came before it; the input "
            "spike takes away.",
        ),
    ),
)
