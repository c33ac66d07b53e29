"""Arrays that begin where a line of the cache does.

A processor reads memory in lines of 64 bytes, and a vectorised loop reads 32 or 64 bytes at a time. In an
array that begins at an odd place every second of these reads lies across two lines and takes twice as long.
"""

import numpy as np
from numpy.typing import DTypeLike

__all__ = ["aligned"]

LINE = 64  # bytes


def aligned(array: np.ndarray, dtype: DTypeLike | None = None) -> np.ndarray:
    """A copy of `array` that begins with a line, of the same type unless another `dtype` is wanted."""
    dtype = array.dtype if dtype is None else np.dtype(dtype)
    size = array.size * dtype.itemsize
    room = np.empty(size + LINE, np.uint8)
    begin = -room.ctypes.data % LINE
    copy = room[begin : begin + size].view(dtype).reshape(array.shape)
    copy[...] = array
    return copy
