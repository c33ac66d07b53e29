"""Chapter 14: what is done, the answer that it leads to, and words of the hint that names it."""


def nearest(w, before, h):
    return 1 if w > 0.5 else -1 if w < -0.5 else 0


def from_zero(w, before, h):
    if abs(w) <= 0.5 + h:
        return before
    return 1 if w > 0 else -1


def both_borders(w, before, h):
    return 1 if w > 0.5 + h else -1 if w < -0.5 - h else 0


COMMONEST = {
    "14.1": [
        ("the hard neuron", [0, 0], "the hard neuron"),
        ("γ for ρ", [15.901, 48.158], "taken γ for ρ"),
        ("ρ' left out", [14.301, 114.066], "ρ' is missing"),
    ],
    "14.2": [
        ("from 0 on", [1, 0.875, 0.5], "from a sum of 0 on"),
        ("exactly so many", [0.375, 0.375, 0.125], "add them up"),
        ("the normal distribution, cut at 0", [0.958, 0.718, 0.282], "cut half way"),
    ],
    "14.3": [
        ("not rounded", [36.25, 6.52, -5.98], "is a whole number"),
        ("variances cancel", [6.25, 2.5, -10], "Variances add up"),
        ("without the bias", [36.25, 12.5, -6], "add it"),
    ],
    "14.4": [
        ("rounded", nearest, "do not look at `before`"),
        ("distance from 0", from_zero, "stays for ever"),
        ("both borders outwards", both_borders, "lets go below"),
    ],
}
