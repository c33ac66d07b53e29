"""Chapter 23: what is done, the answer that it leads to, and words of the hint that names it."""


def without_threshold(z, psi, beta, rho, beta_a):
    v, found = 0.0, []
    for arrived, slope in zip(z, psi, strict=True):
        found.append(slope * v)
        v = beta * v + arrived
    return found


def same_step(z, psi, beta, rho, beta_a):
    v, b, found = 0.0, 0.0, []
    for arrived, slope in zip(z, psi, strict=True):
        v = beta * v + arrived
        e = slope * (v - beta_a * b)
        b = rho * b + (1 - rho) * e
        found.append(e)
    return found


def adds_one(z, psi, beta, rho, beta_a):
    v, b, found = 0.0, 0.0, []
    for arrived, slope in zip(z, psi, strict=True):
        e = slope * (v - beta_a * b)
        b = rho * b + e
        v = beta * v + arrived
        found.append(e)
    return found


COMMONEST = {
    "23.1": [
        ("the output does not learn", [90, 90], "do not turn"),
        ("after the first and the second", [90, 76], "the first step and the second"),
        ("the error stays 1", [76, 53.1], "the error is no longer 1"),
    ],
    "23.2": [
        ("beta and its square", [0.01, 0.1], "would be without feedback"),
        ("the same for both", [0.00646, 0.00646], "as the square of beta"),
        ("exchanged", [0.0637, 0.00646], "first with one nudge"),
    ],
    "23.3": [
        ("in degrees", [0.153, 2.34, 0.1045], "57.3 degrees to a radian"),
        ("not squared", [22.4, 2.34, 0.1045], "square the first"),
        ("a share of 90 degrees", [501, 2.34, 0.0667], "is the cosine"),
    ],
    "23.4": [
        ("the membrane alone", without_threshold, "knows nothing of the threshold"),
        ("a step too early", same_step, "a step later"),
        ("a spike adds 1", adds_one, "it adds 1 - rho"),
    ],
}
