"""A class of three made-up students, what they hand in, and how Moodle and Canvas pack it."""

import json
import zipfile

from classroom.toy_class import RIGHT, filled, handed_out, toy_key

from snnlab.course.classroom.roster import Student, write_roster

__all__ = ["ADA", "BO", "PEOPLE", "ZOE", "canvas", "give", "moodle", "new_class", "notebook", "pack", "page"]

ADA = Student("s1", "Ada Lovelace", "ada@uni.example")
BO = Student("s2", "Bo Ek", "bo@uni.example")
ZOE = Student("s3", "Zoë Müller-Lüdenscheidt", "zoe@uni.example")
PEOPLE = (ADA, BO, ZOE)


def new_class(folder, people=PEOPLE):
    """A class that was handed out, and its key."""
    key = toy_key([person.id for person in people])
    folder.mkdir(parents=True)
    (folder / "key.json").write_text(json.dumps(key), encoding="utf-8")
    write_roster(folder / "roster.csv", list(people))
    return key


def give(folder, key, student, *points, sha="", manual=()):
    """Write the marks of a student, of four exercises that are worth 2, 3, 2 and 4 points."""
    names = ("first", "middle", "last", "essay")
    entries = {
        name: {
            "points": got,
            "of": of,
            "reason": "right",
            "hint": "",
            "by": "machine",
            "needs_eye": got is None,
        }
        for name, got, of in zip(names, points, (2, 3, 2, 4), strict=True)
    }
    mark = {"id": student, "edition": key["edition"], "state": "marked", "sha256": sha, "exercises": entries}
    (folder / "marks").mkdir(exist_ok=True)
    (folder / "marks" / f"{student}.json").write_text(json.dumps(mark), encoding="utf-8")


def notebook(key, person, **answers):
    """The notebook of a student, with everything right but for the answers that are given."""
    return json.dumps(filled(handed_out(key, person.id), {**RIGHT, **answers})).encode("utf-8")


def page(key, person, **answers):
    """The file that the button of a page makes."""
    own = {"snnlab": 1, "part": key["part"], "edition": key["edition"], "student": person.id}
    own |= {"token": key["students"][person.id]["token"], "answers": answers}
    return json.dumps(own).encode("utf-8")


def moodle(person, name="toy.ipynb", folders=True):
    """The name that Moodle gives a file in its zip."""
    return f"{person.name}_{1000 + ord(person.id[-1])}_assignsubmission_file{'/' if folders else '_'}{name}"


def canvas(person, name="toy.ipynb", upload=88001, late=False):
    """The name that Canvas gives it."""
    first, _, last = person.name.partition(" ")
    who = "".join(c for c in f"{last}{first}".lower() if c.isalnum())
    return f"{who}_{'LATE_' if late else ''}{ord(person.id[-1])}_{upload}_{name}"


def pack(file, members, date=(2026, 11, 20, 12, 0, 0)):
    """A zip with these members, each a name and its bytes, or name, bytes and date."""
    with zipfile.ZipFile(file, "w") as zipped:
        for name, data, *then in members:
            zipped.writestr(zipfile.ZipInfo(name, then[0] if then else date), data)
    return file
