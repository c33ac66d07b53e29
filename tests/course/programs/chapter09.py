"""Chapter 9: programs as a page takes them, without NumPy."""


def one_generation_after_the_other(a, j):
    far = [-1] * len(a)
    far[j] = 0
    front, away = [j], 0
    while front:
        away += 1
        heard = [i for i in range(len(a)) if far[i] < 0 and any(a[i][k] > 0 for k in front)]
        for i in heard:
            far[i] = away
        front = heard
    return far


def a_queue(a, j):
    far = {j: 0}
    queue = [j]
    while queue:
        k = queue.pop(0)
        for i, row in enumerate(a):
            if row[k] and i not in far:
                far[i] = far[k] + 1
                queue.append(i)
    return [far.get(i, -1) for i in range(len(a))]


def until_nothing_changes(a, j):
    n, much = len(a), 1000
    far = [0 if i == j else much for i in range(n)]
    for _ in range(n):
        far = [min([far[i]] + [far[k] + 1 for k in range(n) if a[i][k]]) for i in range(n)]
    return [-1 if x >= much else x for x in far]


def rows_for_columns(a, j):
    n, much = len(a), 1000
    far = [0 if i == j else much for i in range(n)]
    for _ in range(n):
        far = [min([far[i]] + [far[k] + 1 for k in range(n) if a[k][i]]) for i in range(n)]
    return [-1 if x >= much else x for x in far]


def neurons_counted(a, j):
    n, much = len(a), 1000
    far = [1 if i == j else much for i in range(n)]
    for _ in range(n):
        far = [min([far[i]] + [far[k] + 1 for k in range(n) if a[i][k]]) for i in range(n)]
    return [-1 if x >= much else x for x in far]


def nothing_for_nobody(a, j):
    n, much = len(a), 1000
    far = [0 if i == j else much for i in range(n)]
    for _ in range(n):
        far = [min([far[i]] + [far[k] + 1 for k in range(n) if a[i][k]]) for i in range(n)]
    return [0 if x >= much else x for x in far]


PROGRAMS = {
    "9.2": (
        [one_generation_after_the_other, a_queue, until_nothing_changes],
        [rows_for_columns, neurons_counted, nothing_for_nobody],
    ),
}
