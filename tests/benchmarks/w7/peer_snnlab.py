"""W7 with snnlab: 64 signs in a word, XNOR and a count."""

import numpy as np


def given(task):
    """The matrix in words, and the vectors as rows of signs."""
    from snnlab.learning.binary.packed import PackedSigns, unpack_signs

    rows = np.frombuffer(task.bits(task.words()), "<u8").reshape(task.N, -1)
    vectors = np.frombuffer(task.bits(task.vectors()), "<u8").reshape(len(task.vectors()), -1)
    packed = PackedSigns(vectors.astype(np.uint64), task.N)
    return PackedSigns(rows.astype(np.uint64), task.N), packed, unpack_signs(packed)


def packed(task):
    """With activations that come as bits, as from a layer of one bit."""
    from snnlab.learning.binary.packed import PackedSigns, packed_product

    w, vectors, _ = given(task)
    x = [PackedSigns(row[None], task.N) for row in vectors.words]

    def call(k):
        product = packed_product(x[k % len(x)], w)[0]
        return task.seen(product) if k == 0 else {}

    return call


def from_floats(task):
    """With activations that come as floats and are packed first."""
    from snnlab.learning.binary.packed import pack_signs, packed_product

    w, _, signs = given(task)

    def call(k):
        product = packed_product(pack_signs(signs[k % len(signs)][None]), w)[0]
        return task.seen(product) if k == 0 else {}

    return call
