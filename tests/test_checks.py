"""The rules that parameters declare: every field keeps its own, and a failure names field, rule and value."""

from typing import get_type_hints

import numpy as np
import pytest

from snnlab.checks import AtLeastOne, NonNegative, Positive, exact_steps
from snnlab.coding.codes.sound import Cochlea, check_cochlea
from snnlab.learning.competition.pattern_detection import Detector, check_detector
from snnlab.learning.competition.synaptic_competition import Competition, check_competition
from snnlab.learning.competition.winner_take_all import ClusterNet, check_cluster_net
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.gradients.surrogate_network import (
    CurrentLIF,
    Penalty,
    Surrogate,
    check_current_lif,
    check_penalty,
    check_surrogate,
)
from snnlab.learning.rules.reward_stdp import RewardSTDP, check_reward_stdp
from snnlab.learning.rules.stdp_parameters import STDP, check_stdp
from snnlab.learning.rules.triplet import Triplet, check_triplet
from snnlab.learning.teaching.distal_reward import DistalReward, check_distal_reward
from snnlab.learning.teaching.teacher_forced import TeacherForced, check_teacher_forced
from snnlab.neurons.models.adaptive_lif import AdaptiveLIF, check_adaptive_lif
from snnlab.neurons.models.adex import AdEx, check_adex
from snnlab.neurons.models.escape import EscapeLIF, check_escape_lif
from snnlab.neurons.models.hodgkin_huxley import HodgkinHuxley, check_hodgkin_huxley
from snnlab.neurons.models.izhikevich import Izhikevich, check_izhikevich
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.neurons.models.quadratic import QIF, check_qif
from snnlab.neurons.models.srm_parameters import SRM, check_srm

CHECKS = {
    LIF: check_lif, SRM: check_srm, HodgkinHuxley: check_hodgkin_huxley, Izhikevich: check_izhikevich,
    AdEx: check_adex, EscapeLIF: check_escape_lif, AdaptiveLIF: check_adaptive_lif, QIF: check_qif,
    ClusterNet: check_cluster_net, Competition: check_competition, CurrentLIF: check_current_lif,
    Surrogate: check_surrogate, Penalty: check_penalty, Triplet: check_triplet, Adam: check_adam,
    STDP: check_stdp, Detector: check_detector, TeacherForced: check_teacher_forced,
    RewardSTDP: check_reward_stdp, DistalReward: check_distal_reward, Cochlea: check_cochlea,
}  # fmt: skip
"""Each kind of parameters and its check."""

REFUSED = {
    Positive: ("positive and finite", (0, -1, np.inf)),
    NonNegative: ("zero or positive, and finite", (-1, np.nan)),
    AtLeastOne: ("at least 1", (0,)),
    float: ("finite", (np.nan, -np.inf)),
    int: ("at least 0", (-1,)),
}


@pytest.mark.parametrize("kind", CHECKS, ids=lambda kind: kind.__name__)
def test_each_field_keeps_the_rule_that_it_declares(kind):
    check, given = CHECKS[kind], kind()
    assert check(given) == given and type(check(given)) is kind
    for field, hint in get_type_hints(kind, include_extras=True).items():
        rule, values = REFUSED.get(hint, ("", ()))
        for value in values:
            with pytest.raises(ValueError, match=f"^{field.rstrip('_')} must be {rule}, got {value:g}$"):
                check(given._replace(**{field: value}))
        if values:
            with pytest.raises(TypeError, match=f"^{field.rstrip('_')} must be a (whole )?number, got "):
                check(given._replace(**{field: "1"}))
        if hint is bool:
            with pytest.raises(TypeError, match=f"^{field} must be True or False, got 1$"):
                check(given._replace(**{field: 1}))


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        (LIF(v_reset=-40), "v_reset must be below v_th (-50 mV), got -40"),
        (SRM(v_rest=-40), "v_rest must be below v_th (-50 mV), got -40"),
        (SRM(v_reset=-50), "v_reset must be below v_th (-50 mV), got -50"),
        (Izhikevich(c=40), "c must be below v_peak (30 mV), got 40"),
        (AdEx(v_peak=-60), "v_peak must be above v_th (-50.4 mV), got -60"),
        (AdEx(v_reset=20), "v_peak must be above v_reset (20 mV), got 20"),
        (AdEx(delta_th=0.1), "v_peak must be at most 600 times delta_th above v_th (9.6 mV), got 20"),
        (EscapeLIF(v_reset=-40), "v_reset must be below v_th (-50 mV), got -40"),
        (AdaptiveLIF(v_reset=-47), "v_reset must be below v_th + beta (-48 mV), got -47"),
        (ClusterNet(v_rest=-52), "v_rest must be below v_th (-52 mV), got -52"),
        (ClusterNet(partner_rest=-40),
         "partner_rest and partner_reset must be below partner_th (-40 mV), got -40 and -45"),
        (Competition(v_reset=-54), "v_reset must be below v_th (-54 mV), got -54"),
        (CurrentLIF(tau_out=0), "tau_out must be positive and finite, got 0"),
        (Adam(beta_1=1), "beta_1 must be below 1, got 1"),
        (Adam(beta_2=2), "beta_2 must be between 0 and 1, got 2"),
        (Detector(tau_s=10), "tau_s must be below tau_m (10 ms), got 10"),
        (TeacherForced(v_reset=8), "v_reset must be below v_th (8 mV), got 8"),
        (RewardSTDP(pairs=STDP(mu_plus=1)), "pairs must be additive (mu 0), got 1 and 0"),
        (DistalReward(soonest=4000), "latest must not be before soonest (4000 ms), got 3000"),
        (Cochlea(highest=50), "highest must be above lowest (100 Hz), got 50"),
    ],
)  # fmt: skip
def test_relations_between_fields(parameters, sentence):
    with pytest.raises(ValueError) as refused:
        CHECKS[type(parameters)](parameters)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (check_lif, "neuron must be a LIF, got float"),
        (check_srm, "neuron must be an SRM, got float"),
        (check_adex, "neuron must be an AdEx, got float"),
        (check_stdp, "rule must be an STDP, got float"),
        (check_surrogate, "surrogate must be a Surrogate, got float"),
        (check_cluster_net, "net must be a ClusterNet, got float"),
    ],
)
def test_other_things_are_no_parameters(check, sentence):
    with pytest.raises(TypeError) as refused:
        check(1.0)
    assert str(refused.value) == sentence


def test_a_duration_is_a_whole_number_of_steps():
    assert exact_steps("cue", 60.0, 6.0) == 10
    assert exact_steps("cue", 0.3, 0.1) == 3  # 0.3 is no exact multiple of 0.1
    for duration, dt in ((60.0, 7.0), (0.2, 1.0)):
        with pytest.raises(ValueError) as refused:
            exact_steps("cue", duration, dt)
        assert str(refused.value) == f"cue must be a whole number of steps of {dt:g} ms, got {duration:g}"
    with pytest.raises(ValueError, match="dt must be positive and finite, got 0"):
        exact_steps("cue", 1.0, 0.0)
