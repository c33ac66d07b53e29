"""Record the GLM neurons that nemos fits: weights at the maximum of a likelihood with a ridge.

    python record_nemos_glm.py

wrote the files nemos_glm_*.npz beside it, with nemos 0.2.9, JAX 0.12.0 and NumPy 2.5 in an environment of its
own. nemos counts in double precision, and its solver ends below 1e-10. Spikes are drawn by NumPy; stimuli are
whole 32nds and filters whole 1024ths, which keeps the files small.

- *nemos_glm_bernoulli_ridge*: one neuron, a stimulus and its own spikes, at most one a bin; logistic.
- *nemos_glm_poisson_ridge*: the same with counts; exponential.
- *nemos_glm_bernoulli_coupled*: a neuron of three, which hears the other two. The columns of spikes are those
  that nemos' ``RaisedCosineLogConv`` makes of the counts, from the first bin on whose window is full.

Keys: `x` (bins, features), without a constant column, `y` (bins,), `family`, `link` (log, logit) and `ridge`,
the `regularizer_strength` that was given to nemos; what it found: `intercept`, `coefficients`, and
`log_likelihood` (with the factorials of counts) and `deviance`, sums over bins; `meta` (JSON) with the seed.
The coupled neuron has also `counts` (bins + window, units), of which it is the unit 0, and the `kernel`
(window, n) of the filter of each unit.
"""

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
WINDOW = 20  # bins


def fitted(nemos, x, y, family, ridge):
    """What nemos finds."""
    model = nemos.glm.GLM(
        observation_model=family,
        regularizer="Ridge",
        regularizer_strength=ridge,
        solver_name="LBFGS",
        solver_kwargs={"tol": 1e-10, "maxiter": 10_000},
    )
    model.fit(x, y)
    expected = model.predict(x)
    assert expected.dtype == np.float64
    return {
        "intercept": float(model.intercept_[0]),
        "coefficients": np.array(model.coef_),
        "log_likelihood": float(model.score(x, y, aggregate_sample_scores=np.sum)),
        "deviance": float(model.observation_model.deviance(y, expected).sum()),
    }


def fired(rng, family, u):
    """Counts of a bin whose potential is `u`."""
    if family == "Poisson":
        return rng.poisson(np.minimum(np.exp(u), 5.0)).astype(float)
    return (rng.random(np.shape(u)) < 1.0 / (1.0 + np.exp(-u))).astype(float)


def bumps(nemos, n):
    """nemos' raised cosines in logarithmic time, shape (WINDOW, n), in whole 1024ths."""
    basis = nemos.basis.RaisedCosineLogConv(n, window_size=WINDOW)
    basis.setup_basis(np.zeros(100))
    basis.kernel_ = np.round(1024.0 * np.asarray(basis.kernel_)) / 1024.0
    return basis


def simulated(rng, family, stimulus, after, own, others, base):
    """Counts (bins, units) of units that hear the stimulus, themselves and each other."""
    bins, units = stimulus.size, others.shape[0]
    w = others + np.diag(np.full(units, own))
    heard, y = np.zeros((bins + WINDOW, units)), np.zeros((bins, units))
    for t in range(bins):
        y[t] = fired(rng, family, base + 0.6 * stimulus[t] + w @ heard[t])
        heard[t + 1 : t + 1 + WINDOW] += after[:, None] * y[t]
    return y


def record(nemos, name, seed, family, ridge, units, bins=2000):
    """One file: simulate, make columns, fit."""
    rng = np.random.default_rng(seed)
    basis = bumps(nemos, 3)
    stimulus = np.round(32.0 * rng.standard_normal(bins)) / 32.0
    others = rng.uniform(-1.0, 1.0, (units, units)) * (1.0 - np.eye(units))
    fade = np.exp(-np.arange(WINDOW) / 5.0)
    counts = simulated(rng, family, stimulus, fade, -1.5, others, -1.8)
    columns = [np.asarray(basis.compute_features(counts[:, unit])) for unit in range(units)]
    x = np.column_stack([stimulus, *columns])[WINDOW:]
    y = counts[WINDOW:, 0]
    assert np.isfinite(x).all()
    more = {"counts": counts, "kernel": np.asarray(basis.kernel_)} if units > 1 else {}
    found = fitted(nemos, x, y, family, ridge)
    file = HERE / f"nemos_glm_{name}.npz"
    np.savez_compressed(
        file, tool=f"nemos {nemos.__version__}", x=x, y=y, family=family.lower(),
        link={"Poisson": "log", "Bernoulli": "logit"}[family], ridge=ridge, **found,
        meta=json.dumps({"seed": seed}), **more,
    )  # fmt: skip
    print(f"{file.name}: {file.stat().st_size} bytes, {y.sum():.0f} spikes, {found}")


def main():
    import jax

    jax.config.update("jax_enable_x64", True)
    import nemos

    record(nemos, "bernoulli_ridge", 1, "Bernoulli", 1e-3, 1)
    record(nemos, "poisson_ridge", 2, "Poisson", 1e-2, 1)
    record(nemos, "bernoulli_coupled", 3, "Bernoulli", 5e-3, 3)


if __name__ == "__main__":
    main()
