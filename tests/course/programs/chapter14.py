"""Chapter 14: programs as a page takes them, without NumPy."""


def by_distance(w, before, h):
    gone = w - before
    if gone < 0:
        gone = -gone
    if gone <= 0.5 + h:
        return before
    best = -1
    for k in [0, 1]:
        if abs(w - k) < abs(w - best):
            best = k
    return best


def by_cases(w, before, h):
    if before == 1:
        stays = w >= 0.5 - h
    elif before == 0:
        stays = -0.5 - h <= w <= 0.5 + h
    else:
        stays = w <= -0.5 + h
    if stays:
        return before
    if w > 0.5:
        return 1
    if w < -0.5:
        return -1
    return 0


def rounded(w, before, h):
    return before if abs(w - before) <= 0.5 + h else round(w)


def nearest(w, before, h):
    return 1 if w > 0.5 else -1 if w < -0.5 else 0


def from_zero(w, before, h):
    if abs(w) <= 0.5 + h:
        return before
    return 1 if w > 0 else -1


def both_borders(w, before, h):
    return 1 if w > 0.5 + h else -1 if w < -0.5 - h else 0


PROGRAMS = {
    "14.4": ([by_distance, by_cases, rounded], [nearest, from_zero, both_borders]),
}
