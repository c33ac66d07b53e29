"""The inner side: a process that is asked for one thing at a time and answers in plain data."""

import os
import signal
import sys
from collections.abc import Callable

import numpy as np

from snnlab.course.other_process.frames import read_frame, reply_frame, split, write_frame
from snnlab.course.other_process.outcome import Outcome

__all__ = ["serve"]


def serve(prepare: Callable[[], Callable[[dict, list[np.ndarray]], Outcome]]) -> None:
    """Answer requests from the standard input until the other side closes it.

    Parameters
    ----------
    prepare
        Is called once, before the first request is read, and gives the function that answers: it gets the
        request's head and arrays.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupting a notebook or the marking must not end this
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what is printed or asked for goes nowhere, also from compiled code
        os.dup2(nowhere, stream)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # open as long as the process lives
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    answer = prepare()
    own, getpid, leave = os.getpid(), os.getpid, os._exit
    write_frame(answers, reply_frame(0, Outcome("ready")))
    while frame := read_frame(requests, 2**31):
        head, arrays = split(frame)
        outcome = answer(head, arrays)
        if getpid() != own:  # the student's code forked: only one of the two may go on
            leave(0)
        write_frame(answers, reply_frame(head["number"], outcome))
