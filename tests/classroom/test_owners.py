"""Whose a file is: no student takes another's place, neither by a file's name nor by a name of their own.

Mallory is a student of the class, who uploads from an account of her own and may call herself and her files
whatever she likes. Only where it is said she has seen Ada's token.
"""

import json
import random
import re

import pytest
from classroom.hand_ins import ADA, BO, canvas, moodle, new_class, notebook, pack

from snnlab.course import cli
from snnlab.course.classroom.intake.accounts import accounts_of
from snnlab.course.classroom.intake.downloads import Origin, origin, title_of
from snnlab.course.classroom.intake.owners import owners_of
from snnlab.course.classroom.intake.pieces import CHOSEN, SIGNED, Claim, Owner, Piece
from snnlab.course.classroom.intake.replies import replies
from snnlab.course.classroom.names import Directory
from snnlab.course.classroom.roster import Student

MALLORY = Student("s4", "Mallory Mal", "mal@uni.example")
LATER = (2026, 11, 28, 12, 0, 0)


@pytest.fixture
def class_(tmp_path):
    folder = tmp_path / "class"
    return folder, new_class(folder, [ADA, BO, MALLORY])


def bare(key, who, **answers):
    """A notebook that has lost what it said of itself, as some editors save it."""
    return json.dumps({**json.loads(notebook(key, who, **answers)), "metadata": {}}).encode("utf-8")


def collect(folder, *members):
    name = f"{len(list(folder.parent.glob('*.zip')))}.zip"
    source = pack(folder.parent / name, members)
    assert cli.main(["collect", str(source), "--class", str(folder)]) == 0


def counts(folder, who):
    own = folder / "submitted" / who.id
    return next((file.read_bytes() for file in own.glob("*") if file.is_file()), None)


def as_ada(number=6666, name="toy.ipynb"):
    """From Mallory's account, when she calls herself Ada Lovelace."""
    return f"{ADA.name}_{number}_assignsubmission_file/{name}"


HERS = "first = 666"


@pytest.mark.parametrize(
    "name",
    [
        as_ada(),
        as_ada().replace("file/", "file_"),
        f"{ADA.id} {MALLORY.name}_6666_assignsubmission_file/toy.ipynb",
        "lovelaceada_6666_99999_toy.ipynb",
        "Lovelace_Ada_mal_6666/toy.ipynb",
        "by-mail/toy-s1.ipynb",
        "by-mail/Ada Lovelace.ipynb",
    ],
    ids=["moodle", "moodle, flat", "id in the name", "canvas", "ilias", "id of the file", "name of the file"],
)
@pytest.mark.parametrize("order", ["together", "after", "before"])
def test_no_file_without_a_token_takes_the_place_of_one_with_it(class_, name, order, capsys):
    folder, key = class_
    ada = (canvas(ADA) if name.startswith("lovelaceada") else moodle(ADA), notebook(key, ADA))
    mallory = (name, bare(key, MALLORY, first=HERS), LATER)
    for members in {"together": [[ada, mallory]], "after": [[ada], [mallory]], "before": [[mallory], [ada]]}[
        order
    ]:
        collect(folder, *members)
    assert counts(folder, ADA) == notebook(key, ADA)
    out = capsys.readouterr().out
    assert (
        "goes by the name of s1" in out
        or "has not their token, may be newer and is not taken" in out
        or (order == "before" and "is taken, the only one with their token" in out)
    )


def test_a_name_that_a_student_gave_a_file_counts_less_than_the_folder_in_which_it_lies(class_):
    """In the teacher's mail folder of her own she calls her file as Moodle or Canvas would call Ada's."""
    folder, key = class_
    mine = bare(key, MALLORY)
    for name in ("Ada Lovelace_7_assignsubmission_file_toy.ipynb", "lovelaceada_7_99999_toy.ipynb"):
        collect(folder, (f"by-mail/s4/{name}", mine))
        assert counts(folder, ADA) is None and counts(folder, MALLORY) == mine


@pytest.mark.parametrize(
    "before",
    [
        "Mallory Mal_6666_assignsubmission_file_",
        "malmallory_6666_88001_",
        "T_s4_attempt_2026-11-20-10-00-00_",
    ],
)
@pytest.mark.parametrize(
    "after",
    [
        "Ada Lovelace_7_assignsubmission_file_toy.ipynb",
        "lovelaceada_7_99999_toy.ipynb",
        "T_s1_attempt_2027-01-01-10-00-00_toy.ipynb",
    ],
)
def test_what_the_lms_puts_first_is_the_lms_s(class_, before, after):
    folder, key = class_
    collect(folder, (before + after, bare(key, MALLORY)))
    assert counts(folder, ADA) is None and counts(folder, MALLORY) is not None


def test_folders_that_name_two_are_nobody_s(class_, capsys):
    """A zip that Mallory has sent by mail and that was unpacked in her folder."""
    folder, key = class_
    collect(folder, ("by-mail/s4/Ada Lovelace/toy.ipynb", bare(key, MALLORY)))
    assert counts(folder, ADA) is None and counts(folder, MALLORY) is None
    assert "may be of s1 or s4" in capsys.readouterr().out


def test_two_accounts_of_one_name_without_a_token_are_both_set_aside(class_, capsys):
    """Ada's notebook has lost its token too: nothing tells which of the two accounts is hers."""
    folder, key = class_
    collect(folder, (moodle(ADA), bare(key, ADA)), (as_ada(), bare(key, MALLORY, first=HERS), LATER))
    assert counts(folder, ADA) is None
    out = capsys.readouterr().out
    assert out.count("2 accounts go by the name of s1 (moodle 1049, moodle 6666)") == 2
    kept = re.search(r"  (.*_1049_.*): ", out)[1]
    assert cli.main(["collect", "--class", str(folder), "--take", "s1", kept]) == 0
    assert counts(folder, ADA) == bare(key, ADA)


def test_who_was_there_first_stays(class_):
    folder, key = class_
    collect(folder, (moodle(ADA), bare(key, ADA)))
    collect(folder, (as_ada(), bare(key, MALLORY, first=HERS), LATER))
    assert counts(folder, ADA) == bare(key, ADA)
    collect(folder, (moodle(ADA), bare(key, ADA, first="first = 2"), LATER))
    assert counts(folder, ADA) == bare(key, ADA, first="first = 2")


def test_an_account_is_known_again_by_its_number(class_, capsys):
    """Bo's token has come from it once. Later it hides its name, and then sends what cannot be read."""
    folder, key = class_
    number = ord(BO.id[-1]) + 1000
    collect(folder, (moodle(BO), notebook(key, BO)))
    later = bare(key, BO, first="first = 9")
    collect(folder, (f"Participant_{number}_assignsubmission_file_/toy.ipynb", later, LATER))
    assert counts(folder, BO) == notebook(key, BO)
    out = capsys.readouterr().out
    words = re.search(r'has not their token, may be newer and is not taken: (--take s2) "(.*)" takes it', out)
    assert cli.main(["collect", "--class", str(folder), *words[1].split(), words[2]]) == 0
    assert counts(folder, BO) == later


def test_an_account_that_hides_its_name_cannot_hand_in_for_two(class_, capsys):
    folder, key = class_
    files = [
        (f"Participant_7_assignsubmission_file_/{k}.ipynb", notebook(key, who))
        for k, who in enumerate((ADA, BO))
    ]
    collect(folder, *files, ("Participant_8_assignsubmission_file_/x.ipynb", notebook(key, MALLORY)))
    assert [counts(folder, who) is None for who in (ADA, BO, MALLORY)] == [True, True, False]
    assert capsys.readouterr().out.count("from one account (moodle 7) with the tokens of s1 and s2") == 2


def test_a_file_that_went_by_a_name_gives_way_when_the_account_of_that_name_is_known(class_, capsys):
    """Ada had handed in nothing, so that nobody could tell; then her own file comes."""
    folder, key = class_
    collect(folder, (as_ada(), bare(key, MALLORY, first=HERS)))
    assert counts(folder, ADA) == bare(key, MALLORY, first=HERS)
    collect(folder, (moodle(ADA), notebook(key, ADA), (2026, 11, 1, 12, 0, 0)))
    assert counts(folder, ADA) == notebook(key, ADA) and len(list((folder / "unmatched").iterdir())) == 1
    assert (
        "s1: toy.ipynb does not count for them any more: it goes by the name of s1" in capsys.readouterr().out
    )


def test_two_names_of_files_are_no_better_than_each_other(class_, capsys):
    folder, key = class_
    collect(folder, ("pile/toy-s1.ipynb", bare(key, ADA)), ("pile/s1.ipynb", bare(key, MALLORY, first=HERS)))
    assert counts(folder, ADA) is None
    assert capsys.readouterr().out.count("2 files go by the name of s1, and it carries no token") == 2


def test_the_roster_tells_whose_number_it_is(tmp_path):
    """Moodle's grading worksheet has the numbers, so no name decides."""
    numbered = [ADA._replace(login="Participant 7"), MALLORY._replace(login="Participant 8")]
    folder = tmp_path / "class"
    key = new_class(folder, numbered)
    collect(folder, (as_ada(8), bare(key, MALLORY, first=HERS)), (as_ada(7), bare(key, ADA)))
    assert counts(folder, ADA) == bare(key, ADA) and counts(folder, MALLORY) == bare(key, MALLORY, first=HERS)


ILIAS, BLACKBOARD = "Lovelace_Ada_ada_345/toy.ipynb", "{}_attempt_2026-11-{}-10-00-00_toy.ipynb"
ENDS_LIKE_HERS = {
    "ilias": (ILIAS, "Mal_Mallory_x_ada_666/toy.ipynb"),
    "ilias, another name": (ILIAS, "Zz_Yy_x_ada_666/toy.ipynb"),
    "ilias, her name": (ILIAS, "Lovelace_Ada_x_ada_666/toy.ipynb"),
    "ilias, a line before": (ILIAS, "Lovelace_Ada__ada_666/toy.ipynb"),
    "blackboard": (BLACKBOARD.format("T_ada", 20), BLACKBOARD.format("T_x_ada", 28)),
    "blackboard, a line in the title": (
        BLACKBOARD.format("T_1_ada", 20),
        BLACKBOARD.format("T_1_x_ada", 28),
    ),
}


@pytest.mark.parametrize(("hers", "strange"), ENDS_LIKE_HERS.values(), ids=ENDS_LIKE_HERS)
@pytest.mark.parametrize("token", [True, False], ids=["with a seen token", "without a token"])
def test_a_user_name_that_ends_like_another_s_is_not_that_one_s(tmp_path, hers, strange, token, capsys):
    """Mallory has called herself x_ada since the roster was made, and it ends like Ada's login."""
    people = [ADA._replace(login="ada"), BO._replace(login="bo"), MALLORY._replace(login="mal")]
    folder = tmp_path / "class"
    key = new_class(folder, people)
    other = notebook(key, ADA, first=HERS) if token else bare(key, MALLORY, first=HERS)
    collect(folder, (hers, notebook(key, ADA)))
    for _ in range(2):
        collect(folder, (hers, notebook(key, ADA)), (strange, other, LATER))
        assert counts(folder, ADA) == notebook(key, ADA)
        assert f"  {strange}: " in capsys.readouterr().out
    back = replies(folder, "feedback.html").names
    assert back == ({"s1": "multi_feedback/Lovelace_Ada_ada_345/feedback.html"} if hers == ILIAS else {})


@pytest.mark.parametrize("title", ["T", "T_1", "T_1_x"])
def test_the_title_of_blackboard_is_what_all_its_files_begin_with(tmp_path, title, capsys):
    """Then a user is known by a whole name, though titles and names may both have a line in them."""
    people = [ADA._replace(login="ada"), BO._replace(login="b_o"), MALLORY._replace(login="mal")]
    folder = tmp_path / "class"
    key = new_class(folder, people)
    hers, his, strange = (BLACKBOARD.format(f"{title}_{user}", 20) for user in ("ada", "b_o", "x_ada"))
    collect(folder, (hers, bare(key, ADA)), (his, bare(key, BO)), (strange, bare(key, ADA, first=HERS)))
    assert counts(folder, ADA) == bare(key, ADA) and counts(folder, BO) == bare(key, BO)
    assert f"  {strange}: " in capsys.readouterr().out
    told = [origin(one, Directory(people), "toy", title) for one in (hers, his, strange)]
    assert [(one.account, one.known) for one in told] == [
        ("blackboard ada", True), ("blackboard b_o", True), ("blackboard x_ada", False),
    ]  # fmt: skip


def test_without_a_title_for_most_there_is_none():
    people = Directory([ADA._replace(login="ada"), BO._replace(login="b_o")])
    files = [BLACKBOARD.format(f"T_{user}", 20) for user in ("ada", "x", "y")]
    assert title_of(files, people) == "" and title_of([], people) == ""
    assert title_of([*files[:2], BLACKBOARD.format("T_b_o", 20)], people) == "T"
    assert title_of([*files[:2], BLACKBOARD.format("U_b_o", 20)], people) == ""


def test_a_login_with_a_line_below_is_known_as_any_other(tmp_path):
    people = [ADA._replace(login="ada_l"), MALLORY._replace(login="mal")]
    told = origin("Lovelace_Ada_ada_l_345/toy.ipynb", Directory(people), "toy")
    assert told.owners == {"s1"} and told.known and told.account == "ilias 345"


def test_a_group_s_name_before_the_student_s_does_no_harm(class_):
    folder, key = class_
    collect(folder, ("Group A-Bo Ek_3_assignsubmission_file_/toy.ipynb", bare(key, BO)))
    assert counts(folder, BO) == bare(key, BO)


def test_what_the_teacher_has_taken_is_never_taken_back(class_):
    folder, key = class_
    collect(folder, (moodle(BO), notebook(key, ADA)))
    assert counts(folder, BO) is None
    assert cli.main(["collect", "--class", str(folder), "--take", "s2", moodle(BO)]) == 0
    collect(folder, (moodle(ADA), notebook(key, ADA)))
    assert counts(folder, BO) == notebook(key, ADA) == counts(folder, ADA)


# --- a token that somebody has seen ---


def seen(key, **answers):
    """What Mallory has made of a notebook of Ada's."""
    return notebook(key, ADA, first=HERS, **answers)


STRANGERS = {
    "of no name in the roster": "Xy Z_6666_assignsubmission_file/toy.ipynb",
    "of a hidden name": "Participant_6666_assignsubmission_file/toy.ipynb",
    "of the same name": as_ada(),
    "of another LMS": "lovelaceada_6666_99999_toy.ipynb",
    "of a hidden name of another LMS": "anon_x7Ab2_99999_toy.ipynb",
    "of a name of which Canvas leaves nothing": "_6666_99999_toy.ipynb",
    "of a name with another line below": "x\u203f_6666_99999_toy.ipynb",
}


@pytest.mark.parametrize("name", STRANGERS.values(), ids=STRANGERS)
def test_a_seen_token_takes_no_place_of_an_account_that_was_there_before(class_, name, capsys):
    folder, key = class_
    ada = (moodle(ADA), notebook(key, ADA))
    collect(folder, ada)
    for _ in range(2):
        collect(folder, ada, (name, seen(key), LATER))
        assert counts(folder, ADA) == notebook(key, ADA)
        assert f"  {name}: came from " in capsys.readouterr().out
    later = (2026, 11, 29, 12, 0, 0)
    collect(folder, (moodle(ADA), notebook(key, ADA, first="first = 2"), later))
    assert counts(folder, ADA) == notebook(key, ADA, first="first = 2")


@pytest.mark.parametrize("name", STRANGERS.values(), ids=STRANGERS)
def test_two_accounts_with_one_token_are_for_the_teacher_to_decide(class_, name, capsys):
    folder, key = class_
    collect(folder, (moodle(ADA), notebook(key, ADA)), (name, seen(key), LATER))
    assert counts(folder, ADA) is None
    assert capsys.readouterr().out.count("the token of s1 came from 2 accounts") == 2
    assert cli.main(["collect", "--class", str(folder), "--take", "s1", moodle(ADA)]) == 0
    assert counts(folder, ADA) == notebook(key, ADA)
    later = (2026, 11, 29, 12, 0, 0)
    collect(folder, (name, seen(key, last="last = 3"), later))  # by now it is known which account is Ada's
    assert counts(folder, ADA) == notebook(key, ADA)
    assert "their own account is moodle 1049" in (folder / "submitted.csv").read_text(encoding="utf-8")


def test_a_stranger_with_a_token_does_not_stay_before_an_account_of_the_student_s_name(class_, capsys):
    """Mallory was first, and the other account has Ada's name. That is no proof, and so neither counts."""
    folder, key = class_
    collect(folder, (STRANGERS["of no name in the roster"], seen(key)))
    assert counts(folder, ADA) == seen(key)
    collect(folder, (moodle(ADA), notebook(key, ADA)))
    assert counts(folder, ADA) is None
    assert "toy.ipynb does not count for them any more" in capsys.readouterr().out


def test_a_seen_token_does_not_make_an_account_another_s(class_):
    """Without a token a file from the same account would count by it."""
    folder, key = class_
    collect(folder, (moodle(ADA), notebook(key, ADA)))
    collect(folder, ("Xy Z_6666_assignsubmission_file/toy.ipynb", seen(key)))
    collect(folder, ("Ada Lovelace_6666_assignsubmission_file/new.ipynb", bare(key, ADA, first=HERS), LATER))
    assert counts(folder, ADA) == notebook(key, ADA)
    collect(folder, (moodle(MALLORY).replace("1052", "6666"), bare(key, MALLORY), LATER))
    assert counts(folder, ADA) == notebook(key, ADA) and counts(folder, MALLORY) == bare(key, MALLORY)


@pytest.mark.parametrize("order", ["together", "after", "before"])
def test_a_seen_token_takes_no_place_of_a_file_that_has_lost_its_own(class_, order):
    """One account has the name and the other the token: neither counts, however often it is collected, but
    for an account that was there alone with the token."""
    folder, key = class_
    ada, stranger = (moodle(ADA), bare(key, ADA)), (STRANGERS["of no name in the roster"], seen(key), LATER)
    for members in {
        "together": [[ada, stranger]],
        "after": [[ada], [stranger]],
        "before": [[stranger], [ada]],
    }[order]:
        collect(folder, *members)
    for _ in range(2):
        assert counts(folder, ADA) == (seen(key) if order == "before" else None)
        collect(folder, ada, stranger)
    assert cli.main(["collect", "--class", str(folder), "--take", "s1", moodle(ADA)]) == 0
    assert counts(folder, ADA) == bare(key, ADA)


def test_nor_of_one_that_lies_in_a_folder_of_the_teacher_s(class_):
    folder, key = class_
    mailed = ("by-mail/s1/toy.ipynb", notebook(key, ADA))
    collect(folder, mailed)
    collect(folder, ("lovelace_6666_99999_toy.ipynb", seen(key), LATER))
    assert counts(folder, ADA) == notebook(key, ADA)
    collect(folder, (canvas(ADA), notebook(key, ADA, first="first = 2"), LATER))  # of her name: hers
    assert counts(folder, ADA) is not None and counts(folder, ADA) != seen(key)


@pytest.mark.parametrize("name", ["Xy_Z_xyz_666/toy.ipynb", "Xy_Z_xyz_666/toy-s1.ipynb", "pile/toy.ipynb"])
def test_a_seen_token_from_nowhere_known_takes_no_place_either(class_, name, capsys):
    """ILIAS names folders after students; of a name that is not in the roster it is like any other."""
    folder, key = class_
    collect(folder, ("Lovelace_Ada_ada_345/toy.ipynb", notebook(key, ADA)))
    for _ in range(2):
        collect(folder, (name, seen(key), LATER))
        assert counts(folder, ADA) == notebook(key, ADA)
        said = "carries the token of s1 and came neither from the account of s1, ilias 345, nor from a folder"
        assert said in capsys.readouterr().out


def test_canvas_may_hide_names_later_and_show_them_again(class_):
    """An account has another name then, and nobody has two at one time."""
    folder, key = class_
    for k, name in enumerate((canvas(ADA), "anon_x7Ab2_88002_toy.ipynb", canvas(ADA, upload=88003))):
        data = notebook(key, ADA, first=f"first = {k}")
        collect(folder, (name, data, (2026, 11, 20 + k, 12, 0, 0)))
        assert counts(folder, ADA) == data
    collect(folder, ("anon_mal11_99999_toy.ipynb", seen(key), LATER))
    assert counts(folder, ADA) == data


def test_the_roster_s_number_beats_any_token(tmp_path):
    numbered = [ADA._replace(login="Participant 7"), MALLORY._replace(login="Participant 8")]
    folder = tmp_path / "class"
    key = new_class(folder, numbered)
    collect(folder, ("Xy Z_9_assignsubmission_file/toy.ipynb", seen(key)))
    collect(folder, (as_ada(7), bare(key, ADA)), (as_ada(9), seen(key, last="last = 3"), LATER))
    assert counts(folder, ADA) == bare(key, ADA)


def test_what_is_taken_from_an_account_of_another_changes_nothing_for_that_one(class_):
    """Ada has uploaded Bo's notebook beside hers; the teacher takes it for Bo."""
    folder, key = class_
    collect(folder, (moodle(ADA), bare(key, ADA)), (moodle(ADA, "bo.ipynb"), notebook(key, BO)))
    assert cli.main(["collect", "--class", str(folder), "--take", "s2", moodle(ADA, "bo.ipynb")]) == 0
    newer = [bare(key, ADA, first="first = 2"), notebook(key, ADA, first="first = 3")]
    for k, data in enumerate(newer):
        collect(folder, (moodle(ADA), data, (2026, 11, 28, 12 + k, 0, 0)))
        assert counts(folder, ADA) == data and counts(folder, BO) == notebook(key, BO)
    assert cli.main(["collect", "--class", str(folder), "--take", "s1", moodle(ADA, "bo.ipynb")]) == 0
    assert counts(folder, BO) is None and counts(folder, ADA) == notebook(key, BO)


# --- names of Canvas that can be read in two ways ---

FORGED = "lovelaceada_49_99999_x_77_88002_toy.ipynb"  # of the name "lovelaceada_-49-_-99999-_x"


def test_a_display_name_that_looks_like_what_canvas_writes_takes_no_account(class_, capsys):
    folder, key = class_
    ada = (canvas(ADA), bare(key, ADA))
    collect(folder, ada)
    collect(folder, ada, (FORGED, bare(key, MALLORY, first=HERS), LATER))
    assert counts(folder, ADA) == bare(key, ADA)
    assert "2 accounts go by the name of s1 (canvas 49, canvas 49 or canvas 77)" in capsys.readouterr().out


def test_nor_does_it_with_a_seen_token(class_):
    folder, key = class_
    collect(folder, (canvas(ADA), notebook(key, ADA)))
    collect(folder, (FORGED, seen(key), LATER))
    assert counts(folder, ADA) == notebook(key, ADA)


@pytest.mark.parametrize(
    "name",
    [
        "s1_7_assignsubmission_file__77_88002_toy.ipynb",
        "lovelace\u0301ada_49_99999_x_77_88002_toy.ipynb",
        "anon_x7ab2_99999_x_77_88002_toy.ipynb",
        "lovelaceada_49_99999_x_LATE_77_88002_toy.ipynb",
    ],
    ids=["of Moodle", "with a mark", "hidden", "late"],
)
def test_whatever_a_name_looks_like_the_account_is_none_of_those_it_names(class_, name):
    folder, key = class_
    collect(folder, (canvas(ADA), notebook(key, ADA)))
    collect(folder, (name, seen(key), LATER), (f"b{name}", bare(key, MALLORY, first=HERS), LATER))
    assert counts(folder, ADA) == notebook(key, ADA)


@pytest.mark.parametrize(
    "file", ["2_toy.ipynb", "toy_2026_11_20.ipynb", "Toy_77_88002_x.ipynb", "toy-1_77_88002_x.ipynb"]
)
def test_numbers_in_the_name_of_a_file_do_no_harm(class_, file):
    folder, key = class_
    for upload, data in ((88001, bare(key, ADA)), (88005, bare(key, ADA, first="first = 2"))):
        collect(folder, (canvas(ADA, file, upload), data))
        assert counts(folder, ADA) == data


# --- the rule alone ---

TOKENS = {"a" * 16: "s1", "b" * 16: "s2"}


def piece(owners="s1", account="moodle 1", token=None, id="", fixed=False, **claim):
    told = Origin(frozenset(owners.split()), owners, False, (0, 0), account)
    return Piece(
        told, Claim("notebook", "toy", claim.get("student"), token), f"{owners}{account}{token}", id, fixed
    )


def test_one_file_alone():
    signed, unsigned = piece(token="a" * 16, student="s1"), piece()
    assert owners_of([signed], TOKENS) == [Owner("s1", "", SIGNED)]
    assert owners_of([unsigned], TOKENS)[0].why == "by its place: it carries no token"
    assert owners_of([piece(id="s2", fixed=True)], TOKENS) == [Owner("s2", "the teacher's choice", CHOSEN)]
    assert owners_of([], TOKENS) == []


def test_the_order_of_the_files_decides_nothing():
    files = [
        piece(token="a" * 16),
        piece(account="moodle 2"),
        piece("s2", "moodle 3", "b" * 16),
        piece("s2", "moodle 4"),
    ]
    found = dict(zip(map(id, files), owners_of(files, TOKENS), strict=True))
    for turned in (files[::-1], files[2:] + files[:2]):
        assert owners_of(turned, TOKENS) == [found[id(one)] for one in turned]
    assert [owner.id for owner in owners_of(files, TOKENS)] == ["s1", "", "s2", ""]


def test_a_token_from_two_accounts_is_told():
    files = [piece(token="a" * 16, owners=""), piece(token="a" * 16, account="moodle 2", owners="")]
    for one, owner in zip(files, owners_of(files, TOKENS), strict=True):
        assert owner.id == ""
        assert owner.why == (
            f"came from {one.origin.account}, and the token of s1 came from 2 accounts (moodle 1, moodle 2): "
            "nothing tells which is theirs"
        )
    there = [files[0], files[1]._replace(id="s1")]
    assert [owner.id for owner in owners_of(there, TOKENS)] == ["", "s1"]


def settled(pieces):
    """The pieces with their owners, and how well each is known."""
    owners = owners_of(pieces, TOKENS)
    return [piece._replace(id=owner.id) for piece, owner in zip(pieces, owners, strict=True)], owners


def sent(rng, accounts):
    """A file from one of these accounts, by whatever name, with or without the token of s1."""
    account = rng.choice(accounts)
    owners = rng.choice(["", "s1", "s1", "s2"])
    token = rng.choice(["a" * 16, "a" * 16, "", None, "f" * 16])
    student = rng.choice([None, "s1", "s2"])
    one = piece(owners, account, token, student=student)
    return one._replace(digest=str(rng.random()))


STRANGE = ["moodle 7", "moodle 8", "canvas 7", "canvas anon_x7Ab2", "canvas 1 or canvas 7", "ilias 9"]


@pytest.mark.parametrize("seed", range(0, 1000, 100))
def test_whatever_strangers_send_the_account_that_was_there_keeps_its_place(seed):
    """Ada's has her name and her token. Files come in any order, and are settled after each few."""
    for rng in map(random.Random, range(seed, seed + 100)):
        mine = piece("s1", "moodle 1", "a" * 16, student="s1")
        pieces, _ = settled([mine])
        for _ in range(4):
            new = [sent(rng, STRANGE) for _ in range(rng.randrange(4))]
            if rng.random() < 0.5:
                new.append(
                    piece("s1", "moodle 1", rng.choice(["a" * 16, None]))._replace(digest=str(rng.random()))
                )
            rng.shuffle(new)
            pieces, owners = settled([*pieces, *new])
            ours = [one for one in pieces if one.id == "s1"]
            assert {one.origin.account for one in ours} == {"moodle 1"}
            assert all(one.id == "s1" for one in pieces if one.origin.account == "moodle 1")
            again, same = settled(pieces)
            assert again == pieces and [owner.why for owner in same] == [owner.why for owner in owners]


@pytest.mark.parametrize("seed", range(0, 1000, 100))
def test_what_is_settled_stays_settled(seed):
    """Whoever was there first and whatever the teacher takes: settling it once more changes nothing."""
    for rng in map(random.Random, range(seed, seed + 100)):
        pieces = []
        for _ in range(5):
            pieces += [sent(rng, ["moodle 1", *STRANGE, ""]) for _ in range(rng.randrange(3))]
            if pieces and rng.random() < 0.3:
                k = rng.randrange(len(pieces))
                pieces[k] = pieces[k]._replace(id=rng.choice(["s1", "s2"]), fixed=True)
            pieces, _ = settled(pieces)
            assert settled(pieces)[0] == pieces
            accounts = accounts_of(pieces, TOKENS)
            for account in ["moodle 1", *STRANGE]:
                assert sum(accounts.answers(account, student) for student in ("s1", "s2")) <= 1
