"""W7 with NumPy: the product of its BLAS, in single precision, and its own count of bits."""

import numpy as np


def signs(numbers, task):
    """Rows of +1 and -1, in single precision."""
    each = np.frombuffer(task.bits(numbers), np.uint8).reshape(len(numbers), -1)
    return np.unpackbits(each, axis=1, bitorder="little").astype(np.float32) * 2 - 1


def blas(task):
    w, x = signs(task.words(), task), signs(task.vectors(), task)

    def call(k):
        product = w @ x[k % len(x)]
        return task.seen(product) if k == 0 else {}

    return call


def count(task):
    rows, vectors = (
        np.frombuffer(task.bits(numbers), np.uint64).reshape(len(numbers), -1)
        for numbers in (task.words(), task.vectors())
    )

    def call(k):
        differ = np.bitwise_count(rows ^ vectors[k % len(vectors)]).sum(axis=1, dtype=np.int64)
        product = task.N - 2 * differ
        return task.seen(product) if k == 0 else {}

    return call
