"""W9 with nemos, which counts in double precision only where JAX is told to."""


def fit(task):
    import jax

    jax.config.update("jax_enable_x64", True)
    import nemos

    x, y = task.given()

    def call(k):
        model = nemos.glm.GLM(
            observation_model="Poisson",
            regularizer="Ridge",
            regularizer_strength=task.ridge(k),
            solver_name="LBFGS",
            solver_kwargs={"tol": 1e-10, "maxiter": 1000},
        )
        model.fit(x, y)
        return {"intercept": float(model.intercept_[0]), "weights": model.coef_.tolist()}

    return call
