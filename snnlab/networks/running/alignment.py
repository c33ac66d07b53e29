"""Arrays that begin where a line of the cache does.

A processor reads memory in lines of 64 bytes, and a vectorised loop reads 32 or 64 bytes at a time. In an
array that begins at an odd place every second of these reads lies across two lines and takes twice as long.
"""

import numpy as np

__all__ = ["aligned"]

LINE = 64  # bytes


def aligned(array: np.ndarray) -> np.ndarray:
    """A copy of `array` that begins with a line."""
    room = np.empty(array.nbytes + LINE, np.uint8)
    begin = -room.ctypes.data % LINE
    copy = room[begin : begin + array.nbytes].view(array.dtype).reshape(array.shape)
    copy[...] = array
    return copy
