"""Exercise 28.1, calculate then verify: a layer that has no room on a core, by how much, and where it has."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.loihi.mapping.chip import SYNAPSE_WORDS, axon_words

__all__ = ["REFUSED"]

_INPUTS, _LAYER, _BITS = 2000, 600, 8
_WORDS = int(axon_words(_LAYER, _BITS))  # 85
_EXCESS = _INPUTS * _WORDS - SYNAPSE_WORDS  # 153 616
_MOST = max(m for m in range(1, _LAYER) if _INPUTS * int(axon_words(m, _BITS)) <= SYNAPSE_WORDS)  # 62
_CORES = -(-_LAYER // _MOST)  # 10

REFUSED = Number(
    id="28.1",
    title="No room on a core",
    statement=(
        "A layer of 600 compartments listens to all of 2000 inputs, with weights of 8 bits and no delays. "
        "Each input is an axon of the core; it keeps its synapses in blocks of at most 64, and a block takes "
        "10 bits beside its weights, in whole words of 64 bits. A core has 16384 words. Put the whole layer "
        "on one core: how many words are too many? And on how many cores, at least, does it have room?"
    ),
    stub="refused = [..., ...]  # words too many on one core; cores",
    variable="refused",
    labels=("Words too many on one core", "Cores"),
    tolerance=0.003,
    solution=np.array([_EXCESS, _CORES], float),
    next_step=(
        f"A core holds at most {_MOST} of these compartments, where there is room for 1024. How many bits "
        "may a weight have if five cores are to do?"
    ),
    mistakes=(
        Mistake(
            "needed, not too many",
            np.array([_INPUTS * _WORDS, _CORES], float),
            "That many words are needed. The core has 16384 of them: how many are too many?",
        ),
        Mistake(
            "header forgotten",
            np.array([_INPUTS * _LAYER * _BITS // 64 - SYNAPSE_WORDS, _CORES], float),
            "These are the weights alone. Each block takes 10 bits more, so 64 weights of 8 bits fill nine "
            "words, not eight.",
        ),
        Mistake(
            "one header an axon",
            np.array([_INPUTS * -(-(_LAYER * _BITS + 10) // 64) - SYNAPSE_WORDS, _CORES], float),
            "You gave each axon one header. It has ten blocks, and each of them has one and is rounded up.",
        ),
        Mistake(
            "divided",
            np.array([_EXCESS, -(-_INPUTS * _WORDS // SYNAPSE_WORDS)], float),
            "The words are right. But the cores are not the words divided: an axon may take eight words on a "
            "core. How many compartments are that, and how often does the layer hold so many?",
        ),
        Mistake(
            "by compartments",
            np.array([_EXCESS, 1], float),
            "The words are right. A core has room for 1024 compartments, but what is short here is memory.",
        ),
        Mistake(
            "of one axon",
            np.array([_WORDS, _CORES], float),
            "These are the words of one input. There are 2000 of them on the core.",
        ),
        Mistake(
            "rounded off",
            np.array([_EXCESS, _LAYER // _MOST]),
            "The words are right. Nine cores hold 9 · 62 compartments, and the layer has 600.",
        ),
        Mistake(
            "fraction of a core",
            np.array([_EXCESS, _LAYER / _MOST]),
            "The words are right. Cores come whole: what does not fill one still takes one.",
        ),
        Mistake(
            "needed, and divided",
            np.array([_INPUTS * _WORDS, -(-_INPUTS * _WORDS // SYNAPSE_WORDS)]),
            "The first is how many words are needed; how many are too many for 16384? And the cores are not "
            "these words divided: an axon may take eight words on a core. How many compartments are that?",
        ),
    ),
)
