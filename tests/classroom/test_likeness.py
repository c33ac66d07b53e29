"""Passages in common: planted copies are found, and pairs that were written apart are not named.

The pairs are the right programs of the course's own exercises, three for each, which were written to differ;
the copies are the same programs with other names, other spaces and comments of one's own.
"""

import functools
import html
import inspect
import itertools
import json
import random
import re

import pytest
from classroom.forms import forms_of, one_of
from classroom.hand_ins import ADA, BO, ZOE, give, moodle, new_class, notebook, pack
from classroom.planted import disguised
from classroom.test_rules import rule
from classroom.toy_class import TOY
from course.programs import chapter02, chapter03, chapter04, chapter09, chapter12, chapter13, chapter19

from snnlab.course import cli
from snnlab.course.classroom.giving_back import standings as module
from snnlab.course.classroom.giving_back.likeness import write_likeness
from snnlab.course.classroom.giving_back.winnowing import LENGTH, WINDOW, alike, fingerprints, tokens_of
from snnlab.course.classroom.handout.notebooks import solution_source
from snnlab.course.classroom.key import make_key, student_variant
from snnlab.course.classroom.reading import find_part, part_names
from snnlab.course.classroom.rules import Rules

CHAPTERS = (chapter02, chapter03, chapter04, chapter09, chapter12, chapter13, chapter19)
WRITTEN = {
    (exercise, program.__name__): inspect.getsource(program)
    for chapter in CHAPTERS
    for exercise, (right, _) in chapter.PROGRAMS.items()
    for program in right
}
LONG = {name: text for name, text in WRITTEN.items() if len(tokens_of(text, True)) >= 60}


def stub_of(text):
    return f"{text.splitlines()[0]} return ..."


def pairs_apart():
    return [
        (first, second)
        for exercise in dict.fromkeys(name[0] for name in WRITTEN)
        for first, second in itertools.combinations([name for name in WRITTEN if name[0] == exercise], 2)
    ]


def test_pairs_that_were_written_apart_are_not_named():
    pairs = pairs_apart()
    assert len(pairs) >= 20
    for first, second in pairs:
        texts = {"ada": WRITTEN[first], "bo": WRITTEN[second]}
        assert alike(texts, True, [stub_of(WRITTEN[first])]) == [], (first, second)


def test_ten_planted_copies_are_found_among_all_and_nobody_else_is():
    """All answer one question here, of 60 tokens and more, and ten have a disguised copy."""
    copied = random.Random(5).sample(sorted(LONG), 10)
    texts = {" ".join(name): text for name, text in WRITTEN.items()}
    texts |= {f"copy of {' '.join(name)}": disguised(WRITTEN[name]) for name in copied}
    given = [stub_of(text) for text in WRITTEN.values()]
    found = {frozenset((one.first, one.second)) for one in alike(texts, True, given)}
    assert found == {frozenset((" ".join(name), f"copy of {' '.join(name)}")) for name in copied}


@functools.cache
def answers_of_a_class():
    """By part, the exercises that a machine marks, each with an answer to all of its forms."""
    found = {}
    for part in part_names():
        found[part] = []
        for exercise in find_part(part).exercises:
            forms = () if exercise.manual else [one_of(part, id) for id in forms_of(exercise)]
            if forms:
                found[part].append((exercise.grade_id, [solution_source(one, one.draw(1)) for one in forms]))
    assert sum(len(texts) for rows in found.values() for _, texts in rows) == 73  # as the page says
    return found


@pytest.mark.parametrize("part", part_names())
def test_of_a_pool_those_are_compared_who_were_given_the_same_question(part, tmp_path):
    """Two answer each form in the definition's way, so that pairs are named, and no pair across forms."""
    class_ = find_part(part)
    key = make_key(class_, 5, [f"s{k}" for k in range(12)])
    files, forms, written = {}, {}, {name: [] for name, _ in answers_of_a_class()[part]}
    for id in key["students"]:
        own = {one.grade_id: student_variant(key, id, one.grade_id) for one in class_.exercises}
        forms[id] = {name: variant.get("_form", 0) for name, variant in own.items()}
        texts = {}
        for name, answers in answers_of_a_class()[part]:
            if written[name].count(forms[id][name]) < 2:
                written[name].append(forms[id][name])
                texts[name] = answers[forms[id][name]]
        files[id] = tmp_path / f"{id}.ipynb"
        cells = [
            {"cell_type": "code", "source": text, "metadata": {"nbgrader": {"grade_id": name}}}
            for name, text in texts.items()
        ]
        files[id].write_text(json.dumps({"cells": cells}), encoding="utf-8")
    said = write_likeness(tmp_path, class_, key, files, Rules())
    page = (tmp_path / "likeness.html").read_text(encoding="utf-8")
    titles = {one.title: one.grade_id for one in class_.exercises}
    named = 0
    for box in page.split("<h2>")[1:]:
        name = titles[html.unescape(box.partition("</h2>")[0])]
        for first, second in re.findall(r"<h3>(\S+) and (\S+): ", box):
            assert forms[first][name] == forms[second][name], (name, first, second)
            named += 1
    assert named and f"{named} pair" in said


def test_ten_planted_copies_are_found_in_the_pools():
    texts = {
        f"{part}, {name}, {form}": text
        for part, rows in answers_of_a_class().items()
        for name, answers in rows
        for form, text in enumerate(answers)
        if len(tokens_of(text, True)) >= 60
    }
    copied = random.Random(7).sample(sorted(texts), 10)
    copies = {f"copy of {name}": disguised(texts[name]) for name in copied}
    found = {frozenset((one.first, one.second)) for one in alike(texts | copies, True)}
    asked_alike = {frozenset(f"part7, adapts, {form}" for form in range(2))}  # so forms are compared apart
    assert found - asked_alike == {frozenset((name, f"copy of {name}")) for name in copied}


def test_passages_stand_as_they_were_written():
    text = LONG[sorted(LONG)[0]]
    (pair,) = alike({"ada": text, "bo": disguised(text)}, True)
    assert pair.share > 0.9 and all(one in text for one, _ in pair.passages)
    assert all(other in disguised(text) and "mine_" in other for _, other in pair.passages)


def test_what_more_than_a_few_have_written_tells_nothing():
    text = LONG[sorted(LONG)[0]]
    assert len(alike({str(k): text for k in range(3)}, True)) == 3
    assert alike({str(k): text for k in range(4)}, True) == []
    assert alike({"ada": text, "bo": text}, True, [text]) == []


def test_words_are_compared_too():
    text = (
        "The threshold rises after each spike and decays slowly, so that later intervals are longer than the "
        "first; a plain neuron would fire at equal intervals, which the recording does not show at all. "
        "After half a second the threshold is back where it was, and so is the next sweep's first interval."
    )
    own = "I would take the model with two time constants because the cell slows down over half a second. "
    texts = {"ada": text, "bo": text.upper().replace(",", ""), "cy": own * 2}
    assert [(one.first, one.second) for one in alike(texts, False)] == [("ada", "bo")]


def test_numbers_in_words_are_one_another():
    text = (
        "The membrane of neuron A leaks with a time constant of 20 ms so that 5 inputs in 3ms reach the "
        "threshold of 15 mV while the same 5 inputs spread over 40 ms do not because after each of 12 ms "
        "half of the 7 mV is lost and nothing is left for the sixth of 9 spikes"
    )
    other = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), text)
    (pair,) = alike({"ada": text, "bo": other}, False)
    (same,) = alike({"ada": text, "bo": text}, False)
    assert pair.share == same.share > 0.9


def test_the_share_is_of_the_shorter_answer_however_often_the_longer_repeats_it():
    """40 of Ada's 150 words are Bo's, who has written them ten times."""
    common = " ".join(f"w{k}" for k in range(40))
    ada, bo = f"{common} {' '.join(f'u{k}' for k in range(110))}", " ".join([common] * 10)
    assert alike({"ada": ada, "bo": bo}, False) == []  # 27 %
    ada = f"{common} {' '.join(f'u{k}' for k in range(10))}"
    (pair,) = alike({"ada": ada, "bo": bo}, False)
    assert (40 - 2 * (WINDOW - 1)) / 50 <= pair.share <= 40 / 50  # at each end some may be passed over


@pytest.mark.parametrize("before", range(7))
def test_what_two_texts_share_of_a_certain_length_is_found(before):
    """The promise of winnowing: wherever it stands in the two."""
    draw = random.Random(before)
    common = [f"c{k}" for k in range(LENGTH + WINDOW - 1)]
    one, other = (
        [draw.choice("abcdefgh") + str(draw.random()) for _ in range(n)] for n in (before, 3 * before)
    )
    first, second = fingerprints([*one, *common, *other]), fingerprints([*other, *common, *one])
    assert first.keys() & second.keys()


@pytest.mark.parametrize("text", ["", "'", '"""', "def", "((((", "\\", "\x00\ud800", "x" * 10_000])
def test_what_is_no_python_has_tokens_all_the_same(text):
    words = [token.word for token in tokens_of(text, True)]
    assert fingerprints(words) == {} and alike({"ada": text, "bo": text}, True) == []


# --- of a class ---


TEXT = " ".join(f"word{k}" for k in range(60))


@pytest.fixture
def class_(tmp_path, monkeypatch):
    """Ada and Bo have one text, with other capitals; Zoë has her own."""
    monkeypatch.setattr(module, "find_part", lambda name: TOY)
    folder = tmp_path / "class"
    key = new_class(folder)
    texts = {ADA: TEXT + " <i>", BO: TEXT.upper(), ZOE: " ".join(f"own{k}" for k in range(60))}
    members = [(moodle(who), notebook(key, who, essay=text)) for who, text in texts.items()]
    assert cli.main(["collect", str(pack(tmp_path / "a.zip", members)), "--class", str(folder)]) == 0
    for who in texts:
        give(folder, key, who.id, 2, 3, 2, 4)
    return folder


def test_the_teacher_sees_pairs_and_passages_and_no_verdict(class_, capsys):
    assert cli.main(["feedback", str(class_)]) == 0
    said = f"1 pair of answers has long passages in common: {class_ / 'likeness.html'} shows them"
    assert said in capsys.readouterr().out
    page = (class_ / "likeness.html").read_text(encoding="utf-8")
    assert re.search(r"<h3>s1 and s2: (9\d|100) % of the shorter answer</h3>", page) and "s3" not in page
    assert "WORD7 WORD8" in page and "word7 word8" in page and "<i>" not in page
    assert not re.search("copied|plagiar|cheat", page, re.IGNORECASE) and "default-src 'none'" in page
    assert "likeness" not in (class_ / "feedback/s1.html").read_text(encoding="utf-8")


def test_who_hands_in_together_is_not_compared(class_, capsys):
    assert cli.main(["feedback", str(class_)]) == 0
    rule(class_, "together: s1 s2")
    assert cli.main(["feedback", str(class_)]) == 0
    assert capsys.readouterr().out.count("in common") == 1 and not (class_ / "likeness.html").exists()
