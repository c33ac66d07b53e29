"""Run a student's cells shut in, and bring back what they answer as plain data.

Numbers are read from one fresh process and functions are called in another, so that the arguments of the
hidden calls are never where a number is told. In each, all cells run in order, and an exercise is asked for
right after its cell, as long as the names that the cell used still mean the same. When a cell or a call stops
the process, another one goes on without it: one answer's endless loop does not cost another its points. Nor
does one that runs out of memory: what it has gathered until then would be missing in all cells that follow.
"""

import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

from snnlab.course.classroom.sandbox.isolation import Isolation
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.student_pipe import StudentPipe
from snnlab.course.other_process.frames import encode
from snnlab.course.other_process.outcome import Outcome
from snnlab.course.other_process.outside import Stopped

__all__ = ["Answer", "Answers", "Ask", "Source", "run"]

_OUT_OF_MEMORY = ("MemoryError", "_ArrayMemoryError")  # the second is NumPy's
_MUCH = 0.2  # of the memory, of which a cell that holds it leaves too little for others


class Source(NamedTuple):
    """A cell to run."""

    text: str
    """Python, as the student left it."""
    exercise: str = ""
    """Whose answer it is."""


class Ask(NamedTuple):
    """An answer that is wanted."""

    exercise: str
    variable: str
    cases: list[tuple] | None = None
    """Arguments of the calls, if it is a function."""


class Answer(NamedTuple):
    """What came of an exercise."""

    replies: tuple[Outcome, ...]
    """One for a number; one for each call of a function, fewer if it was stopped."""
    stopped: str = ""
    """Why the process was stopped at it, as `Stopped` has it; "time" if it was never reached."""

    @property
    def empty(self) -> bool:
        """Whether nothing was found under the name, or only the dots of the stub."""
        return not self.stopped and all(
            reply.kind in ("missing", "untouched") or reply.name in ("ellipsis", "NotImplementedError")
            for reply in self.replies
        )

    @property
    def nameless(self) -> bool:
        """Whether it failed for want of something that a later cell may define."""
        return any(
            reply.kind == "error" and reply.name in ("NameError", "KeyError") for reply in self.replies
        )


class Answers(NamedTuple):
    """What came of a submission."""

    answers: dict[str, Answer]
    """By exercise."""
    cells: dict[int, Outcome | str]
    """Of the cells that failed: the exception, or why the process had to be stopped."""
    innocent: bool = False
    """Whether others on this machine may have brought a stop about: run it again, alone."""


def run(
    sources: Sequence[Source],
    asks: Sequence[Ask],
    limits: Limits,
    isolation: Isolation,
    halt: threading.Event | None = None,
) -> Answers:
    """Run cells and ask for answers.

    Parameters
    ----------
    sources : sequence of Source
        In the notebook's order.
    asks : sequence of Ask
        What is wanted.
    limits : Limits
        Of the whole submission.
    isolation : Isolation
        How it is shut in.
    halt : threading.Event, optional
        Ends it with `snnlab.course.classroom.sandbox.student_pipe.Halted` once it is set.

    Returns
    -------
    Answers
        One for each of `asks`.

    Raises
    ------
    NotStarted
        If the process does not come up, which is never the student's doing.
    """
    work = _Work(sources, limits, isolation, halt)
    work.go([ask for ask in asks if ask.cases is None])
    errors = dict(work.errors)  # those of the first time, before any hidden argument was near
    work.go([ask for ask in asks if ask.cases is not None])
    nothing = Answer((), "time")
    return Answers(
        {ask.exercise: work.answers.get(ask.exercise, nothing) for ask in asks},
        {**{k: reason for k, reason in work.errors.items() if isinstance(reason, str)}, **errors},
        work.innocent,
    )


class _Work:
    """The state between the processes of one submission."""

    def __init__(
        self,
        sources: Sequence[Source],
        limits: Limits,
        isolation: Isolation,
        halt: threading.Event | None,
    ):
        self.sources, self.limits, self.isolation, self.halt = sources, limits, isolation, halt
        self.left, self.restarts = limits.total, limits.restarts
        self.answers: dict[str, Answer] = {}
        self.errors: dict[int, Outcome | str] = {}
        self.innocent = False

    def go(self, asks: list[Ask]) -> None:
        """All cells in a fresh process, again without what stopped it, until it comes to the end."""
        over: set[tuple[str, int]] = set()  # asked for already, after which cell
        left_out: set[int] = set()  # cells that hold so much memory that too little is left for others
        while asks and self.left > 0 and self.restarts >= 0:
            with StudentPipe(self.isolation, self.limits, self.halt) as pipe:
                try:
                    self._once(pipe, asks, over, left_out)
                    return
                except Stopped as stopped:
                    self.innocent = self.innocent or stopped.innocent
                    self.restarts -= 1
                finally:
                    self.left -= pipe.spent

    def _once(
        self, pipe: StudentPipe, asks: list[Ask], over: set[tuple[str, int]], left_out: set[int]
    ) -> None:
        def left() -> float:
            return self.left - pipe.spent

        wanted = {ask.exercise for ask in asks}
        grown: dict[int, int] = {}  # what each cell has added to the process
        size = pipe.addresses()
        last = max((k for k, source in enumerate(self.sources) if source.exercise in wanted), default=-1)
        for k, source in enumerate(self.sources):
            if isinstance(self.errors.get(k), str) or k in left_out:
                continue
            head = {"do": "cell", "cell": k, "source": source.text}
            try:
                reply = pipe.ask(head, [], min(self.limits.cell, left()))
            except Stopped as stopped:
                self.errors[k] = stopped.reason
                raise
            grown[k], size = pipe.addresses() - size, pipe.addresses()
            greedy = self._greedy(reply, grown)
            if greedy is not None and greedy != k:  # another cell's doing: this one has its turn without it
                left_out.add(greedy)
                raise Stopped("memory")
            if reply.kind == "error":
                self.errors.setdefault(k, reply)
            for ask in asks:
                if ask.exercise == source.exercise and (ask.exercise, k) not in over:
                    over.add((ask.exercise, k))
                    self._ask(pipe, ask, left)
            if greedy == k:
                left_out.add(k)
                raise Stopped("memory")
            if k == last and all(not self._open(ask) for ask in asks):
                return
        for ask in asks:
            if self._open(ask) and (ask.exercise, -1) not in over:
                over.add((ask.exercise, -1))
                self._ask(pipe, ask, left)

    def _greedy(self, reply: Outcome, grown: dict[int, int]) -> int | None:
        """If a cell has run out of memory: the cell that holds most of it, if it holds much."""
        if reply.name not in _OUT_OF_MEMORY or self.restarts <= 0:
            return None
        greedy = max(grown, key=lambda k: grown[k])
        return greedy if grown[greedy] > _MUCH * self.limits.memory else None

    def _open(self, ask: Ask) -> bool:
        answer = self.answers.get(ask.exercise)
        return answer is None or answer.empty or answer.nameless

    def _ask(self, pipe: StudentPipe, ask: Ask, left: Callable[[], float]) -> None:
        """The last answer that is one counts, where an exercise is asked for more than once."""
        before, replies, stopped = self.answers.get(ask.exercise), [], ""
        end = pipe.spent + min(self.limits.calls, left())
        try:
            if ask.cases is None:
                replies.append(pipe.ask({"do": "value", "variable": ask.variable}, [], end - pipe.spent))
            for case in ask.cases or ():
                arrays: list = []
                head = {"do": "call", "variable": ask.variable, "arguments": encode(case, arrays)}
                replies.append(pipe.ask(head, arrays, end - pipe.spent))
                if replies[-1].kind in ("missing", "untouched", "no function", "exit"):
                    break
        except Stopped as reason:
            stopped = reason.reason
            raise
        finally:
            answer = Answer(tuple(replies), stopped)
            if before is None or not answer.empty:
                self.answers[ask.exercise] = answer
