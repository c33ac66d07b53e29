"""Nobody's files keep out those of others."""

from classroom.hand_ins import ADA

from snnlab.course.classroom.intake.budgets import MB, Budget, reasons
from snnlab.course.classroom.intake.downloads import sender
from snnlab.course.classroom.names import Directory

SMALL = Budget(files=10, bytes=100 * MB, files_of_one=4, bytes_of_one=60 * MB)


def test_what_fits_is_taken():
    assert reasons([("ada", MB), ("bo", 60 * MB), ("ada", MB)], SMALL) == ["", "", ""]
    assert reasons([], SMALL) == []


def test_one_sender_cannot_have_more_than_a_share():
    many = [("mal", 1)] * 30 + [("ada", 1), ("bo", 1)]
    why = reasons(many, SMALL)
    assert why[:4] == [""] * 4 and why[-2:] == ["", ""]
    assert set(why[4:30]) == {"mal has sent 30 files, and 4 are the most of one sender"}
    why = reasons([("mal", 30 * MB)] * 3 + [("ada", 30 * MB)], SMALL)
    assert why == ["", "", "mal has sent 90 MB, and 60 MB are the most of one sender", ""]
    assert reasons([("mal", 61 * MB), ("mal", 1)], SMALL) == ["it is too large (61 MB)", ""]


def test_several_who_send_a_lot_keep_out_each_other_and_nobody_else():
    """Whether of bytes or of files, and wherever in the download they stand."""
    fat = [(f"fat {k}", 60 * MB) for k in range(3)]
    thin = [(f"thin {k}", MB) for k in range(5)]
    for sent in (fat + thin, thin + fat):
        left = [who for (who, _), why in zip(sent, reasons(sent, SMALL), strict=True) if why]
        assert left == ["fat 1", "fat 2"]
    many = [(f"many {k}", 1) for k in range(2) for _ in range(4)] + [("ada", MB), ("bo", 1), ("cy", 1)]
    why = reasons(many, SMALL)
    assert [who for (who, _), one in zip(many, why, strict=True) if one] == ["many 1"]
    assert why[7].startswith("10 files and 100 MB of a download are the most, and many 1 is among those")


def test_nobody_becomes_several_senders_by_names_of_their_own():
    """Neither by folders, nor by a name that Canvas could have written in another way."""
    class_ = Directory([ADA])
    for names in (
        [f"x_7_assignsubmission_file/{k}/toy.ipynb" for k in range(3)],
        [f"Xy Z_7_assignsubmission_file_{k}_assignsubmission_file_toy.ipynb" for k in range(3)],
        [f"T_mal_attempt_2026-11-20-10-00-00_{k}_88001_x.ipynb" for k in range(3)],
        [f"malmallory_7_88002_{k}.ipynb" for k in range(3)],
        [f"malmallory_{k}_99999_x_7_88002_toy.ipynb" for k in range(3)],
        [f"malmallory_7_88002_x_{k}_99999_toy.ipynb" for k in range(3)],
        [f"by-mail/{ADA.id}/{k}/toy.ipynb" for k in range(3)],
        [f"by-mail/somebody/{k}/toy.ipynb" for k in range(3)],
    ):
        assert len({sender(name, class_) for name in names}) == 1, names
