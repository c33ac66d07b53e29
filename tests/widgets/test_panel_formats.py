"""The format language in Python; `test_javascript_units.py` compares it with the one in JavaScript."""

import pytest
from snnlab_widgets.core.formats import as_code, decimals_of, fill, fixed, names_in

FIXED = [
    (12, 1, "12.0"),
    (-50, 1, "−50.0"),
    (0.125, 2, "0.13"),
    (-0.125, 2, "−0.13"),
    (2.5, 0, "3"),
    (1.005, 2, "1.00"),  # the float is below 1.005
    (-0.04, 1, "0.0"),
    (-0.0, 0, "0"),
    (float("inf"), 1, "∞"),
    (float("-inf"), 1, "−∞"),
    (float("nan"), 1, "–"),
    (1e21, 1, "1e+21"),
    (123456789012345680000, 1, "123456789012345683968.0"),
]


@pytest.mark.parametrize(("value", "decimals", "text"), FIXED)
def test_fixed(value, decimals, text):
    assert fixed(value, decimals) == text


def test_sign_of_a_change():
    assert [fixed(x, 0, plus=True) for x in (17, -3, 0, -0.4)] == ["+17", "−3", "0", "0"]


def test_a_text_is_put_in_as_it_is():
    assert fill("{a}, {n}", {"a": "left {n}", "n": 2}, {"n": 1}) == "left {n}, 2.0"


def test_fill():
    decimals = {"n": 0, "rate": 1}
    template = "{n} {n|spike|spikes}, {rate} Hz ({rate:+.2f}) {{n}}"
    assert fill(template, {"n": 1, "rate": 0.96}, decimals) == "1 spike, 1.0 Hz (+0.96) {n}"
    assert fill(template, {"n": 0, "rate": -2}, decimals) == "0 spikes, −2.0 Hz (−2.00) {n}"
    assert names_in(template) == {"n", "rate"}


@pytest.mark.parametrize("template", ["{", "{n", "n}", "{n:d}", "{n|a}", "{n.x}", "{}"])
def test_a_wrong_field_is_refused(template):
    with pytest.raises(ValueError, match="a field must look like"):
        names_in(template)


def test_code_has_numbers_as_python_reads_them():
    values, decimals = {"a": -52, "b": 0.0001, "n": 3.0, "m": 2.5}, {"a": 1, "b": 4, "n": 0, "m": 0}
    text = as_code("({a}, {b}, {n}, {m}, {{{a}}})", values, decimals)
    assert text == "(-52.0, 0.0001, 3, 2.5, {-52.0})"


def test_decimals():
    assert [decimals_of(x) for x in (1, 10.0, 0.5, 0.002, 25, 1e-7)] == [0, 0, 1, 3, 0, 7]
