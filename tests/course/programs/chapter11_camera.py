"""Chapter 11, the event camera: programs as a page takes them, without NumPy."""


def threshold_by_threshold(light, on, off):
    import math

    remembered, counts = math.log(light[0]), [0, 0]
    for i in light:
        while math.log(i) - remembered >= on:
            remembered += on
            counts[0] += 1
        while remembered - math.log(i) >= off:
            remembered -= off
            counts[1] += 1
    return counts


def how_many_fit(light, on, off):
    import math

    remembered, ups, downs = math.log(light[0]), 0, 0
    for i in light[1:]:
        change = math.log(i) - remembered
        if change > 0:
            n = int(change / on)
            ups += n
            remembered += n * on
        else:
            n = int(-change / off)
            downs += n
            remembered -= n * off
    return [ups, downs]


def by_shares(light, on, off):
    import math

    level, ups, downs = light[0], 0, 0
    for i in light[1:]:
        while i >= level * math.exp(on):
            level *= math.exp(on)
            ups += 1
        while i <= level * math.exp(-off):
            level *= math.exp(-off)
            downs += 1
    return (ups, downs)


def no_logarithm(light, on, off):
    remembered, ups, downs = light[0], 0, 0
    for i in light:
        while i >= remembered + on:
            remembered += on
            ups += 1
        while i <= remembered - off:
            remembered -= off
            downs += 1
    return [ups, downs]


def against_the_look_before(light, on, off):
    import math

    ups, downs = 0, 0
    for k in range(1, len(light)):
        change = math.log(light[k]) - math.log(light[k - 1])
        if change >= on:
            ups += 1
        if change <= -off:
            downs += 1
    return [ups, downs]


def one_event_a_look(light, on, off):
    import math

    remembered, ups, downs = math.log(light[0]), 0, 0
    for i in light:
        if math.log(i) >= remembered + on:
            remembered += on
            ups += 1
        if math.log(i) <= remembered - off:
            remembered -= off
            downs += 1
    return [ups, downs]


PROGRAMS = {
    "11.5": (
        [threshold_by_threshold, how_many_fit, by_shares],
        [no_logarithm, against_the_look_before, one_event_a_look],
    ),
}
