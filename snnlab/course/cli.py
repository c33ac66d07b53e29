"""The command `snnlab`: what may be typed, and who answers it.

Nothing is imported before it is known what is wanted, so that ``snnlab --help`` answers at once.
"""

import argparse
import difflib
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from snnlab.course.classroom.commands import CLASS_COMMANDS, add_class_commands, run_class_command
from snnlab.course.errors import CommandError
from snnlab.course.ports import port_number
from snnlab.course.printable import printable
from snnlab.other_snnlab import conflict

__all__ = ["main"]


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence, with the command that may have been meant."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{message}{_meant(message)} (`{self.prog} --help` shows what can be typed)")


def _meant(complaint: str) -> str:
    """Of the choices that a complaint lists the one that is nearest to what was typed, as a question.

    Examples
    --------
    >>> _meant("argument COMMAND: invalid choice: 'opn' (choose from 'open', 'book')")
    ': did you mean `open`?'
    >>> _meant("argument COMMAND: invalid choice: 'bok' (choose from open, book)")
    ': did you mean `book`?'
    """
    found = re.search(r"invalid choice: '([^']*)'.* \(choose from (.*)\)", complaint)
    if not found:
        return ""
    choices = re.findall(r"[\w-]+", found[2])
    near = difflib.get_close_matches(found[1].casefold(), choices, n=1)
    return f": did you mean `{near[0]}`?" if near else ""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments after ``snnlab``; those of this process by default.

    Returns
    -------
    int
        0 if it worked, 2 if the reader has to do something first: one sentence on stderr says what.

    Examples
    --------
    >>> main(["open", "--port", "many"])  # a sentence on stderr says what a port is
    2
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console of another code page must not stop a command
    try:
        return _dispatch(_parser().parse_args(argv))
    except CommandError as error:
        sentence = " ".join(str(error).split())  # on one line, whatever it quotes
        print("snnlab:", printable(sentence), file=sys.stderr)
    except OSError as error:  # a full disk, a file that another program holds
        what = " ".join(str(part) for part in (error.filename, error.strerror or error) if part)
        print(f"snnlab: {printable(what)}: mend that and try again", file=sys.stderr)
    except SystemExit as stop:  # after --help
        return int(stop.code or 0)
    except KeyboardInterrupt:
        print("snnlab: stopped", file=sys.stderr)
        return 130
    return 2


def _dispatch(given: argparse.Namespace) -> int:
    if given.command != "doctor" and (sentence := conflict()):
        raise CommandError(sentence)
    if given.version:
        from snnlab import __version__

        print(f"snnlab {__version__}")
        return 0
    match given.command:
        case "open":
            from snnlab.course.opening.open_course import open_course

            return open_course(given.chapter, given.dir, given.port, given.browser, given.check)
        case "book":
            from snnlab.course.building import show_book

            return show_book(given.out, given.port, given.serve)
        case "site":
            from snnlab.course.site import write_site

            return write_site(given.out)
        case "slides":
            from snnlab.course.lecture.commands import write_slides

            return write_slides(given.chapter, given.out, given.pages)
        case "pdf":
            from snnlab.course.lecture.commands import write_pdf

            return write_pdf(given.chapter, given.out, given.pages, given.browser)
        case "warmup":
            from snnlab.course.warmup import warm_up

            return warm_up()
        case "doctor":
            from snnlab.course.doctor import examine

            return examine(given.dir)
        case name if name in CLASS_COMMANDS:
            return run_class_command(given)
    _parser().print_help()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="snnlab",
        description="A course on spiking neural networks. `snnlab COMMAND --help` tells more.",
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help=argparse.SUPPRESS)  # who reads it has typed it
    parser.add_argument("-V", "--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def command(name: str, does: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=does, description=does[0].upper() + does[1:] + ".")

    this = command("open", "open a chapter in JupyterLab, in a copy of your own")
    this.add_argument(
        "chapter", nargs="?", help="a number, a part of the name, or `playground`; the first by default"
    )
    this.add_argument("--dir", metavar="FOLDER", help=_DIR)
    this.add_argument("--port", type=port_number, help="the port of the server; a free one by default")
    this.add_argument("--no-browser", dest="browser", action="store_false", help="only print the address")
    this.add_argument("--check", action="store_true", help="see that it works, print the address and stop")

    this = command("book", "build the book as web pages and show it")
    this.add_argument("--out", metavar="FOLDER", help="where to build; by default in the repository")
    this.add_argument("--port", type=port_number, help="the port of the server; a free one by default")
    this.add_argument("--no-serve", dest="serve", action="store_false", help="only build")

    this = command("site", "write the book as a folder for any web host, and as a zip")
    this.add_argument("out", nargs="?", default="snnlab-site", help="the folder; snnlab-site by default")

    this = command("slides", "write a chapter as slides on which its panels live")
    this.add_argument("chapter", help=_ONE)
    this.add_argument("--out", metavar="FOLDER", help="the folder; snnlab-slides-05 for chapter 5 by default")
    this.add_argument("--pages", metavar="FOLDER", help=_PAGES)

    this = command("pdf", "print a chapter to a PDF, with panels as pictures")
    this.add_argument("chapter", help=_ONE)
    this.add_argument("--out", metavar="FILE", help="the file; snnlab-05.pdf for chapter 5 by default")
    this.add_argument("--pages", metavar="FOLDER", help=_PAGES)
    this.add_argument("--browser", metavar="PROGRAM", help="Chromium, Chrome, Edge or Brave, if not found")

    command("warmup", "compile everything now, so that nothing waits later")

    this = command("doctor", "say what works on this machine, what does not, and why")
    this.add_argument("--dir", metavar="FOLDER", help=_DIR)

    add_class_commands(command)
    return parser


_CHAPTER = "a number, a part of the name, or `playground`; by default the first"
_DIR = "your folder; SNNLAB_HOME or snnlab-course in your home folder by default"
_ONE = "a number, or a part of the name"
_PAGES = "the folder of a built book or of a site; by default the book is built"
