"""Chapter 27: what is done, the answer that it leads to, and words of the hint that names it."""

COMMONEST = {
    "27.1": [
        ("in weights", [292 / 128, 36 / 128], "is the change of the weight"),
        ("the probability of 92", [292, 92 / 128], "the weight ends at 92"),
        ("both added", [412, 28 / 128], "it takes away"),
    ],
    "27.2": [
        (
            "the post trace at the post spike",
            "dw = 2^-2*x1*y0 - 2^-3*x0*y0",
            "y0 is the postsynaptic spike itself",
        ),
        ("only the star", "dw = 2^-2*x1*y0 - 2^-3*x0*y4", "There are three postsynaptic traces"),
        ("only the y4", "dw = 2^-2*x1y0 - 2^-3*x0*y1", "In the first term a * is missing"),
    ],
    "27.3": [
        ("the last that is seen", 32, "still adds a little more than a half"),
        ("2^-2 forgotten", 47, "The term adds a quarter"),
        ("less than one weight", 27, "adds less than one"),
    ],
    "27.4": [
        ("pre and post exchanged", "dw = 2^-2*x0*y1 - 2^-4*x1*y0", "strengthens where post comes first"),
        ("both signs plus", "dw = 2^-2*x1*y0 + 2^-4*x0*y1", "Post first should take away"),
        ("the factors exchanged", "dw = 2^-4*x1*y0 - 2^-2*x0*y1", "exchanged the two constants"),
    ],
    "27.5": [
        ("a and b exchanged", [5, 3], "exchanged a and b"),
        ("half of the way in a straight line", [3.46, 5.46], "shared half of the way out evenly"),
        ("gain and loss alike", [5, 5], "the trace itself"),
    ],
    "27.6": [
        ("2^-7 taken from the text of the rule", [2000, 60], "two bits too long"),
        ("epochs for steps", [500, 60], "each has four steps"),
        ("the wrong sign", [-500, 240], "this weight grows"),
    ],
}
