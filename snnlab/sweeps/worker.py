"""A process of a sweep on this machine: it is sent a task, then numbers of points, and answers each.

``python -m snnlab.sweeps.worker`` reads pickles from its standard input and writes pickles to its standard
output. What the function prints goes to the standard error, and what it reads is empty. It
ends when nobody writes any more.
"""

import os
import pickle
import signal
from typing import BinaryIO

from snnlab.sweeps.point import Answer, answer_elsewhere, unpacked

__all__ = ["serve"]


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer until nobody asks any more."""
    packed = pickle.load(asked)
    while True:
        try:
            index = pickle.load(asked)
        except EOFError:
            return
        try:
            task = unpacked(packed)
        except Exception as error:  # whatever the pickles of others raise
            said = Answer(None, f"{type(error).__name__}: {error}")
        else:
            said = answer_elsewhere(task, index)
        pickle.dump(said, answers)
        answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    asked, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    with os.fdopen(asked, "rb") as tasks, os.fdopen(answers, "wb") as out:
        serve(tasks, out)
