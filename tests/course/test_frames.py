"""Plain data between the two sides: what is sent arrives, and nothing else is taken for a reply."""

import io
import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snnlab.course.other_process.frames import (
    MOST_BYTES,
    MOST_TEXT,
    decode,
    encode,
    join,
    read_frame,
    read_reply,
    reply_frame,
    split,
    write_frame,
)
from snnlab.course.other_process.outcome import Outcome
from snnlab.neurons import LIF


@pytest.mark.parametrize(
    "value",
    [
        np.array(2.5),
        np.arange(6, dtype=np.int16).reshape(2, 3),
        np.array([True, False]),
        np.zeros((0, 3)),
        np.array([np.nan, -np.inf]),
        np.arange(4.0)[::2],
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    ],
)
def test_a_reply_arrives_as_plain_floats(value):
    sent = Outcome("numbers", value, "Ä", "β", 5, (0, 2), 4)
    number, got = read_reply(reply_frame(3, sent))
    assert number == 3 and got._replace(value=None) == sent._replace(value=None)
    assert type(got.value) is np.ndarray and got.value.dtype == np.float64
    np.testing.assert_array_equal(got.value, value)


def head(**changed):
    usual = {**Outcome("done")._asdict(), "number": 1, "arrays": []}
    del usual["value"]
    return json.dumps({**usual, **changed}).encode()


def array(described, size):
    return head(kind="numbers", arrays=[described]) + b"\n" + bytes(size)


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\n",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 50_000,
        head(more=1),
        head(number=True),
        head(number=1.0),
        head(number=2**31),
        head(number="1"),
        head(kind="perfect"),
        head(kind=None),
        head(kind="numbers"),
        head(arrays=[["<f8", []]]),
        head(arrays=None),
        head(value=["<f8", []]),
        head(kind="numbers", arrays=[["<f8", [1]]] * 2) + b"\n" + bytes(16),
        head(name=None),
        head(text=7),
        head(changed=None),
        head(changed=[0.5]),
        head(changed=list(range(200))),
        head(text="x" * 200_000),
        array(["<f8", [3]], 16),
        array(["<f8", [1]], 16),
        array(["<f8", [-1]], 0),
        array(["<f8", [1] * 9], 8),
        array(["<f8", [2**40, 2**40]], 0),
        array(["<f8", [1000, 1001]], 8 * 1001000),
        array(["|O", [1]], 8),
        array(["<c8", [1]], 8),
        array(["<f8,<f8", [1]], 16),
        array(["<f1", [1]], 1),
        array(["<f8"], 8),
        array({"<f8": []}, 8),
    ],
    ids=lambda frame: frame[:60].decode(errors="replace"),
)
def test_bytes_that_are_no_reply_are_refused(frame):
    with pytest.raises(ValueError):
        read_reply(frame)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_reply_or_a_value_error(frame):
    with pytest.raises(ValueError):
        read_reply(frame)


def test_words_are_cut():
    _, got = read_reply(reply_frame(1, Outcome("error", name="N" * 500, text="t" * 5000)))
    assert (len(got.name), len(got.text)) == (100, MOST_TEXT)


@pytest.mark.parametrize(
    "value",
    [
        (1, 2.5, "text", None, True, float("inf")),
        [np.arange(3), (np.float32(0.5), [np.array(7)])],
        (LIF(tau_m=7.0), [LIF()]),
        (np.zeros((2, 0)),),
    ],
)
def test_arguments_arrive_as_they_were(value):
    arrays = []
    frame = join({"arguments": encode(value, arrays)}, arrays)
    sent, kept = split(frame)
    got = decode(sent["arguments"], kept)
    assert type(got) is type(value) and repr(got) == repr(value)


@pytest.mark.parametrize(
    "value", [object(), {1}, np.array([object()]), lambda x: x, type("T", (tuple,), {})()]
)
def test_what_is_no_plain_data_is_not_sent(value):
    with pytest.raises(TypeError, match="an argument must be"):
        encode((value,), [])


def test_frames():
    stream = io.BytesIO()
    write_frame(stream, b"abc")
    write_frame(stream, b"d")
    stream.seek(0)
    assert [read_frame(stream) for _ in range(3)] == [b"abc", b"d", None]


@pytest.mark.parametrize("size", [-1, 0, MOST_BYTES + 1, 2**62])
def test_a_frame_that_promises_too_much_is_not_read(size):
    assert read_frame(io.BytesIO(struct.pack("<q", size) + b"x" * 100)) == b""


def test_a_frame_that_is_cut_off_is_the_end():
    assert read_frame(io.BytesIO(struct.pack("<q", 9) + b"x")) is None
