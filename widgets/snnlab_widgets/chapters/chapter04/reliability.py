"""The panel of reliability: one noisy neuron, repeated under a constant current and under frozen noise."""

from snnlab.coding.reliability import mean_cosine
from snnlab.compiling import kernel
from snnlab.neurons.escape import EscapeLIF, State, run
from snnlab.neurons.fluctuation import fill_fluctuation
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Raster, Trace

__all__ = ["reliability_panel"]

DT, DURATION, TRIALS = 0.4, 800.0, 25  # ms
STEPS = round(DURATION / DT)
TAU, PRECISION = 3.0, 2.0  # ms: how long the fluctuation remembers, and how exact a spike has to be
CELL = EscapeLIF()
ROOM = TRIALS * (STEPS // (1 + round(CELL.t_ref / DT)) + 1)  # no trial can fire more often
FROZEN = 1_000_000  # stream of the frozen noise; the trials have the streams below
QUESTION = (
    "Both rasters are the same neuron with the same noise inside. Why does one of them stand in columns?"
)


@kernel
def repetitions(i, v, one, times, units, first, delta, start, dt, seed, stream,
                tau_m, r_m, v_rest, v_reset, v_th, t_ref, rho_0):  # fmt: skip
    """The same current once for each trial, the spikes trial after trial; returns how many there are."""
    n = 0
    for k in range(first.size - 1):
        first[k] = n
        state = State(start, 0, seed, 0)
        count, _ = run(
            i, v, one, state, tau_m, r_m, v_rest, v_reset, v_th, t_ref, rho_0, delta, dt, stream + k
        )
        for s in range(count):
            times[n] = one[s]
            units[n] = k
            n += 1
    first[first.size - 1] = n
    return n


@kernel
def reliability_figure(
    i, v, one, steady, steady_units, times, units, first, size, out,
    delta, spread, mean, tau_m, r_m, v_rest, v_reset, v_th, t_ref, rho_0, dt, tau, sigma, frozen, seed,
):  # fmt: skip
    """25 repetitions of a constant current, then 25 of one and the same fluctuating current."""
    trials = first.size - 1
    i[:] = mean
    out[0] = repetitions(i, v, one, steady, steady_units, first, delta, v_rest, dt, seed, 0,
                         tau_m, r_m, v_rest, v_reset, v_th, t_ref, rho_0)  # fmt: skip
    out[2] = mean_cosine(steady, first, size, sigma)
    fill_fluctuation(i, mean, spread, tau, dt, seed, frozen)
    out[1] = repetitions(i, v, one, times, units, first, delta, v_rest, dt, seed, trials,
                         tau_m, r_m, v_rest, v_reset, v_th, t_ref, rho_0)  # fmt: skip
    out[3] = mean_cosine(times, first, size, sigma)
    out[4] = 1000.0 * out[0] / (trials * i.size * dt)
    out[5] = 1000.0 * out[1] / (trials * i.size * dt)


def reliability_panel(*, question: str = QUESTION, engine: str = "browser", **values: float) -> Panel:
    """A noisy neuron, 25 times under a constant current and 25 times under the same fluctuating one.

    The noise inside the neuron is new in every repetition. The fluctuating current has the mean of the
    constant one and forgets within 3 ms; it is frozen, the same in all of its repetitions.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    **values
        Start values: ``delta`` (0.1 to 4 mV, the softness of the threshold), ``spread`` (0 to 0.3 nA,
        standard deviation of the fluctuating current), ``mean`` (0.1 to 0.3 nA), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``steady`` and ``steady_units`` (spike times in ms and their repetitions from 0,
        under the constant current), ``times`` and ``units`` (under the fluctuating one), ``i`` (that current,
        nA), and ``constant`` and ``reliable`` (the reliability of both, see
        `snnlab.coding.pairwise_reliability`).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = reliability_panel()
    >>> panel.result.reliable > 2 * panel.result.constant
    True
    """
    return Panel(
        "reliability",
        title="Reliable or not",
        question=question,
        controls=[
            Control("delta", "Δ", "Noise in the neuron", 0.1, 4.0, 0.5, 0.1, "mV", colour=2),
            Control("spread", "σ_i", "Fluctuation of the current", 0.0, 0.3, 0.15, 0.01, "nA", colour=3),
            Control("mean", "μ_i", "Mean current", 0.1, 0.3, 0.2, 0.005, "nA", colour=4),
        ],
        readouts=[
            ReadOut("n_steady"),
            ReadOut("n"),
            ReadOut("constant", 2),
            ReadOut("reliable", 2),
            ReadOut("rate_steady", 1, "Hz"),
            ReadOut("rate", 1, "Hz"),
        ],
        views=[
            Raster(
                "steady",
                "steady_units",
                TRIALS,
                DURATION,
                label="constant",
                title="Spikes of 25 repetitions of a constant current",
            ),
            Raster(
                "times",
                "units",
                TRIALS,
                DURATION,
                label="frozen noise",
                title="Spikes of 25 repetitions of one fluctuating current",
            ),
            Trace(
                "i",
                DT,
                Axis(-0.6, 1.0, "current (nA)"),
                title="The fluctuating current, the same in all repetitions",
            ),
        ],
        sentence=(
            "Δ = {delta} mV, σ_i = {spread} nA: reliability {constant} under a constant current, "
            "{reliable} under frozen noise"
        ),
        headline="reliable",
        detail=(
            "is the reliability under frozen noise, {constant} under a constant current, "
            "at {rate} and {rate_steady} Hz"
        ),
        kernel=reliability_figure,
        arrays={
            "i": Array((STEPS,)),
            "v": Array((STEPS,), work=True),
            "one": Array((STEPS,), work=True),
            "steady": Array((ROOM,), upto="n_steady"),
            "steady_units": Array((ROOM,), "int32", upto="n_steady"),
            "times": Array((ROOM,), upto="n"),
            "units": Array((ROOM,), "int32", upto="n"),
            "first": Array((TRIALS + 1,), "int32", work=True),
            "size": Array((TRIALS,), work=True),
        },
        constants={
            "tau_m": CELL.tau_m,
            "r_m": CELL.r_m,
            "v_rest": CELL.v_rest,
            "v_reset": CELL.v_reset,
            "v_th": CELL.v_th,
            "t_ref": CELL.t_ref,
            "rho_0": CELL.rho_0,
            "dt": DT,
            "tau": TAU,
            "sigma": PRECISION,
            "frozen": FROZEN,
        },
        presets={
            "hardly any noise": {"delta": 0.1},
            "much noise": {"delta": 3.0},
            "a gentle current": {"spread": 0.03},
            "a wild current": {"spread": 0.3},
        },
        python=(
            "from snnlab import Spikes\n"
            "from snnlab.coding import pairwise_reliability\n"
            "from snnlab_widgets import reliability_panel\n\n"
            "# the spikes of this picture; others with the same law come from snnlab.neurons:\n"
            f"# fluctuating_current({{mean}}, {{spread}}, {TAU}, {DURATION}, {DT}, rng=rng) for each of\n"
            f"# {TRIALS} columns, then simulate_escape_lif(i, EscapeLIF(delta={{delta}}), {DT}, rng=rng)\n"
            "seen = reliability_panel(delta={delta}, spread={spread}, mean={mean}, seed={seed}).result\n"
            f"spikes = Spikes(seen.times, seen.units, n_units={TRIALS}, duration={DURATION})\n"
            f"print(spikes, pairwise_reliability(spikes, sigma={PRECISION}))"
        ),
        seed=1,
        values=values,
        engine=engine,
    )
