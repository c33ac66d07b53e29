"""Chapter 28: what is done, the answer that it leads to, and words of the hint that names it."""


def a_last_delay_of_nothing(length):
    return [62] * (length // 62) + [length % 62]


def the_rest_first(length):
    return [length - 62 * ((length - 1) // 62)] + [62] * ((length - 1) // 62)


def no_rest(length):
    return [62] * (length // 62)


LAMBDA = 0.9 - 0.512
SIGN = 0.9 + 0.1024 - 0.512

COMMONEST = {
    "28.1": [
        ("all words, not those too many", [170_000, 10], "That many words are needed"),
        ("all words over those of a core", [153_616, 11], "the cores are not the words divided"),
        ("the block's 10 bits forgotten", [150_000 - 16384, 10], "These are the weights alone"),
    ],
    "28.2": [
        ("the barrier forgotten", [1.1455, 24.72, 131.3], "At the end of each of the 100 steps"),
        ("in nJ", [1145.5, 24.72, 142.6], "a thousand times too large"),
        ("a share, no per cent", [1.1455, 0.2472, 142.6], "wanted in per cent"),
    ],
    "28.3": [
        ("C by its own road", [20, 70, 160, 4], "sends to C is under way for 70 steps"),
        ("delays counted, not relays", [20, 50, 150, 9], "You counted the pieces of the roads"),
        ("D by its own road", [20, 50, 160, 4], "D hears from B in step 160"),
    ],
    "28.4": [
        ("a last delay of 0", a_last_delay_of_nothing, "gives a second delay of 0"),
        ("the rest first", the_rest_first, "the statement wants the rest at the end"),
        ("the rest forgotten", no_rest, "What is left of the length"),
    ],
    "28.5": [
        ("without competition", [LAMBDA, 0.2048 + LAMBDA], "let each compartment stand alone"),
        ("the neighbour helps", [SIGN, 0.2048 + SIGN - 0.256], "The other compartment takes away"),
        ("spikes per step for coefficients", [0.9 - 0.002 - 0.01, 0.004 + 0.888 + 0.005], "spikes in a step"),
    ],
}
