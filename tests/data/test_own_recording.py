"""Recordings in the text files that laboratories write: one cell in many forms, and what is ambiguous."""

import re

import numpy as np
import pytest

from snnlab.data import load_recording

T = np.arange(200) * 0.5  # ms
V = np.stack([-65.0 - 5.0 * (T > 20), -65.0 + 0.125 * T], axis=1)  # mV, exact in decimals
I = np.where((T >= 20) & (T < 80), 1.0, 0.0)[:, None] * [-50.0, 100.0]  # pA  # noqa: E741
GIVEN = {"v": "mV", "i": "pA"}


def written(folder, columns, header=(), parts=",", decimal=".", digits=6, name="cell.csv", encoding="utf-8"):
    rows = [
        parts.join(f"{x:.{digits}f}".replace(".", decimal) for x in row) for row in np.column_stack(columns)
    ]
    file = folder / name
    file.write_text("\n".join([*header, *rows]) + "\n", encoding=encoding)
    return file


FORMS = {
    "header with units in brackets": (
        {"columns": (T, V, I), "header": ["time (ms),V1 (mV),V2 (mV),I1 (pA),I2 (pA)"]}, {}),
    "semicolons and decimal commas": (
        {"columns": (T, V, I), "header": ["t [ms];Vm 1 [mV];Vm 2 [mV];I 1 [pA];I 2 [pA]"], "parts": ";",
         "decimal": ","}, {}),
    "tabs, seconds, volts, amperes": (
        {"columns": (T * 1e-3, V * 1e-3, I * 1e-12), "header": ["t_s\tv1_V\tv2_V\ti1_A\ti2_A"], "parts": "\t",
         "digits": 15}, {}),
    "blanks and decimal commas, no header": (
        {"columns": (T, V, I), "parts": "  ", "decimal": ","},
        {"columns": "tvvii", "units": {"t": "ms", "v": "mV", "i": "pA"}}),
    "commas, no header": (
        {"columns": (T, V, I)}, {"columns": "tvvii", "units": {"t": "ms", "v": "mV", "i": "pA"}}),
    "no time": (
        {"columns": (V, I), "header": ["Vm (mV),Vm (mV),Im (pA),Im (pA)"]}, {"dt": 0.5}),
    "comments, a preamble and a line of units": (
        {"columns": (T, V, I), "header": ["# rig 2", "exported on Monday", "Time,Vm1,Vm2,Im1,Im2",
                                          "(ms),(mV),(mV),(nA),(nA)"]}, None),
    "quotes": (
        {"columns": (T, V, I), "header": ['"Time (ms)","Vm1 (mV)","Vm2 (mV)","Im1 (pA)","Im2 (pA)"']}, {}),
    "UTF-16, as a spreadsheet saves it": (
        {"columns": (T, V, I), "header": ["t (ms)\tv (mV)\tv (mV)\ti (pA)\ti (pA)"], "parts": "\t",
         "encoding": "utf-16"}, {}),
    "microvolts in an older encoding": (
        {"columns": (T, V * 1e3, I), "header": ["t (ms);v (µV);v (µV);i (pA);i (pA)"], "parts": ";",
         "encoding": "cp1252"}, {}),
    "the current as heights of the step": (
        {"columns": (T, V), "header": ["t (ms),v (mV),v (mV)"]},
        {"current": [-50, 100], "units": {"i": "pA"}, "step": (20, 80)}),
    "lines of quotes and counts above the header": (
        {"columns": (T, V, I), "parts": "\t",
         "header": ["ATF\t1.0", "6\t5     ", '""', '"Comment="', '"YTop=200,2000"', '"Signals="\t"IN 0"',
                    '"Time (ms)"\t"Trace #1 (mV)"\t"Trace #2 (mV)"\t"Trace #1 (pA)"\t"Trace #2 (pA)"']}, {}),
    "time counted from the first sample on as 1": (
        {"columns": (T + 0.5, V), "header": ["t (ms),v (mV),v (mV)"]},
        {"current": [-50, 100], "units": {"i": "pA"}, "step": (20, 80)}),
    "sweeps called by their currents": (
        {"columns": (T, V, I), "header": ["t_ms,Vm -50pA (mV),Vm 100pA (mV),I -50pA (pA),I 100pA (pA)"]}, {}),
    "a second cell and a monitor": (
        {"columns": (T, V, V - 9, I, I / 9), "header": ["t_ms,A_mV,A_mV,B_mV,B_mV,I_pA,I_pA,mon_pA,mon_pA"]},
        {"columns": "tvv--ii--"}),
    "a column that is not wanted": (
        {"columns": (T, V, T, I), "header": ["t (ms),v (mV),v (mV),Temp,i (pA),i (pA)"]},
        {"columns": "tvv-ii"}),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_one_cell_in_many_forms_is_one_recording(form, tmp_path):
    file, asked = FORMS[form]
    if asked is None:  # nA
        file, asked = {**file, "columns": (T, V, I * 1e-3)}, {}
    cell = load_recording(written(tmp_path, **file), **asked)
    assert cell.dt == pytest.approx(0.5, rel=1e-9, abs=0)
    assert cell.v == pytest.approx(V, rel=1e-9, abs=0)
    assert cell.i == pytest.approx(I * 1e-3, rel=1e-9, abs=1e-15)
    assert cell.step == (20.0, 80.0) and cell.name == "cell"
    assert cell.step_current == pytest.approx([-0.05, 0.1], rel=1e-9, abs=0)


def test_one_current_serves_all_sweeps(tmp_path):
    file = written(tmp_path, (T, V, I[:, 1]), ["t (ms),v (mV),v (mV),i (pA)"])
    assert load_recording(file).i == pytest.approx(np.repeat(I[:, 1:], 2, axis=1) * 1e-3, rel=1e-9, abs=0)


def test_an_array_and_its_current():
    units = {"v": "V", "i": "nA"}
    cell = load_recording(V * 1e-3, 0.5, units, current=I * 1e-3, name="mine")
    assert cell.v == pytest.approx(V, rel=1e-9, abs=0) and cell.name == "mine" and cell.step == (20.0, 80.0)
    one = load_recording(V[:, 1] * 1e-3, 0.5, units, current=I[:, 1] * 1e-3)
    assert one.v.shape == one.i.shape == (200, 1)


def test_a_noisy_step_is_found():
    rng = np.random.default_rng(1)
    noisy = I * 1e-3 + rng.normal(0.0, 0.004, I.shape)
    assert load_recording(V, 0.5, {"v": "mV", "i": "nA"}, current=noisy).step == (20.0, 80.0)


def test_noise_of_a_third_of_the_step_is_no_ramp():
    rng = np.random.default_rng(1)
    noisy = 0.012 * (I[:, 1] > 0) + rng.normal(0.0, 0.004, len(I))
    assert load_recording(V[:, 0], 0.5, {"v": "mV", "i": "nA"}, current=noisy, step=(20, 80)).v.size == len(I)


@pytest.mark.parametrize(
    ("current", "step"), [(0 * T, (20, 80)), (0 * T + 50, (0, 100)), (I[40:, 1], (0, 60))]
)
def test_a_step_may_be_none_or_all_or_begin_at_once(current, step):
    """What is spontaneous, what is held, and what was cut at the step."""
    cell = load_recording(V[: current.size], 0.5, GIVEN, current=current, step=step)
    assert cell.step == step and cell.step_current.tolist() == 2 * [current[0] / 1000]


HEADER = ["t (ms),v (mV),v (mV),i (pA),i (pA)"]


@pytest.mark.parametrize(
    ("file", "asked", "sentence"),
    [
        ({"columns": (T, V, I)}, {}, "columns must be given, since cell.csv has no header that names its 5 "),
        ({"columns": (T, V, I)}, {"columns": "tvi"}, "columns must have a letter of t, v, i or - for each o"),
        ({"columns": (T, V, I), "header": ["t,v,v,i,i"]}, {}, "units must say in what the potential of cell"),
        ({"columns": (T, V, I), "header": ["t,v,v,i,i"]}, {"units": GIVEN}, "units must say in what time of"),
        ({"columns": (T, V, I), "header": HEADER}, {"units": {"v": "V"}}, "must be those of the header of c"),
        ({"columns": (T, V, I), "header": HEADER}, {"units": {"v": "pA"}}, "units['v'] must be one of mV, V"),
        ({"columns": (T, V, I), "header": HEADER}, {"units": {"u": "V"}}, "units must be of t, v and i, got"),
        ({"columns": (V, I), "header": ["v (mV),v (mV),i (pA),i (pA)"]}, {}, "dt must be given in ms, since"),
        ({"columns": (T, V, I), "header": HEADER}, {"dt": 0.1}, "dt must be that of the column of time (0.5"),
        ({"columns": (T, V), "header": ["t (ms),v (mV),v (mV)"]}, {}, "current must be given, since cell.cs"),
        ({"columns": (T, V, I), "header": HEADER}, {"current": [1, 2]}, "current must be left out where cel"),
        ({"columns": (T, V), "header": [HEADER[0][:20]]}, {"current": [-50, 100], "units": {"i": "pA"}},
         "step must be given as (start, stop) in ms where current has one number a sweep"),
        ({"columns": (T, V, 0 * I), "header": HEADER}, {}, "step must be given as (start, stop) in ms, sinc"),
        ({"columns": (T, V, np.roll(I, 30, 0) + I), "header": HEADER}, {}, None),
        ({"columns": (T, V, I, T), "header": [HEADER[0] + ",Temp"]}, {}, "has a column 'Temp', which may be"),
        ({"columns": (T, V, I), "header": [HEADER[0].replace("mV", "V")]}, {}, "is its unit another one?"),
        ({"columns": (T, V * 1e-3, I), "header": HEADER}, {}, "the potential of cell.csv must be of a size "),
        ({"columns": (T, V, I * 1e3), "header": [HEADER[0].replace("pA", "nA")]}, {}, "the current of cell."),
        ({"columns": (np.r_[T[:100], T[:100]], V, I), "header": HEADER}, {}, "time of cell.csv must rise by"),
        ({"columns": (np.r_[T[:100], T[100:] + 50], V, I), "header": HEADER}, {}, "time of cell.csv must ri"),
        ({"columns": (T, np.where(V == V[9, 1], np.nan, V), I), "header": HEADER}, {}, "line 11 of cell.csv"),
        ({"columns": (np.arange(3), np.arange(3)), "digits": 0}, {"columns": "tv"}, "has commas and neither"),
        ({"columns": (T, V, I), "decimal": ",", "header": HEADER}, {}, "has commas and neither points nor a"),
    ],
)  # fmt: skip
def test_what_is_ambiguous_is_refused_with_what_to_write(file, asked, sentence, tmp_path):
    if sentence is None:
        sentence = "since the current leaves its first value 2 times"
        again = np.where((T >= 90) & (T < 95), 1.0, 0.0)[:, None] * [-50.0, 100.0]
        file = {**file, "columns": (T, V, I + again)}
    with pytest.raises(ValueError, match=re.escape(sentence)):
        load_recording(written(tmp_path, **file), **asked)


NANO = [HEADER[0].replace("pA", "nA")]
RAMP, TWICE = np.clip((T - 20) / 60, 0, 1) * (T < 80), np.where(T < 50, 1, -1.2) * I[:, 1] / 100
RAW = {"columns": (T, V, I), "header": HEADER}


@pytest.mark.parametrize(
    ("file", "asked", "sentence"),
    [
        ({"header": ["t_ms,v1_mV,v2_mV,Icmd_pA,Imon_pA"]}, {}, "calls the current both 'Icmd' and 'Imon': a"),
        ({"header": ["t_ms,A_mV,B_mV,i_pA,i_pA"]}, {}, "cell.csv calls the potential both 'A' and 'B'"),
        ({"header": ["t_ms,v_mV,v_mV,Im_mV,Im_mV"]}, {}, "has a column 'Im', which may be anything"),
        ({"header": ["t_ms,v_mV,v_mV,i_pA,stimulus_V"]}, {}, "has a column 'stimulus', which may be anythin"),
        ({"columns": (T, V, RAMP, RAMP), "header": NANO}, {}, "stays as it is, got (50.0, 80.0) ms, whe"),
        ({"columns": (T, V, TWICE, TWICE), "header": NANO}, {}, "where it is from -1200 to 1000 pA"),
        ({}, {"step": (0.5, 1.5)}, "got (0.5, 1.5) ms, where it is from 0 to 0 pA"),
        ({}, {"step": (0.02, 0.08)}, "step must be as long as a sample at least, got (0.02, 0.08) ms"),
        ({"columns": (T - 20, V, I)}, {"step": (0, 60)}, "must begin at 0 then, got -20: columns can say -"),
        ({"columns": (T * 1e-3, V, I)}, {}, "dt of cell.csv must be from 0.001 to 2 ms, as spikes need it,"),
        ({"columns": (T, V, I * 3e-3)}, {}, "must be of a size that a cell can have, got -0.00015 to 0.0003"),
        ({"columns": (T, V, I / 2), "header": NANO}, {}, "of a size that a cell can have, got -25 to 50 nA:"),
        ({"columns": (T, I, V)}, {}, "the potential of cell.csv must have a median from -120 to -20 mV, got"),
        ({"columns": (T, V + 65, I)}, {}, "median from -120 to -20 mV, got 0: is it another column, or was"),
        ({"columns": (T, V / 10, I)}, {}, "is it another column, or was a gain or an offset left in or take"),
    ],
)  # fmt: skip
def test_what_could_be_misread_in_silence_is_refused(file, asked, sentence, tmp_path):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        load_recording(written(tmp_path, **(RAW | file)), **asked)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "must hold a table of numbers, got an empty file"),
        ("nothing\nbut words\n", "must hold a table of numbers, got 'but words' as its last line"),
        ("v (mV);i (pA)\n-65,0;0\n-65,0\n", "line 3 of cell.csv must have 2 fields, got 1"),
        ("v (mV);i (pA)\n-65,0;0\n-65,0;\n", "line 3 of cell.csv must have a number in each field, got ''"),
        ("v (mV);i (pA)\n-65,0;0\n-1.065,0;0\n", "must have points or commas as decimals, got '-1.065,0'"),
        (
            "v (mV);i (pA)\n-65,0;0\n-65,0;1.200\n",
            "line 3 of cell.csv must have points or commas as decimals",
        ),
        (
            'v (mV),i (pA)\n-65.0,0\n-65.0,"1,200"\n',
            "got '1,200' beside '-65.0': leave out what parts the thou",
        ),
        (
            "0,1\n-65.0,-65.0\n-65.0,-65.0\n",
            "line 1 of cell.csv must be a sample or a header in words, got 0,",
        ),
        ("v (mV);i (pA)\n-65,0;0\npause\n-65,0;0\n-65,0;0\n", "line 3 of cell.csv must have 2 fields, got 1"),
        ("-65,0;0\npause\n-65,0;0\n-65,0;0\n", "line 2 of cell.csv must have 2 fields, got 1"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_its_line(text, sentence, tmp_path):
    file = tmp_path / "cell.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(sentence)):
        load_recording(file, 0.1)


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (lambda: load_recording(V.T, 0.5, GIVEN, current=[0, 1]), ValueError, "source must have time first"),
        (
            lambda: load_recording(V, None, GIVEN, current=I),
            ValueError,
            "dt must be given in ms, since source",
        ),
        (
            lambda: load_recording(V, 0.5, current=I),
            ValueError,
            "units must say in what the potential of source",
        ),
        (lambda: load_recording(V, 0.5, GIVEN), ValueError, "current must be given, since source has none"),
        (
            lambda: load_recording(V, 0.5, GIVEN, current=I[:9]),
            ValueError,
            "current must have shape (200,), (200",
        ),
        (
            lambda: load_recording(V, 0.5, GIVEN, current=I, step=(90, 200)),
            ValueError,
            "start and stop must sat",
        ),
        (
            lambda: load_recording(V, 0.5, GIVEN, current=I, step=(1,)),
            ValueError,
            "step must be (start, stop)",
        ),
        (
            lambda: load_recording(V, 0.5, GIVEN, columns="vv"),
            ValueError,
            "columns must be of a file, got 'vv'",
        ),
        (lambda: load_recording(V + np.nan, 0.5, GIVEN, current=I), ValueError, "source must be finite"),
        (lambda: load_recording("no such file.csv"), OSError, "no such file.csv"),
        (lambda: load_recording(V, 5e-4, GIVEN, current=I), ValueError, "dt of source must be from 0.001 to"),
        (lambda: load_recording(V, 10, GIVEN, current=I), ValueError, "2 ms, as spikes need it, got 10: is"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, kind, sentence):
    with pytest.raises(kind, match=re.escape(sentence)):
        call()
