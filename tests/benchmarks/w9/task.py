"""W9: a GLM neuron is fitted. Read by every worker, whatever its Python.

100,000 bins, 30 columns of random numbers, Poisson counts, a ridge. Weights are right if they are at the
maximum: there the slope of the log-likelihood of a bin is that of the penalty, to 1e-7.
"""

BINS, COLUMNS, RIDGE = 100_000, 30, 1e-3


def given():
    """The design matrix and the counts, the same everywhere."""
    import numpy as np

    chance = np.random.default_rng(9)
    x = chance.normal(size=(BINS, COLUMNS))
    w = chance.normal(0.0, 0.15, COLUMNS)
    return x, chance.poisson(np.exp(-2.0 + x @ w)).astype(float)


def ridge(k):
    """The ridge of the k-th call: all but the last digits are the same."""
    return RIDGE * (1.0 + 1e-9 * (k % 7))


def wrong(answer):
    """What is wrong with a fit; empty if nothing is."""
    import numpy as np

    x, y = given()
    w = np.array(answer["weights"])
    if w.shape != (COLUMNS,):
        return f"{w.size} weights, not {COLUMNS}"
    surprise = y - np.exp(answer["intercept"] + x @ w)
    slopes = np.append(surprise @ x / BINS - RIDGE * w, surprise.mean())
    steepest = float(np.abs(slopes).max())
    return "" if steepest < 1e-7 else f"a slope of {steepest:.1e} is left, the maximum is elsewhere"
