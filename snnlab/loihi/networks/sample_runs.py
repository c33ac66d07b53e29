"""Many samples through layers of compartments, with everything counted that costs energy.

The equations are those of `snnlab.loihi.networks.layers`, in one loop for each layer, and spikes are lists
instead of rasters. Every register that overflows is counted too.
"""

import functools
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import numpy as np

from snnlab.array_rules import Wholes
from snnlab.checks import checked, whole
from snnlab.compiling import kernel
from snnlab.learning.samples import Samples, valid_samples
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention
from snnlab.loihi.fixed_point import DELAY_MAX, FLOOR, SHIFT_BITS, decayed, scaled_bias, whole_array, wrapped
from snnlab.loihi.networks.layers import Layer, check_layers
from snnlab.loihi.neuron.compartments import V_MAX, advance_compartments, registers, row_for
from snnlab.loihi.neuron.synapses import effective_weights
from snnlab.progress import Bar

__all__ = ["LayerCounts", "LayersRun", "run_samples"]

_ROOM = 4_000_000  # spikes of a layer for which there is room at a time


Count = Annotated[int, functools.partial(whole, most=2**62)]


class LayerCounts(NamedTuple):
    """What a layer did, counted over all samples and steps.

    Examples
    --------
    >>> LayerCounts(synaptic_ops=10, active=5, inactive=5, spikes=1, overflows=0, saturations=0).spikes
    1
    """

    synaptic_ops: Count
    """Weights other than 0 that spikes went through."""
    active: Count
    """Updates of compartments that had an input, a current, a voltage or a bias."""
    inactive: Count
    """Updates of compartments that had none of these."""
    spikes: Count
    """Spikes that the layer fired."""
    overflows: Count
    """Updates in which the current came out at the other end of its 24 bits."""
    saturations: Count
    """Updates in which the voltage stayed at the end of its 24 bits."""


def _all_counts(name: str, value: Any) -> tuple[LayerCounts, ...]:
    """`value`, if it is the counts of each layer."""
    if not isinstance(value, tuple | list):
        raise TypeError(f"{name} must be a tuple of LayerCounts, got {type(value).__name__}")
    return tuple(checked(f"{name}[{k}]", one, LayerCounts) for k, one in enumerate(value))


def _all_of_layers(name: str, value: Any) -> tuple[np.ndarray, ...]:
    """`value`, if it is numbers of spikes or of updates."""
    if not isinstance(value, tuple | list):
        raise TypeError(f"{name} must be a tuple of arrays, got {type(value).__name__}")
    return tuple(Wholes("(n,)")(f"{name}[{k}]", one) for k, one in enumerate(value))


class LayersRun(NamedTuple):
    """What all samples made of the layers.

    Examples
    --------
    >>> run = LayersRun(np.array([[3, 9]]), np.zeros((1, 2)), (), (), 100, 1)
    >>> print(run.named)
    [1]
    """

    peak: Annotated[np.ndarray, Wholes("(samples, n_last)", least=None)]
    """Largest voltage of each compartment of the last layer, start included, int32, (samples, n_last)."""
    fired: Annotated[np.ndarray, Wholes("(samples, n_last)")]
    """Its spikes, int32, shape (samples, n_last)."""
    counts: Annotated[tuple[LayerCounts, ...], _all_counts]
    """What each layer did."""
    sent: Annotated[tuple[np.ndarray, ...], _all_of_layers]
    """Spikes of each input, then of each compartment of each layer, over all samples; int64."""
    steps: int
    """Steps of a sample."""
    n_samples: int
    """How many samples were run; fewer than were given where somebody stopped it."""
    active: Annotated[tuple[np.ndarray, ...], _all_of_layers] = ()
    """Updates of each compartment of each layer that had something to do, over all samples; int64."""

    @property
    def named(self) -> np.ndarray:
        """The class of each sample: the compartment of the last layer with the largest voltage."""
        return self.peak.argmax(axis=1)


def run_samples(
    layers: Sequence[Layer],
    samples: Samples,
    convention: Convention = BRIAN2_LOIHI,
    *,
    progress: bool = True,
) -> LayersRun:
    """All samples, each from registers at 0, with everything counted that costs energy.

    Interrupted, it tells of the samples that it has done.

    Parameters
    ----------
    layers
        From the first to the last.
    samples
        Spikes that the first layer gets; their labels are not looked at.
    convention
        How the chip is read.
    progress : bool
        Whether a line tells how far it is.

    Examples
    --------
    >>> from snnlab.learning import samples_from_raster
    >>> from snnlab.loihi import Compartment
    >>> samples = samples_from_raster(np.array([[[1], [0], [0]]]), [0])
    >>> layers = [Layer(np.array([[100]]), compartment=Compartment(v_th=90)), Layer(np.array([[50]]))]
    >>> run = run_samples(layers, samples, progress=False)
    >>> print([counts.spikes for counts in run.counts], run.peak)
    [2, 1] [[5918]]
    """
    layers = check_layers(layers, convention)
    samples = valid_samples(samples)
    if samples.n_inputs != layers[0].w.shape[1]:
        raise ValueError(
            f"samples must have as many inputs as w of layer 0 has columns ({layers[0].w.shape[1]}), "
            f"got {samples.n_inputs}"
        )
    steps, n_last = samples.steps, len(layers[-1].w)
    ready = [_ready(layer, convention, steps) for layer in layers]
    peak, fired = (np.zeros((samples.n_samples, n_last), np.int32) for _ in range(2))
    sent = [np.zeros(samples.n_inputs, np.int64), *(np.zeros(len(layer.w), np.int64) for layer in layers)]
    active = [np.zeros(len(layer.w), np.int64) for layer in layers]
    counts = np.zeros((len(layers), 5), np.int64)
    share = max(1, _ROOM // max(1, steps * max(len(layer.w) for layer in layers)))
    done, bar = 0, Bar(samples.n_samples if progress else 0)
    try:
        while done < samples.n_samples:
            end = min(done + share, samples.n_samples)
            units, start = samples.units, samples.start[done:end]
            found, busy = np.zeros_like(counts), [np.zeros_like(old) for old in active]
            given = units[start[0, 0] : start[-1, -1]]
            new = [np.bincount(given, minlength=samples.n_inputs)]
            for k, layer in enumerate(ready):
                many = (end - done) * steps * sent[k + 1].size
                out_units = np.empty(many, np.uint32)
                out_start = np.zeros((end - done, steps + 1), np.int64)
                best, fires = (np.zeros((end - done, sent[k + 1].size), np.int32) for _ in range(2))
                _run_layer(units, start, *layer, out_units, out_start, best, fires, busy[k], found[k])
                units, start = out_units, out_start
                new.append(fires.sum(axis=0, dtype=np.int64))
            peak[done:end], fired[done:end], done = best, fires, end
            counts += found
            sent = [old + more for old, more in zip(sent, new, strict=True)]
            active = [old + more for old, more in zip(active, busy, strict=True)]
            bar.show(done, f"sample {done} of {samples.n_samples}")
    except KeyboardInterrupt:
        peak, fired = peak[:done], fired[:done]
    bar.end()
    updates = [done * steps * len(layer.w) for layer in layers]
    told = tuple(
        LayerCounts(int(c[0]), int(c[1]), int(all_ - c[1]), int(c[2]), int(c[3]), int(c[4]))
        for c, all_ in zip(counts, updates, strict=True)
    )
    return LayersRun(peak, fired, told, tuple(sent), steps, done, tuple(active))


def _ready(layer: Layer, convention: Convention, steps: int) -> tuple:
    """What the kernel takes of a layer: weights a row for each input, registers, and room for its state."""
    n = len(layer.w)
    w, shift = effective_weights(layer.w, layer.synapse, convention), 0
    if convention.exponent_on_sum and layer.synapse.exponent < 0:
        if convention.exponent_rounding != FLOOR:
            raise ValueError("exponent_rounding must be FLOOR where a negative exponent belongs to the sum")
        w, shift = layer.w, -layer.synapse.exponent
    rows = np.ascontiguousarray(w.T, np.int32)
    fan = np.count_nonzero(layer.w, axis=0).astype(np.int64)
    bias = row_for("bias", scaled_bias(layer.bias, layer.bias_exp), n)
    late = whole_array("delay", layer.delay, 0, DELAY_MAX) + convention.arrival
    state = (np.empty((steps, n), np.int32), *(np.empty((2, n), np.int32) for _ in range(2)))
    flags = (np.empty(n, np.uint8), np.empty(n, np.int32))
    numbers = registers(layer.compartment, convention)
    return rows, fan, int(late), shift, convention.input_limit, *state, *flags, bias, numbers


@kernel
def _run_layer(
    units, start, w, fan, late, shift, limit, q, u, v, fired, wait, bias, numbers,
    out_units, out_start, best, fires, busy, counts,
):  # fmt: skip
    """One layer, sample after sample: its spikes, in the form of `Samples`, and what it counted."""
    keep_u, keep_v, v_th, rest, v_min, drive_limit, edge = numbers
    made = 0
    for s in range(start.shape[0]):
        q[:] = 0
        u[:] = v[:] = 0
        wait[:] = 0
        _deliver(s, units, start, w, fan, late, q, counts)
        for t in range(len(q)):
            row = q[t]
            for i in range(len(row)):
                total = np.int32((row[i] >> shift) << SHIFT_BITS) if shift > 0 else row[i]
                row[i] = wrapped(total, limit, 0)
            old, new = t % 2, 1 - t % 2
            advance_compartments(
                row, u[old], v[old], u[new], v[new], fired, wait, bias,
                keep_u, keep_v, v_th, rest, v_min, drive_limit, edge,
            )  # fmt: skip
            _count(
                row, u[old], v[old], u[new], v[new], fired, bias, keep_u, keep_v, drive_limit, busy, counts
            )
            for i in range(len(fired)):
                best[s, i] = max(best[s, i], v[new, i])
                if fired[i]:
                    out_units[made] = i
                    fires[s, i] += 1
                    made += 1
            out_start[s, t + 1] = made
        if s + 1 < start.shape[0]:
            out_start[s + 1, 0] = made
    counts[2] += made


@kernel
def _deliver(s, units, start, w, fan, late, q, counts):
    """What the spikes of a sample bring, `late` steps after each."""
    for t in range(len(q)):
        for k in range(start[s, t], start[s, t + 1]):
            counts[0] += fan[units[k]]
            if t + late < len(q):
                row, target = w[units[k]], q[t + late]
                for i in range(len(row)):
                    target[i] += row[i]


@kernel
def _count(q, u_old, v_old, u, v, fired, bias, keep_u, keep_v, drive_limit, busy, counts):
    """How many compartments had something to do, overflowed and saturated in a step.

    At the upper end every compartment fires, for no threshold is as high; one that rests is at neither end.
    """
    active = overflows = saturations = 0
    for i in range(len(q)):
        works = int((q[i] | u_old[i] | v_old[i] | bias[i]) != 0)
        active += works
        busy[i] += works
        raw = np.int64(decayed(u_old[i], keep_u)) + np.int64(q[i])
        overflows += int(raw != u[i])
        drive = wrapped(np.int64(u[i]) + np.int64(bias[i]), drive_limit, 0)
        total = np.int64(decayed(v_old[i], keep_v)) + np.int64(drive)
        saturations += int((total > V_MAX and fired[i]) or (total < -V_MAX and v[i] == -V_MAX))
    counts[1] += active
    counts[3] += overflows
    counts[4] += saturations
