"""The door of the library: what came in wrong once, and what is said to it now.

Each case crashed the process, hung, ended deep inside or came back as silent nonsense.
"""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import (
    Decoder,
    LinearNonlinear,
    ReceptiveFields,
    bernoulli_spikes,
    cv2,
    decode_fields,
    encode_fields,
    estimate_information,
    intervals,
    jitter_predictor,
    linear_nonlinear_rate,
    lv,
    lvr,
    psth,
    race_poisson,
    receptive_fields,
    reconstruct,
    smooth_rate,
    spike_synchronisation,
)
from snnlab.coding.codes.receptive_fields import field_responses
from snnlab.data import Recording, detect_spikes, measure_fi, measure_membrane
from snnlab.learning import (
    ALL_TO_ALL,
    STDP,
    ClusterNet,
    Clusters,
    Weights,
    cluster_responses,
    initial_clusters,
    initial_weights,
    poisson_patterns,
    predict,
    run_network,
    stdp_drift,
    surrogate_gradient,
    train,
)
from snnlab.loihi import LAVA, Roads, path_to, send_wave, spiking_lasso
from snnlab.loihi.applications.lca import coefficients_at
from snnlab.neurons import (
    LIF,
    AdaptiveLIF,
    PlaceField,
    adaptation,
    alpha_psp,
    burst_sizes,
    cross_place_field,
    ear_spikes,
    feature_input,
    fluctuating_current,
    simulate_lif,
    step_response,
)
from snnlab.neurons.experiments.izhikevich_features import FIRING_FEATURES
from snnlab.random import uniform, uniforms

RNG = np.random.default_rng(1)
SAMPLES = poisson_patterns(64, 20, 2, 50, 50.0, rng=np.random.default_rng(1))
WEIGHTS = initial_weights(20, 10, 2, rng=np.random.default_rng(1))
TRAIN = Spikes([10.0, 20.0, 40.0], duration=100)


def refused(call, sentence, kind=ValueError):
    with pytest.raises(kind, match=sentence):
        call()


@pytest.mark.parametrize("use", [predict, run_network, surrogate_gradient], ids=lambda use: use.__name__)
@pytest.mark.parametrize(
    ("field", "damage", "sentence"),
    [
        ("units", lambda x: x + 10**8, r"units must be from 0 to n_inputs - 1 \(19\), got 1000000"),
        (
            "units",
            lambda x: x.astype(float),
            "units must be whole numbers of shape .* got a ndarray of",
        ),
        ("units", lambda _: None, "units must be whole numbers of shape .spikes,., got a NoneType"),
        ("start", lambda x: x * 1000, "start must be at most the number of units"),
        ("start", lambda x: x[:, ::-1], "start must not fall, got "),
        ("start", lambda x: x - 5, "start must be from 0 to"),
        ("labels", lambda x: x[:32], r"labels must have shape \(samples,\), with as many samples as start"),
        ("labels", lambda x: x + 7, "labels must be from 0 to 1, one for each output, got"),
        ("n_inputs", lambda _: 7, r"units must be from 0 to n_inputs - 1 \(6\), got"),
        ("n_inputs", lambda _: 20.0, "n_inputs must be a whole number, got 20.0"),
    ],
)
def test_damaged_samples_never_reach_a_kernel(use, field, damage, sentence):
    broken = SAMPLES._replace(**{field: damage(getattr(SAMPLES, field))})
    refused(lambda: use(WEIGHTS, broken), sentence, (ValueError, TypeError))


def test_weights_that_are_missing_are_named():
    refused(lambda: predict(Weights(None, WEIGHTS.w_out), SAMPLES), "w_in must be an array of", TypeError)
    refused(lambda: predict(Weights(WEIGHTS.w_in, None), SAMPLES), "w_out must be an array of", TypeError)


@pytest.mark.parametrize("rate", [0.0, -0.0, 5e-324, 1e-300, 1e-16, 1e-13])
def test_rates_next_to_nothing_give_next_to_nothing(rate):
    assert bernoulli_spikes(rate, 1000.0, n_units=50, rng=np.random.default_rng(1)).n_spikes == 0
    halves = np.repeat([[1.0, 0.0], [0.0, 1.0]], 20, axis=1)
    clusters = Clusters(np.full((2, 40), 0.1), np.full(2, 20.0))
    net = ClusterNet(rate=rate)
    assert cluster_responses(clusters, halves, net, rng=np.random.default_rng(1)).sum() == 0


def test_a_recording_in_other_units_or_shapes_is_refused():
    v = np.full((500, 3), -65.0)
    v[100:110, 1] = 20.0
    cell = Recording(v, np.zeros_like(v), dt=0.5, step=(20.0, 80.0), name="cell", licence="none")
    assert detect_spikes(cell).n_spikes == 1
    for change, sentence in (
        ({"v": v / 1000.0}, r"v must be in mV, got potentials from -0\.065 to 0\.02: volts\?"),
        (
            {"v": v.T, "i": v.T},
            r"v must have shape \(steps, sweeps\), .* got \(3, 500\): transposed\?",
        ),
        ({"v": np.where(v > 0, np.nan, v)}, r"v must be finite, got nan at \[100, 1\]"),
        ({"i": np.zeros((40, 3))}, r"i must have shape \(steps, sweeps\), with as many steps as v \(500\)"),
        ({"i": np.full_like(v, 200.0)}, r"i must be in nA, got up to 200: pA\?"),
        ({"dt": 0.0}, "dt must be positive and finite, got 0"),
        ({"step": (80.0, 20.0)}, "step must be start and end of the step"),
    ):
        for use in (detect_spikes, measure_fi, measure_membrane, lambda odd: odd.step_current):
            refused(lambda use=use, change=change: use(cell._replace(**change)), sentence)


class _Quantity(np.ndarray):
    """What an array of the library quantities looks like."""

    class dimensionality:
        string = "s"


def test_masks_and_units_are_not_dropped():
    masked = np.ma.array([1.0, 2.0, 3.0], mask=[False, True, False])
    refused(lambda: Spikes(masked, duration=10), "times must not be masked .* got 1 masked value of 3")
    refused(lambda: simulate_lif(masked), "i must not be masked")
    assert Spikes(np.ma.array([1.0, 2.0]), duration=10).n_spikes == 2
    for scalar in (np.ma.array(30.0, mask=True), np.array(0.03).view(_Quantity)):
        refused(lambda scalar=scalar: simulate_lif([0.3], LIF(tau_m=scalar)), "tau_m must ")
    two = LIF(v_th=np.ma.array([-50.0, -45.0], mask=[False, True]))
    refused(lambda: simulate_lif(np.zeros((5, 2)), two), "v_th must not be masked .* got 1 masked value of 2")
    samples = SAMPLES._replace(labels=np.ma.array(SAMPLES.labels, mask=SAMPLES.labels == 1))
    refused(lambda: predict(WEIGHTS, samples), "labels must not be masked")
    seconds = np.array([0.01, 0.02]).view(_Quantity)
    assert Spikes(seconds, duration=np.array(0.1).view(_Quantity)) == Spikes([10.0, 20.0], duration=100)
    refused(lambda: simulate_lif(seconds), "i must be plain numbers, without a unit, got some in s")


def test_views_of_one_number_as_of_many_are_not_copied():
    many = np.broadcast_to(0.0, 2**45)
    refused(lambda: simulate_lif(many), "i must be what fits into .* left here and into a day")
    whole = np.broadcast_to(np.uint32(0), 2**45)
    refused(
        lambda: predict(WEIGHTS, SAMPLES._replace(units=whole)), "units must be what fits into .* left here"
    )
    ragged = SAMPLES._replace(start=[[1, 2], [3]])
    refused(
        lambda: predict(WEIGHTS, ragged),
        "start must be whole numbers of shape .*, got a ragged list",
        TypeError,
    )


@pytest.mark.parametrize(
    "like",
    [
        lambda x: x.astype(np.float16), lambda x: x.astype(">f8"), lambda x: np.repeat(x, 2)[::2],
        lambda x: x.astype(int), list, tuple,
    ],
)  # fmt: skip
def test_arrays_of_every_kind_are_read(like):
    times = np.array([10.0, 20.0, 40.0])
    assert Spikes(like(times), duration=100) == TRAIN
    times.flags.writeable = False
    assert Spikes(like(times), duration=100) == TRAIN


def test_what_would_take_for_ever_is_said_before():
    for call, sentence in (
        (lambda: step_response([0.3], Spikes([1.0], duration=1e308), AdaptiveLIF()), "duration and current"),
        (lambda: ear_spikes(0.2, frequency=1e9, duration=1e6, rng=RNG), "the number of spikes must be"),
        (lambda: race_poisson(1e7, 1e7, 10_000, [1e6], trials=10**6, rng=RNG), "times, n and trials must be"),
        (lambda: fluctuating_current(0.1, 0.1, 1.0, 1e15, rng=RNG), "duration / dt must be at most 1e9"),
        (lambda: smooth_rate(Spikes([1.0], duration=1e15), 1.0, dt=1e-3), "duration and the width of a bin"),
        (lambda: psth(Spikes([1.0], duration=1e15), 1e-3), "duration and the width of a bin"),
        (lambda: Spikes([1.0], duration=1e15).counts(1.0), "duration / bin_width and n_units must be"),
        (lambda: Spikes([1.0], duration=10, n_units=2**40), "n_units must be what fits into"),
        (lambda: Spikes([1.0], duration=10, n_units=10**400), r"n_units must be below 2\*\*63, got about 2"),
        (lambda: bernoulli_spikes(0.0, 10.0, n_units=2**62, rng=RNG), "n_units must be what fits into"),
        (lambda: initial_weights(2**31, 2**31, 2, rng=RNG), "must be what fits into"),
        (lambda: feature_input(FIRING_FEATURES["rebound spike"]._replace(duration=1e18)), "at most 1e9"),
    ):
        refused(call, sentence)


def test_a_rate_over_many_bins_is_quick_and_the_same(monkeypatch):
    spikes = Spikes(np.random.default_rng(1).uniform(0.0, 1000.0, 40), duration=1000)
    direct = smooth_rate(spikes, 10.0, dt=0.5)
    monkeypatch.setattr("snnlab.coding.statistics.rates._DIRECT", 0.0)
    for a, b in zip(smooth_rate(spikes, 10.0, dt=0.5), direct, strict=True):
        assert a == pytest.approx(b, rel=1e-9, abs=1e-9)
    assert smooth_rate(spikes, 10.0, dt=1e-3).rate.min() >= 0.0  # a million bins, and as wide a kernel


def test_a_path_that_runs_in_a_circle_is_refused():
    wave = send_wave(Roads(3, [0, 1, 0], [1, 2, 2], [7, 100, 120]), source=0)
    circle = wave._replace(came_from=np.array([2, 0, 1]))
    refused(lambda: path_to(circle, 2), "came_from must lead to places nearer to the source, got 2 for 0")
    refused(lambda: path_to(wave._replace(came_from=np.array([0, 9, 9])), 2), "came_from must lead to places")


def test_what_was_checked_is_what_is_used():
    clusters = Clusters(np.repeat([[0.5, 0.0], [0.0, 0.5]], 20, axis=1), np.full(2, 20.0))
    halves, net = np.repeat([[1.0, 0.0], [0.0, 1.0]], 20, axis=1), ClusterNet(rate=200.0)
    given = [
        cluster_responses(clusters, halves, net, dt=dt, rng=np.random.default_rng(1))
        for dt in (0.5, np.array(0.5))
    ]
    assert np.array_equal(*given)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: initial_weights(3, 3, 2, rng=1), "rng must be a numpy.random.Generator such as"),
        (lambda: initial_clusters(3, 784, rng=1), "rng must be a numpy.random.Generator such as"),
        (lambda: poisson_patterns(rng=1), "rng must be a numpy.random.Generator such as"),
        (lambda: cross_place_field(3, rng=1), "rng must be a numpy.random.Generator such as"),
        (lambda: uniform("a", 0, 0), "seed must be a whole number, got 'a'"),
        (lambda: uniform(1, None, 0), "stream must be a whole number, got None"),
        (
            lambda: uniforms(np.zeros(3, int), 1, 0, 0),
            "out must be an array of floats, got an array of",
        ),
        (lambda: reconstruct(TRAIN, 5), "decoder must be a Decoder, got int"),
        (lambda: reconstruct(TRAIN, Decoder(None, None, 0.0, 1.0)), "lag must be an array of numbers"),
        (lambda: field_responses([0.5], None), "fields must be a ReceptiveFields, got NoneType"),
        (lambda: decode_fields(TRAIN, ReceptiveFields(None, 1.0, 0.0, 1.0)), "centres must be an array of"),
        (lambda: cross_place_field(3, field=PlaceField(speed=None), rng=RNG), "speed must be a number, got"),
        (lambda: cross_place_field(3, field=None, rng=RNG), "field must be a PlaceField, got NoneType"),
        (
            lambda: stdp_drift(5.0, 5.0, STDP(), ALL_TO_ALL._replace(x_at_pre=None)),
            "x_at_pre must be a number",
        ),
        (lambda: Spikes(np.array(["a"]), duration=10), "got a ndarray of <U1"),
    ],
)
def test_arguments_of_other_kinds_are_named(call, sentence):
    refused(call, sentence, TypeError)


def test_named_tuples_that_do_not_fit_are_refused():
    lag, kernel = np.array([-1.0, 0.0]), np.ones((2, 1))
    for decoder, sentence in (
        (
            Decoder(lag[:1], kernel, 0.0, 1.0),
            r"kernel must have shape .*, with as many lags as lag",
        ),
        (Decoder(lag, kernel, np.nan, 1.0), "offset must be finite, got nan"),
        (Decoder(lag, kernel, 0.0, 0.0), "dt must be positive and finite, got 0"),
    ):
        refused(lambda decoder=decoder: reconstruct(TRAIN, decoder), sentence)
    fields = receptive_fields(4)
    refused(
        lambda: encode_fields([0.5], fields._replace(width=0.0), 10.0), "width must be positive and finite"
    )
    refused(
        lambda: encode_fields([0.5], fields._replace(centres=[]), 10.0), "centres must be one value or more"
    )
    curve = LinearNonlinear(np.ones(1), 0.0, np.array([0.0, 1.0]), np.array([0.0, 50.0]), 1.0)
    refused(lambda: linear_nonlinear_rate([0.0], curve._replace(drive=[1.0, 0.0])), "drive must rise, got 0")
    refused(
        lambda: linear_nonlinear_rate([0.0], curve._replace(rate=[1.0])), "rate must have shape .points,."
    )
    refused(
        lambda: linear_nonlinear_rate([0.0], curve._replace(weights=[])), "weights and drive must have one"
    )
    code = spiking_lasso(np.eye(2), [1.0, 0.5], 0.2, steps=200)
    refused(lambda: coefficients_at(code._replace(per_rate=np.inf), 100), "per_rate must be finite, got inf")
    feature = FIRING_FEATURES["rebound spike"]
    refused(lambda: feature_input(feature._replace(points=((5.0, 1.0), (1.0, 1.0)))), "points must be pairs")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weight_rounding": 7}, "weight_rounding must be 0 or 1 or 2, got 7"),
        ({"arrival": 2}, "arrival must be 0 or 1, got 2"),
        ({"trace_decay": None}, "trace_decay must be a whole number, got None"),
        ({"lowest_inhibitory": 0}, "lowest_inhibitory must be -255 or -256, got 0"),
        ({"symmetric": "x"}, "symmetric must be True or False, got 'x'"),
        ({"impulse_random": 0}, "impulse_random must be at least 1, got 0"),
        ({"delay_max": 10**9}, "delay_max must be at most 255, got 1000000000"),
    ],
)
def test_a_convention_of_ones_own_is_checked_whole(change, sentence):
    refused(lambda: spiking_wave(LAVA._replace(**change)), sentence, (ValueError, TypeError))


def spiking_wave(convention):
    from snnlab.loihi import effective_weights

    return effective_weights(np.array([3]), convention=convention)


def test_nonsense_is_not_answered():
    for use in (adaptation, burst_sizes):
        refused(lambda use=use: use([10.0, 5.0, 20.0]), "times must rise, got 5 after 10")
        refused(lambda use=use: use([10.0, 10.0, 20.0]), "times must rise, got 10 after 10")
    assert alpha_psp([1e306, 1e5]).tolist() == [0.0, 0.0]
    together = Spikes([5.0, 5.0, 5.0, 9.0], duration=20)
    assert len(intervals(together)[0]) == 3
    for use in (cv2, lv, lvr):
        assert np.isfinite(use(together)).all()
    assert spike_synchronisation(together, together) == 1.0
    assert spike_synchronisation(together, Spikes([5.0, 9.0], duration=20)) == 1.0


def test_loops_without_end_say_so_after_half_a_second(monkeypatch):
    monkeypatch.setattr("snnlab.work_and_memory._LONGEST", 1.0)
    few = 10**7  # a turn of Python takes more than a tenth of a microsecond on any machine
    for call, sentence in (
        (
            lambda: jitter_predictor(TRAIN, TRAIN, 1.0, 5.0, 20.0, rng=RNG, surrogates=few),
            "surrogates must be",
        ),
        (lambda: estimate_information([0, 1] * 8, [0, 1] * 8, few, rng=RNG), "shuffles must be what fits"),
        (lambda: train(WEIGHTS, SAMPLES, few, progress=False), "epochs must be what fits"),
    ):
        refused(call, sentence)
