"""Nobody's files keep out those of others."""

from snnlab.course.classroom.intake.budgets import MB, Budget, reasons

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
