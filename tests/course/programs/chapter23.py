"""Chapter 23: programs as a page takes them, without NumPy."""


def step_by_step(z, psi, beta, rho, beta_a):
    by_v, by_b, found = 0.0, 0.0, []
    for t in range(len(z)):
        e = psi[t] * (by_v - beta_a * by_b)
        found.append(e)
        by_v = beta * by_v + z[t]
        by_b = rho * by_b + (1 - rho) * e
    return found


def lists_of_traces(z, psi, beta, rho, beta_a):
    steps = len(z)
    of_v = [sum([beta ** (t - 1 - k) * z[k] for k in range(t)]) for t in range(steps)]
    e = []
    for t in range(steps):
        of_b = (1 - rho) * sum([rho ** (t - 1 - k) * e[k] for k in range(t)])
        e.append(psi[t] * (of_v[t] - beta_a * of_b))
    return e


def folded_together(z, psi, beta, rho, beta_a):
    fast, slow, found = 0.0, 0.0, []
    for arrived, slope in zip(z, psi):
        found.append(slope * (fast - slow))
        slow = rho * slow + beta_a * (1 - rho) * found[-1]
        fast = beta * fast + arrived
    return found


def without_threshold(z, psi, beta, rho, beta_a):
    v, found = 0.0, []
    for t in range(len(z)):
        found.append(psi[t] * v)
        v = beta * v + z[t]
    return found


def same_step(z, psi, beta, rho, beta_a):
    v, b, found = 0.0, 0.0, []
    for t in range(len(z)):
        v = beta * v + z[t]
        e = psi[t] * (v - beta_a * b)
        b = rho * b + (1 - rho) * e
        found.append(e)
    return found


def adds_one(z, psi, beta, rho, beta_a):
    v, b, found = 0.0, 0.0, []
    for t in range(len(z)):
        e = psi[t] * (v - beta_a * b)
        b = rho * b + e
        v = beta * v + z[t]
        found.append(e)
    return found


PROGRAMS = {
    "23.4": (
        [step_by_step, lists_of_traces, folded_together],
        [without_threshold, same_step, adds_one],
    ),
}
