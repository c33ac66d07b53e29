"""A piece of data to analyse: how many of an own set of digits lie nearest to the mean of their class."""

import functools

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, Table
from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.data import load_digits

UNITS = {"first": "counted from 0", "how_many": "images"}


def count_right(first, how_many):
    """Name each image after the class whose mean is nearest."""
    digits = load_digits()
    learnt = digits.x_train.reshape(len(digits.x_train), -1).astype(float)
    means = np.array([learnt[digits.y_train == label].mean(axis=0) for label in range(10)])
    images = digits.x_test[first : first + how_many].reshape(how_many, -1).astype(float)
    distances = ((images[:, None] - means) ** 2).sum(axis=2)
    return int((distances.argmin(axis=1) == digits.y_test[first : first + how_many]).sum())


@functools.cache
def _named(how):
    """Whether each of the test images is named rightly, in one of several ways."""
    digits = load_digits()
    x_train = digits.x_train.reshape(len(digits.x_train), -1).astype(float)
    x_test = digits.x_test.reshape(len(digits.x_test), -1).astype(float)
    learnt, labels = (x_test, digits.y_test) if how == "own means" else (x_train, digits.y_train)
    means = np.array([learnt[labels == label].mean(axis=0) for label in range(10)])
    if how == "overlap":
        names = (x_test @ means.T).argmax(axis=1)
    elif how == "one image":
        names = ((x_test[:, None] - x_train[:10]) ** 2).sum(axis=2).argmin(axis=1)
        names = digits.y_train[:10][names]
    else:
        names = ((x_test[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    return names == digits.y_test


def _parameters(rng):
    return {"first": int(rng.integers(0, 300)), "how_many": 150 + 10 * int(rng.integers(0, 6))}


def _build(variant):
    first, how_many = variant["first"], variant["how_many"]
    mine = slice(first, first + how_many)
    right = int(_named("nearest")[mine].sum())
    return Number(
        id="5.4",
        title=EXERCISE.title,
        statement=(
            "`load_digits()` has small images of digits with their labels: `x_train` and `y_train` to learn "
            "from, `x_test` and `y_test` for a test. The pixels are unsigned bytes: make them floats before "
            f"you subtract. Take {how_many} images of the test, from number {first} on, counted from 0: "
            f"`x_test[{first}:{first + how_many}]`. Name each after the digit whose mean image, over all "
            "images to learn from, is nearest to it, by the sum of the squared differences of the pixels. "
            "How many are named rightly?"
        ),
        stub="sorted_out = ...  # images",
        variable=EXERCISE.variable,
        tolerance=1e-6,
        solution=right,
        next_step=(
            "Ten means, no spike, no learning. What would a network of chapter 22 have to reach to be worth "
            "the trouble?"
        ),
        mistakes=(
            Mistake(
                "wrong ones",
                how_many - right,
                "{answer} are named wrongly. How many are right was the question.",
            ),
            Mistake(
                "share",
                right / how_many,
                "{answer} is the share of your images. Their number is wanted.",
            ),
            Mistake(
                "whole test",
                int(_named("nearest").sum()),
                "{answer} is for the whole test. Keep your own images only, labels as well.",
            ),
            Mistake(
                "overlap",
                int(_named("overlap")[mine].sum()),
                "{answer} are right if the largest overlap decides. A bright mean overlaps with "
                "everything: take the smallest squared distance.",
            ),
            Mistake(
                "means of the test",
                int(_named("own means")[mine].sum()),
                "{answer} are right if the means come from the test itself. Whoever is tested must "
                "not have seen the answers: take x_train and y_train.",
            ),
            Mistake(
                "one image each",
                int(_named("one image")[mine].sum()),
                "{answer} are right if each digit is stood for by one image. Take the mean over all of them.",
            ),
        ),
    )


def _table(variant):
    """How far each image of the test lies from each mean: what is left is to name and to count."""
    digits = load_digits()
    learnt = digits.x_train.reshape(len(digits.x_train), -1).astype(float)
    means = np.array([learnt[digits.y_train == label].mean(axis=0) for label in range(10)])
    images = digits.x_test.reshape(len(digits.x_test), -1).astype(float)
    far = np.round(((images[:, None] - means) ** 2).sum(axis=2)).astype(int)
    rows = [
        (k, int(label), *map(int, each))
        for k, (label, each) in enumerate(zip(digits.y_test, far, strict=True))
    ]
    columns = ("image", "label", *(f"distance to the mean {label}" for label in range(10)))
    return Table("The squared distances of all images of the test", columns, rows)


EXERCISE = ClassExercise(
    grade_id="piles",
    title="Sorted by nobody",
    chapter=22,
    points=3,
    variable="sorted_out",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=count_right,
    table=_table,
)
