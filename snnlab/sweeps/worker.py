"""A process of a sweep on this machine: it is sent a task, then numbers of points, and answers each.

``python -m snnlab.sweeps.worker`` reads pickles from its standard input and writes pickles to its standard
output. What the function prints goes to the standard error. It ends when nobody writes any more.
"""

import os
import pickle
import signal
import sys
from typing import BinaryIO

from snnlab.sweeps.point import Answer, answer, unpacked

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
            said = answer(task, index)
        pickle.dump(said, answers)
        answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        serve(sys.stdin.buffer, out)
