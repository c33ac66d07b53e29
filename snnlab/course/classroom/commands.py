"""What may be typed for a class, from handing out to giving back, and who answers it."""

import argparse
from collections.abc import Callable

from snnlab.course.errors import require

__all__ = ["CLASS_COMMANDS", "add_class_commands", "run_class_command"]

CLASS_COMMANDS = ("assign", "practice", "collect", "mark", "regrade", "merge", "marks", "feedback")
_CLASS = "the folder that `snnlab assign` made"


def run_class_command(given: argparse.Namespace) -> int:
    """Run the command that was typed; the exit code."""
    require("course", "mistune", "nbformat")
    match given.command:
        case "assign":
            from snnlab.course.classroom.handout.assigning import assign

            return assign(given.part, given.roster, given.seed, given.out, given.codes)
        case "practice":
            from snnlab.course.classroom.handout.practice import practise

            return practise(given.folder, given.lms)
        case "collect":
            from snnlab.course.classroom.intake.collecting import collect

            return collect(given.source, given.folder, given.take)
        case "mark":
            from snnlab.course.classroom.assessment.marking import mark_class
            from snnlab.course.classroom.assessment.shares import share_of

            share = share_of(given.share)
            return mark_class(
                given.folder, share, given.no_isolation, given.again, given.seconds, given.template
            )
        case "regrade":
            from snnlab.course.classroom.assessment.regrading import regrade

            return regrade(
                given.folder,
                given.write,
                given.no_isolation,
                given.seconds,
                given.keep,
                given.other_numbers,
            )
        case "merge":
            from snnlab.course.classroom.assessment.merging import merge

            return merge(given.folder, given.others)
        case "marks":
            from snnlab.course.classroom.giving_back.gradebook import fill_gradebook

            return fill_gradebook(given.folder, given.into, given.column)
        case _:
            from snnlab.course.classroom.giving_back.feedback import write_feedback

            return write_feedback(given.folder)


def add_class_commands(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add their parsers, in the order in which a class needs them.

    Parameters
    ----------
    command : callable
        Makes the parser of a name and what it does.
    """
    this = command("assign", "hand out exercises, to each student numbers of their own")
    this.add_argument("part", metavar="PART", help="part1, part2, …")
    this.add_argument(
        "--roster", required=True, metavar="CSV", help="a table with the columns id, name, email"
    )
    this.add_argument("--seed", type=int, help="decides all numbers; drawn and kept in the key by default")
    this.add_argument("--out", metavar="FOLDER", help="the folder of the class; class/PART by default")
    this.add_argument(
        "--codes", action="store_true", help="write also one page for all, which opens with code words"
    )

    this = command("practice", "play the students of a class, to try out all that follows")
    this.add_argument("folder", metavar="CLASS", help=_CLASS)
    this.add_argument("--lms", choices=("moodle", "canvas"), default="moodle", help="moodle by default")

    this = command("collect", "sort the download of what was handed in")
    this.add_argument(
        "source",
        nargs="?",
        metavar="ZIP_OR_FOLDER",
        help="what an LMS makes of all submissions, or a folder",
    )
    this.add_argument("--class", dest="folder", required=True, metavar="CLASS", help=_CLASS)
    this.add_argument(
        "--take", nargs=2, action="append", metavar=("ID", "FILE"), help="this file counts for this student"
    )

    this = command("mark", "mark what was handed in, and go on where it stopped")
    this.add_argument("folder", metavar="CLASS", help=_CLASS)
    this.add_argument("--share", default="1/1", metavar="1/2", help="only one of so many parts of the class")
    this.add_argument("--again", action="store_true", help="mark also what is marked and has not changed")
    this.add_argument("--seconds", type=float, default=20.0, help="for one submission; 20 by default")
    this.add_argument(
        "--template", default="", metavar="NAME", help="list in manual-NAME.csv what a person reads"
    )
    this.add_argument(
        "--no-isolation",
        action="store_true",
        help="run students' code with your rights, where nothing else works",
    )

    this = command("regrade", "judge anew what was marked, with corrected exercises")
    this.add_argument("folder", metavar="CLASS", help=_CLASS)
    what = this.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true", help="write what the last call without it has shown")
    what.add_argument(
        "--keep",
        action="store_true",
        help="keep all marks though the course has changed beside the exercises",
    )
    what.add_argument(
        "--other-numbers",
        action="store_true",
        help="take exercises that would give other numbers now; all are judged by what they have",
    )
    this.add_argument("--seconds", type=float, default=20.0, help="for one submission; 20 by default")
    this.add_argument("--no-isolation", action="store_true", help="as for mark")

    this = command("merge", "bring together what two assistants have marked")
    this.add_argument("folder", metavar="CLASS", help="the class that gets everything")
    this.add_argument(
        "others", nargs="+", metavar="OTHER", help="a copy of the class, or a file manual-NAME.csv"
    )

    this = command("marks", "fill a column of the gradebook that an LMS exports")
    this.add_argument("folder", metavar="CLASS", help=_CLASS)
    this.add_argument("--into", required=True, metavar="CSV", help="the exported gradebook")
    this.add_argument("--column", metavar="NAME", help="by default the one that is called after the part")

    this = command("feedback", "write a page with points and hints for each student")
    this.add_argument("folder", metavar="CLASS", help=_CLASS)
