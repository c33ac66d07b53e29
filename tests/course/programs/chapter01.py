"""Chapter 1: programs as a page takes them, without NumPy."""


def a_loop(v, dt, level):
    times = []
    for k in range(1, len(v)):
        if v[k] > level and not v[k - 1] > level:
            times.append(k * dt)
    return times


def neighbours(v, dt, level):
    return [dt * (k + 1) for k, (a, b) in enumerate(zip(v[:-1], v[1:])) if a <= level < b]


def a_state(v, dt, level):
    above, t, found = v[0] > level, 0.0, ()
    for k in range(len(v)):
        t = dt * k
        if v[k] <= level:
            above = False
        elif not above:
            above = True
            found += (t,)
    return found


def every_sample_above(v, dt, level):
    return [k * dt for k in range(len(v)) if v[k] > level]


def index_instead_of_time(v, dt, level):
    return [k for k in range(1, len(v)) if v[k] > level and v[k - 1] <= level]


def sample_before(v, dt, level):
    times = []
    for k in range(len(v) - 1):
        if v[k] <= level and v[k + 1] > level:
            times.append(k * dt)
    return times


PROGRAMS = {
    "1.4": ([a_loop, neighbours, a_state], [every_sample_above, index_instead_of_time, sample_before]),
}
