"""Chapter 28: programs as a page takes them, without NumPy."""


def as_long_as_it_is_too_long(length):
    delays = []
    while length > 62:
        delays.append(62)
        length -= 62
    delays.append(length)
    return delays


def by_division(length):
    relays = (length - 1) // 62
    return [62] * relays + [length - 62 * relays]


def by_itself(length):
    return [length] if length <= 62 else [62] + by_itself(length - 62)


def a_last_delay_of_nothing(length):
    return [62] * (length // 62) + [length % 62]


def the_rest_first(length):
    relays = (length - 1) // 62
    return [length - 62 * relays] + [62] * relays


def no_rest(length):
    return [62] * (length // 62)


PROGRAMS = {
    "28.4": (
        [as_long_as_it_is_too_long, by_division, by_itself],
        [a_last_delay_of_nothing, the_rest_first, no_rest],
    ),
}
