"""`snnlab collect`: from the download of an LMS to one submission a student, and a list of who gave what.

``CLASS/submitted/ID/received/`` keeps every file of a student, and the one that counts lies above it. The
newest counts, unless the teacher says ``--take ID FILE``. What belongs to nobody is kept in
``CLASS/unmatched/``. The same download again changes nothing; a newer one adds what is new and says whose
marks that makes old.
"""

import os
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.intake.downloads import origin
from snnlab.course.classroom.intake.gathering import gathered
from snnlab.course.classroom.intake.owners import claim_of, owner_of
from snnlab.course.classroom.intake.receipts import BY_HAND, Receipt, read_receipts, write_receipts
from snnlab.course.classroom.intake.safe_zip import Refused
from snnlab.course.classroom.key import read_key
from snnlab.course.classroom.marks import read_mark, sha256
from snnlab.course.classroom.names import Directory
from snnlab.course.classroom.roster import ROSTER, read_roster
from snnlab.course.errors import CommandError
from snnlab.course.places import can_write
from snnlab.progress import Bar

__all__ = ["collect"]


def collect(source: str | None, class_folder: str, take: list[list[str]] | None = None) -> int:
    """Collect what was handed in.

    Parameters
    ----------
    source : str or None
        A zip, a folder or a file; None if there is only something to decide.
    class_folder : str
        What `snnlab assign` made.
    take : list of [id, file], optional
        For whom a file counts, whatever it says itself, and instead of that student's others.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    CommandError
        If there is no class or no download, or a file to take is unknown.
    """
    folder = Path(class_folder)
    if source is None and not take:
        raise CommandError("name the zip or the folder with what was handed in")
    desk = _Desk(folder)
    if not can_write(folder):
        raise CommandError(f"{folder} cannot be written: copy the class to where you may write")
    refused: list[Refused] = []
    try:
        if source is not None:
            with gathered(Path(source), folder) as found:
                refused = found.refused
                bar = Bar(len(found.files))
                try:
                    for done, (name, file) in enumerate(found.files):
                        bar.show(done, "Reading", f"{done}/{len(found.files)}")
                        desk.receive(name, file)
                    bar.show(len(found.files), "Reading", f"{len(found.files)}/{len(found.files)}")
                finally:
                    bar.end()
        for student, wanted in take or []:
            desk.take(student, wanted)
    finally:  # also after Ctrl-C
        desk.settle()
    desk.say(refused)
    return 0


class _Order(NamedTuple):
    """Of two files of one student the larger counts."""

    suits: int
    """Whether it is of this part."""
    upload: int
    minute: str
    copy: int
    notebook: bool
    """If both came together."""
    time: str


class _Desk:
    """What one call knows and changes."""

    def __init__(self, folder: Path):
        self.folder, self.key = folder, read_key(folder)
        self.part: str = self.key["part"]
        students = [one for one in read_roster(folder / ROSTER) if one.id in self.key["students"]]
        self.directory = Directory(students)
        self.tokens = {entry["token"]: id for id, entry in self.key["students"].items()}
        self.receipts = read_receipts(folder)
        self.new: set[str] = set()
        self.came: set[str] = set()  # where the files of this call are kept
        self.said: list[str] = []
        self.others: list[tuple[str, frozenset[str]]] = []  # files that are no submission, and whose
        self.count = 0

    # --- one file ---

    def receive(self, name: str, file: Path) -> None:
        """Look at a file of the download, and keep it if it is new."""
        claim, told = claim_of(file), origin(name, self.directory, self.part)
        if not claim.kind:
            self.others.append((name, told.owners))
            return
        digest, then = sha256(file), _time(file)
        before = [one for one in self.receipts if one.sha256 == digest]
        if any(one.chosen == BY_HAND and one.file == name for one in before):
            return
        owner, why = owner_of(told, claim, self.tokens)
        for one in before:
            if one.id == owner and (owner or one.file == name):
                self._again(one, name, then)
                return
            if not one.id and one.file == name:  # the roster knows them now
                self._forget(one)
        twin = next((one.id for one in before if one.id and one.id != owner), "")
        if owner and twin:
            why = "; ".join(filter(None, [why, f"the same file as {twin}'s"]))
        self.count += 1
        late = "late" if told.late else ""
        kept = self._keep(owner, name, file)
        self.receipts.append(Receipt(owner, name, then, late, "", "", why, kept, digest))
        self.new.add(owner)
        self.came.add(kept)

    def _again(self, one: Receipt, name: str, then: str) -> None:
        """The same file once more: perhaps the student has gone back to it."""
        fresh = one._replace(file=name, time=then)
        if one.id and self._order(fresh) > self._order(one):
            self.receipts[self.receipts.index(one)] = fresh
            self.new.add(one.id)

    def _forget(self, one: Receipt) -> None:
        self.receipts.remove(one)
        (self.folder / one.kept).unlink(missing_ok=True)

    def _keep(self, owner: str, name: str, file: Path) -> str:
        """Copy a file into the class under a name that is free; return that name."""
        place = self.folder / "submitted" / owner / "received" if owner else self.folder / "unmatched"
        place.mkdir(parents=True, exist_ok=True)
        plain = re.sub(r"[^\w. ()@+-]", "_", name.rpartition("/")[2] if owner else name)
        stem, dot, suffix = plain.rpartition(".")
        number = sum(1 for _ in place.iterdir()) + 1
        while (target := place / f"{number:02d} {stem[:80]}{dot}{suffix[:10]}").exists():
            number += 1
        _copy(file, target)
        return target.relative_to(self.folder).as_posix()

    def take(self, student: str, wanted: str) -> None:
        """The teacher decides."""
        if student not in self.key["students"]:
            raise CommandError(f'nobody in this class has the id "{student}"')
        found = [one for one in self.receipts if wanted in (one.file, one.kept, one.name)]
        found = [one for one in found if one.id == student] or found
        if len(found) != 1:
            many = f"{len(found)} files are" if found else "no file is"
            raise CommandError(
                f'{many} called "{wanted}": copy its name from the column kept of {self.folder}/submitted.csv'
            )
        one = found[0]
        kept = one.kept
        if one.id != student:
            kept = self._keep(student, one.name, self.folder / one.kept)
            (self.folder / one.kept).unlink(missing_ok=True)
        self.receipts = [
            other._replace(chosen="") if other.id == student else other
            for other in self.receipts
            if other is not one
        ]
        self.receipts.append(one._replace(id=student, kept=kept, chosen=BY_HAND, why="the teacher's choice"))
        self.new |= {student, one.id}

    # --- which of them counts ---

    def _order(self, one: Receipt) -> _Order:
        told = origin(one.file, self.directory, self.part)
        claim = claim_of(self.folder / one.kept)
        suits = 2 if claim.part == self.part else 1 if claim.part is None else 0
        upload, copy = told.order
        return _Order(suits, upload, one.time[:16], copy, claim.kind == "notebook", one.time)

    def settle(self) -> None:
        """Choose for everybody of whom something new has come, write the list, and lay out what counts.

        The list comes first: if this is interrupted, the next call lays out the rest.
        """
        for student in self.key["students"]:
            self._adopt(student)
        for student in sorted(self.new - {""}):
            self._choose(student)
        if self.new:
            write_receipts(self.folder, self.receipts)
        chosen = {one.id: one for one in self.receipts if one.chosen}
        for student in self.new | chosen.keys():
            self._lay_out(student, chosen.get(student))

    def _choose(self, student: str) -> None:
        mine = [one for one in self.receipts if one.id == student]
        if not mine:  # what they had was another's, says the teacher
            return
        before = next((one.sha256 for one in mine if one.chosen), "")
        best = next((one for one in mine if one.chosen == BY_HAND), None) or max(mine, key=self._order)
        for one in mine:
            mark = (one.chosen or "yes") if one is best else ""
            other = "" if one is best else best.file
            self.receipts[self.receipts.index(one)] = one._replace(chosen=mark, duplicate_of=other)
        self._say_choice(student, mine, best, before)

    def _lay_out(self, student: str, best: Receipt | None) -> None:
        """Put the file that counts where `snnlab mark` looks, and nothing beside it."""
        answers, notebook = self._places(student)
        target = None
        if best is not None:
            target = answers if claim_of(self.folder / best.kept).kind == "answers" else notebook
            if not target.is_file() or sha256(target) != best.sha256:
                _copy(self.folder / best.kept, target)
        for file in {answers, notebook} - {target}:
            file.unlink(missing_ok=True)

    def _places(self, student: str) -> tuple[Path, Path]:
        own = self.folder / "submitted" / student
        return own / "answers.json", own / f"{self.part}.ipynb"

    def _adopt(self, student: str) -> None:
        """What somebody has put into the folder themselves counts as chosen by hand."""
        known = {one.sha256 for one in self.receipts if one.id == student}
        for file in self._places(student):
            if file.is_file() and not file.is_symlink() and (digest := sha256(file)) not in known:
                kept = self._keep(student, file.name, file)
                why = "put here by hand"
                mine = Receipt(student, file.name, _time(file), "", BY_HAND, "", why, kept, digest)
                others = [one._replace(chosen="") if one.id == student else one for one in self.receipts]
                self.receipts = [*others, mine]
                self.new.add(student)

    def _say_choice(self, student: str, mine: list[Receipt], best: Receipt, before: str) -> None:
        if len(mine) > 1:
            reason = "the teacher's choice" if best.chosen == BY_HAND else self._reason(mine, best)
            self.said.append(f"{student}: {len(mine)} files; {best.name} is taken, {reason}.")
            for one in mine:
                if one is not best and one.kept in self.came and self._may_be_newer(one, best):
                    self.said.append(
                        f"{student}: {one.name} may be newer and is not taken: "
                        f'--take {student} "{one.kept}" takes it.'
                    )
        mark = read_mark(self.folder, student)
        if mark is not None and mark.get("sha256") != best.sha256 and before != best.sha256:
            self.said.append(
                f"{student}: was marked before; another file counts now, and `snnlab mark` marks that. "
                "Points given by hand stay."
            )

    def _may_be_newer(self, one: Receipt, best: Receipt) -> bool:
        """Whether the teacher should know that it was passed over."""
        mine, its = self._order(one), self._order(best)
        if best.chosen == BY_HAND:
            return mine > its
        unnumbered = bool(its.upload) and not mine.upload  # sent by mail, after one that Canvas has numbered
        return unnumbered and mine.suits >= its.suits and mine.minute > its.minute

    def _reason(self, mine: list[Receipt], best: Receipt) -> str:
        first, *rest = sorted(map(self._order, mine), reverse=True)
        if first.suits > rest[0].suits:
            return f"the only one that is surely of {self.part}"
        if first[1:4] == rest[0][1:4]:
            return "a notebook before the file of a page" if first.notebook > rest[0].notebook else "the last"
        return (
            "the newest" if all(one.upload for one in (first, *rest)) or not first.upload else "from Canvas"
        )

    # --- the report ---

    def say(self, refused: list[Refused]) -> None:
        """Tell what was found, and what the teacher has to look at."""
        there = {one.id for one in self.receipts if one.id}
        files = f"{self.count} new file{'s' if self.count != 1 else ''}"
        print(f"{files}. {len(there)} of {len(self.key['students'])} students have handed in.")
        if absent := [id for id in self.key["students"] if id not in there]:
            print(f"Nothing from {_list(absent)}.")
        for sentence in self.said:
            print(sentence)
        chosen = [one for one in self.receipts if one.chosen]
        if late := [one.id for one in chosen if one.late]:
            print(f"Late: {_list(late)}.")
        for one in chosen:
            if one.why and one.id in self.new and one.chosen != BY_HAND:
                print(f"{one.id}: {one.name}: {one.why}.")
        left = [(name, owners) for name, owners in self.others if not owners & there]
        if more := [name for name, owners in self.others if owners & there]:
            print(f"{len(more)} more file{'s are no notebooks' if len(more) > 1 else ' is no notebook'}:")
            print(f"  {_list(more)}")
        for name, owners in left:
            page = name.lower().endswith((".html", ".htm"))
            what = "a page, and not the file that its button makes" if page else "no notebook"
            print(f"{' or '.join(sorted(owners)) or 'From nobody'}: {name} is {what}.")
        for name, reason in refused:
            print(f"{name} was left out because {reason}.")
        if lost := [one for one in self.receipts if not one.id]:
            print(f"Kept in {self.folder / 'unmatched'}, because nobody could be found for them:")
            for one in lost:
                print(f"  {one.file}: {one.why}.")
            print(f"`snnlab collect --class {self.folder} --take ID FILE` says whose one is.")


def _list(names: list[str]) -> str:
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")


def _time(file: Path) -> str:
    """When it was written, in the time of this machine, as a zip has it too."""
    then = datetime.fromtimestamp(max(file.stat().st_mtime, 0)).astimezone()
    return then.strftime("%Y-%m-%d %H:%M:%S")


def _copy(file: Path, target: Path) -> None:
    """Copy a file as a whole, or not at all."""
    part = target.with_name(f".{os.getpid()}.part")
    try:
        shutil.copy2(file, part)
        os.chmod(part, 0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
