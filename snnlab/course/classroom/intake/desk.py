"""The desk at which what came in is sorted: whose each file is, where it is kept, and which of several
counts.

Whose a file is depends on all others (`snnlab.course.classroom.intake.owners`), so it is decided when all
have been looked at, and anew whenever more come: a file that went by a name moves to ``unmatched`` when the
account of the one who has that name turns out to be another.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.intake.downloads import Origin, origin, sender, title_of
from snnlab.course.classroom.intake.file_names import fitting
from snnlab.course.classroom.intake.owners import owners_of
from snnlab.course.classroom.intake.pieces import Claim, Owner, Piece, claim_of, owner_by_token
from snnlab.course.classroom.intake.receipts import BY_HAND, Receipt, read_receipts, write_receipts
from snnlab.course.classroom.intake.safe_zip import NOBODY_S_FAULT, Refused
from snnlab.course.classroom.intake.which_counts import Order, reason_of, worth_a_word
from snnlab.course.classroom.key import read_key
from snnlab.course.classroom.marks import read_mark, sha256
from snnlab.course.classroom.names import Directory
from snnlab.course.classroom.roster import roster_of
from snnlab.course.classroom.rules import read_rules
from snnlab.course.classroom.whole_files import copy_whole
from snnlab.course.errors import CommandError

__all__ = ["Desk"]

_TAKEN, _PUT_HERE = "the teacher's choice", "put here by hand"


class _New(NamedTuple):
    """A file of this download that has not been here before."""

    name: str
    file: Path
    time: str
    piece: Piece


class Desk:
    """What one call of `snnlab collect` knows and changes.

    Parameters
    ----------
    folder : Path
        Of the class.

    Raises
    ------
    CommandError
        If it is none, or if its list of what was handed in cannot be read.
    """

    def __init__(self, folder: Path):
        self.folder, self.key = folder, read_key(folder)
        self.part: str = self.key["part"]
        students = roster_of(folder, self.key["students"])
        self.directory = Directory(students)
        self.tokens = {entry["token"]: id for id, entry in self.key["students"].items()}
        self.meet_partners()
        self.receipts = read_receipts(folder)
        self.fresh: list[_New] = []
        self.new: set[str] = set()
        self.came: set[str] = set()  # where the files of this call are kept
        self.said: list[str] = []
        self.others: list[tuple[str, frozenset[str]]] = []  # files that are no submission, and whose
        self.refused: list[Refused] = []
        self.count = 0
        self.seen = 0  # files that are a submission, new or not
        self.expect(())
        self._claims: dict[str, Claim] = {}
        self._voices: dict[str, int] = {}

    def meet_partners(self) -> None:
        """Learn who hands in together, from lines of the teacher and groups of an LMS."""
        rules = read_rules(self.folder, self.key["students"])
        self.partners = {id: rules.partners(id) for group in rules.together for id in group}

    def claim(self, one: Receipt) -> Claim:
        """What a file that is kept says of itself."""
        if one.kept not in self._claims:
            self._claims[one.kept] = claim_of(self.folder / one.kept)
        return self._claims[one.kept]

    def sender(self, name: str) -> str:
        """By whom a file was sent."""
        return sender(name, self.directory)

    def expect(self, names: Iterable[str]) -> None:
        """Learn from all names together what Blackboard calls the assignment."""
        self.title = title_of({*names, *(one.file for one in self.receipts)}, self.directory)

    # --- one file ---

    def receive(self, name: str, file: Path) -> None:
        """Look at a file of the download; whose it is, `settle` decides."""
        claim, told = claim_of(file), self._origin(name)
        if not claim.kind:
            self.others.append((name, told.owners))
            return
        self.seen += 1
        fresh = _New(name, file, _time(file), Piece(told, claim, sha256(file)))
        before = [one for one in self.receipts if one.sha256 == fresh.piece.digest]
        for one in before:
            self._restore(one, file)
        if any(_fixed(one) and one.file == name for one in before):
            return
        for one in before:
            if one.file == name or self._sender(self.piece(one), one.file) == self._sender(fresh.piece, name):
                self._again(one, fresh)
                return
        self.fresh.append(fresh)

    def _restore(self, one: Receipt, file: Path) -> None:
        """Put back a file that somebody has taken away or moved with its folder."""
        kept = self.folder / one.kept
        if not kept.is_file():
            kept.parent.mkdir(parents=True, exist_ok=True)
            copy_whole(file, kept)
            self._claims.pop(one.kept, None)

    def _sender(self, piece: Piece, name: str) -> tuple[str, ...]:
        """What two copies of one file have in common if the same student has handed them in."""
        by_token = owner_by_token(piece, self.tokens, self.partners)
        if by_token is not None:
            return (by_token.id, piece.origin.account) if by_token.id else (name,)
        return (
            (piece.origin.account,) if piece.origin.account else tuple(sorted(piece.origin.owners)) or (name,)
        )

    def _again(self, one: Receipt, fresh: _New) -> None:
        """The same file once more: perhaps the student has gone back to it, and then this is when it came."""
        late = "" if one.chosen and not one.late else _late(fresh.piece.origin)
        renewed = one._replace(file=fresh.name, time=fresh.time, late=late)
        if one.id and self._order(renewed) > self._order(one):
            self.receipts[self.receipts.index(one)] = renewed
            self.new.add(one.id)

    def take(self, student: str, wanted: str) -> None:
        """The teacher decides.

        Raises
        ------
        CommandError
            If nobody has this id, or not exactly one file this name.
        """
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
        if one.id not in ("", student):  # else it would lie there as if somebody had put it there by hand
            for file in self._places(one.id):
                if file.is_file() and sha256(file) == one.sha256:
                    file.unlink()
        self.receipts = [
            other._replace(chosen="") if other.id == student else other
            for other in self.receipts
            if other is not one
        ]
        self.receipts.append(self._moved(one, student)._replace(chosen=BY_HAND, why=_TAKEN))
        self.new |= {student, one.id}

    # --- whose they are ---

    def settle(self) -> None:
        """Decide whose all files are and which count, write the list, and lay out what counts.

        Whenever this is interrupted, by Ctrl-C or by the end of the machine, the next call does the rest.
        What does not count any more goes first, or the next call would take it for the teacher's choice;
        then comes the list; then goes what lies elsewhere by now, and what counts is laid out.
        """
        for student in self.key["students"]:
            self._adopt(student)
        there = [*map(self.piece, self.receipts)]
        self.fresh = [one for one in self.fresh if not self._is_team_copy(one.piece, there)]
        pieces = [*there, *(one.piece for one in self.fresh)]
        owners = owners_of(pieces, self.tokens, self.partners)
        old, new = owners[: len(self.receipts)], owners[len(self.receipts) :]
        for one, owner in zip(list(self.receipts), old, strict=True):
            self._reconsider(one, owner)
        for fresh, owner in zip(self.fresh, new, strict=True):
            self._file(fresh, owner)
        self.fresh = []
        for student in sorted(self.new - {""}):
            self._choose(student)
        if self.new:
            self._take_away()
            write_receipts(self.folder, self.receipts)
        self._clear()
        chosen = {one.id: one for one in self.receipts if one.chosen}
        for student in (self.new | chosen.keys()) - {""}:
            self._lay_out(student, chosen.get(student))

    def _is_team_copy(self, piece: Piece, there: list[Piece]) -> bool:
        """Whether it is the file of a partner, who has it too: Moodle gives a team's to each of them."""
        owner = owner_by_token(piece, self.tokens, self.partners)
        if owner is None or not owner.id or owner.id in piece.origin.owners or not piece.origin.owners:
            return False
        others = [*there, *(one.piece for one in self.fresh)]
        return any(one.digest == piece.digest and owner.id in one.origin.owners for one in others)

    def piece(self, one: Receipt) -> Piece:
        """All that is known of a file that is kept."""
        told = self._origin(one.file)
        return Piece(told, self.claim(one), one.sha256, one.id, _fixed(one))

    def _origin(self, name: str) -> Origin:
        return origin(name, self.directory, self.part, self.title)

    def _reconsider(self, one: Receipt, owner: Owner) -> None:
        """A file that is here already may turn out to be another's."""
        if owner.id == one.id or not (self.folder / one.kept).is_file():
            self._voices[one.kept] = owner.voice
            return
        moved = self._moved(one, owner.id)._replace(chosen="", duplicate_of="", why=owner.why)
        self.receipts[self.receipts.index(one)] = moved
        self._voices[moved.kept] = owner.voice
        self.new |= {one.id, owner.id}
        if one.id:
            self.said.append(f"{one.id}: {one.name} does not count for them any more: it {owner.why}.")

    def _file(self, fresh: _New, owner: Owner) -> None:
        """Keep a new file, or set it aside if that cannot be done."""
        try:
            kept = self._keep(owner.id, fresh.name, fresh.file)
        except OSError as error:
            if error.errno in NOBODY_S_FAULT:
                raise
            self.refused.append(Refused(fresh.name, f"it cannot be kept ({error.strerror or error})"))
            return
        digest, why = fresh.piece.digest, owner.why
        twin = next(
            (one.id for one in self.receipts if one.sha256 == digest and one.id not in ("", owner.id)), ""
        )
        if owner.id and twin:
            why = "; ".join(filter(None, [why, f"the same file as {twin}'s"]))
        late = _late(fresh.piece.origin)
        self.receipts.append(Receipt(owner.id, fresh.name, fresh.time, late, "", "", why, kept, digest))
        self._voices[kept] = owner.voice
        self.new.add(owner.id)
        self.came.add(kept)
        self.count += 1

    def _moved(self, one: Receipt, student: str) -> Receipt:
        """A receipt whose file lies with another student, or with nobody; `_clear` takes the old one away."""
        if one.id == student:
            return one
        return one._replace(id=student, kept=self._keep(student, one.file, self.folder / one.kept))

    def _keep(self, owner: str, name: str, file: Path) -> str:
        """Copy a file into the class under a name that is free; return that name.

        What an interrupted call has copied already, and not written into its list, is taken as it is.
        """
        place = self.folder / "submitted" / owner / "received" if owner else self.folder / "unmatched"
        place.mkdir(parents=True, exist_ok=True)
        listed, digest = {one.kept for one in self.receipts}, sha256(file)
        for there in sorted(place.glob("[!.]*")):  # not what a killed call has begun
            kept = there.relative_to(self.folder).as_posix()
            if kept not in listed and there.is_file() and there != file and sha256(there) == digest:
                return kept
        plain = fitting(re.sub(r"[^\w. ()@+-]", "_", name.rpartition("/")[2] if owner else name))
        number = sum(1 for _ in place.iterdir()) + 1
        while (target := place / f"{number:02d} {plain}").exists():
            number += 1
        copy_whole(file, target)
        return target.relative_to(self.folder).as_posix()

    def _take_away(self) -> None:
        """What is laid out for somebody and is none of their files by now."""
        for student in self.new - {""}:
            theirs = {one.sha256 for one in self.receipts if one.id == student}
            for file in self._places(student):
                if file.is_file() and sha256(file) not in theirs:
                    file.unlink()

    def _clear(self) -> None:
        """Take away what is not in the list and lies elsewhere as well, or was never whole."""
        listed = {self.folder / one.kept for one in self.receipts}
        kept = {one.sha256 for one in self.receipts if (self.folder / one.kept).is_file()}
        for place in (self.folder / "unmatched", *(self.folder / "submitted").glob("*/received")):
            for file in set(place.glob("[0-9]*")) - listed:
                if sha256(file) in kept:
                    file.unlink()
            for file in place.glob(".*.part"):
                file.unlink()

    def _adopt(self, student: str) -> None:
        """What somebody has put into the folder themselves counts as chosen by hand."""
        known = {one.sha256 for one in self.receipts if one.id == student}
        for file in self._places(student):
            if file.is_file() and not file.is_symlink() and (digest := sha256(file)) not in known:
                kept = self._keep(student, file.name, file)
                mine = Receipt(student, file.name, _time(file), "", BY_HAND, "", _PUT_HERE, kept, digest)
                others = [one._replace(chosen="") if one.id == student else one for one in self.receipts]
                self.receipts = [*others, mine]
                self.new.add(student)

    # --- which of them counts ---

    def _order(self, one: Receipt) -> Order:
        told, claim = self._origin(one.file), self.claim(one)
        suits = 2 if claim.part == self.part else 1 if claim.part is None else 0
        upload, copy = told.order
        voice = self._voices.get(one.kept, 0)
        return Order(voice, suits, upload, one.time[:16], copy, claim.kind == "notebook", one.time)

    def _choose(self, student: str) -> None:
        mine = [one for one in self.receipts if one.id == student]
        if not mine:  # what they had was another's
            if read_mark(self.folder, student) is not None:
                file = self.folder / "marks" / f"{student}.json"
                self.said.append(f"{student}: nothing is left of theirs and it was marked: take {file} away.")
            return
        before = next((one.sha256 for one in mine if one.chosen), "")
        best = next((one for one in mine if one.chosen == BY_HAND), None) or max(mine, key=self._order)
        for one in mine:
            mark = (one.chosen or "yes") if one is best else ""
            other = "" if one is best else best.file
            self.receipts[self.receipts.index(one)] = one._replace(chosen=mark, duplicate_of=other)
        self._say_choice(student, mine, best, before)

    def _say_choice(self, student: str, mine: list[Receipt], best: Receipt, before: str) -> None:
        by_hand, its = best.chosen == BY_HAND, self._order(best)
        if len(mine) > 1:
            reason = _TAKEN if by_hand else reason_of(list(map(self._order, mine)), self.part)
            self.said.append(f"{student}: {len(mine)} files; {best.name} is taken, {reason}.")
            for one in mine:
                if one is not best and one.kept in self.came:
                    word = worth_a_word(self._order(one), its, by_hand)
                    if word:
                        self.said.append(
                            f"{student}: {one.name} {word} is not taken: "
                            f'--take {student} "{one.kept}" takes it.'
                        )
        mark = read_mark(self.folder, student)
        if mark is not None and mark.get("sha256") != best.sha256 and before != best.sha256:
            self.said.append(
                f"{student}: was marked before; another file counts now, and `snnlab mark` marks that. "
                "Points given by hand stay."
            )

    def _lay_out(self, student: str, best: Receipt | None) -> None:
        """Put the file that counts where `snnlab mark` looks, and nothing beside it."""
        answers, notebook = self._places(student)
        target = None
        if best is not None:
            target = answers if self.claim(best).kind == "answers" else notebook
            if not target.is_file() or sha256(target) != best.sha256:
                if not (self.folder / best.kept).is_file():
                    self.said.append(
                        f"{student}: {best.kept} counts and is not there any more: put it back, or collect "
                        "the download again."
                    )
                    return
                copy_whole(self.folder / best.kept, target)
        for file in {answers, notebook} - {target}:
            file.unlink(missing_ok=True)

    def _places(self, student: str) -> tuple[Path, Path]:
        own = self.folder / "submitted" / student
        return own / "answers.json", own / f"{self.part}.ipynb"


def _late(told: Origin) -> str:
    return "late" if told.late else ""


def _fixed(one: Receipt) -> bool:
    """Whether the teacher has said whose it is."""
    return one.chosen == BY_HAND or one.why in (_TAKEN, _PUT_HERE)


def _time(file: Path) -> str:
    """When it was written, in the time of this machine, as a zip has it too."""
    then = datetime.fromtimestamp(max(file.stat().st_mtime, 0)).astimezone()
    return then.strftime("%Y-%m-%d %H:%M:%S")
