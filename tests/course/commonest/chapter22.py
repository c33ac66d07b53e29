"""Chapter 22: what is done, the answer that it leads to, and words of the hint that names it."""

from math import exp

COMMONEST = {
    "22.1": [
        ("spikes, not images", 30, "how many spikes it takes"),
        ("upside down", 0.4, "the fraction of the lead that one image takes away"),
        ("rounded up", 3, "rounded to whole images"),
    ],
    "22.2": [
        ("the slow trace forgotten", [0.01 * exp(-0.25), 0.01 * exp(-1.5)], "left out the slow trace"),
        ("the rate of learning forgotten", [exp(-0.75), exp(-2)], "The learning rate η_post"),
        (
            "the time constants exchanged",
            [0.01 * exp(-9 / 8), 0.01 * exp(-7 / 4)],
            "the two time constants swapped",
        ),
    ],
    "22.3": [
        ("sums for means when naming", [7, 7, 7, 7], "You added up the spikes. There are twice as many"),
        ("sums for means of the new image", [7, 1, 7, 7], "In the vote you added up the spikes"),
        ("the third named after what is left", [7, 1, 1, 1], "named after the 7"),
    ],
}
