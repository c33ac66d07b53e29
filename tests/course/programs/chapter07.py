"""Chapter 7: programs as a page takes them, without NumPy."""


def down_the_order(times, w, m):
    order = sorted(range(len(times)), key=lambda k: times[k])
    return sum(w[k] * m**rank for rank, k in enumerate(order))


def counted_ranks(times, w, m):
    answer = 0
    for k in range(len(times)):
        rank = sum(1 for t in times if t < times[k])
        answer += w[k] * m**rank
    return answer


def sorted_pairs(times, w, m):
    answer, weight = 0.0, 1.0
    for _, own in sorted(zip(times, w)):
        answer += own * weight
        weight *= m
    return answer


def order_for_rank(times, w, m):
    order = sorted(range(len(times)), key=lambda k: times[k])
    return sum(w[k] * m ** order[k] for k in range(len(w)))


def counted_from_one(times, w, m):
    order = sorted(range(len(times)), key=lambda k: times[k])
    return sum(w[k] * m ** (rank + 1) for rank, k in enumerate(order))


def last_is_first(times, w, m):
    order = sorted(range(len(times)), key=lambda k: -times[k])
    return sum(w[k] * m**rank for rank, k in enumerate(order))


PROGRAMS = {
    "7.2": ([down_the_order, counted_ranks, sorted_pairs], [order_for_rank, counted_from_one, last_is_first]),
}
