"""`snnlab slides` and `snnlab pdf`: from what is typed to what is written."""

from pathlib import Path

from snnlab.course.building import build_book
from snnlab.course.errors import CommandError, require
from snnlab.course.opening.chapter_names import chapter_names, find_chapter
from snnlab.course.places import chapters_folder

__all__ = ["write_pdf", "write_slides"]


def write_slides(asked: str, out: str | None, pages: str | None) -> int:
    """Write a chapter as slides.

    Parameters
    ----------
    asked : str
        The chapter: a number, or a part of the name.
    out : str or None
        The folder; None is ``snnlab-slides-05`` for chapter 5, where the command is typed.
    pages : str or None
        The folder of the built pages; None builds the book.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    CommandError
        If there is no such chapter, a package is missing, or the folder is something else.
    """
    name = _chapter("slides", asked, pages)
    require("slides", "bs4", "sphinx_revealjs")
    from snnlab.course.lecture.chapter_page import read_chapter
    from snnlab.course.lecture.deck import check_folder, write_deck

    folder = Path(out or f"snnlab-slides-{_number(name)}").expanduser().absolute()
    check_folder(folder)  # a build takes its time
    chapter = read_chapter(_pages(pages) / "chapters" / f"{name}.html")
    write_deck(chapter, folder)
    print(f"{folder / 'index.html'} opens in any browser, without a network. S shows the speaker's notes.")
    return 0


def write_pdf(asked: str, out: str | None, pages: str | None, browser: str | None) -> int:
    """Write a chapter as a PDF, printed by Chromium.

    Parameters
    ----------
    asked : str
        The chapter: a number, or a part of the name.
    out : str or None
        The file; None is ``snnlab-05.pdf`` for chapter 5, where the command is typed.
    pages : str or None
        The folder of the built pages; None builds the book.
    browser : str or None
        Which Chromium prints; None is the one that is installed.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    CommandError
        If there is no such chapter, no Chromium, or it cannot print.
    """
    name = _chapter("pdf", asked, pages)
    require("book", "bs4")
    from snnlab.course.lecture.chapter_page import read_chapter
    from snnlab.course.lecture.chromium import find_chromium
    from snnlab.course.lecture.paper import print_chapter

    file = Path(out or f"snnlab-{_number(name)}.pdf").expanduser().absolute()
    if file.suffix.casefold() != ".pdf" or file.is_dir():
        raise CommandError(f"{file} is no name of a PDF: name a file that ends in .pdf")
    program = find_chromium(browser)
    chapter = read_chapter(_pages(pages) / "chapters" / f"{name}.html")
    print_chapter(chapter, file, program)
    print(f"{file} is chapter and panels on paper, with everything that they link to.")
    return 0


def _chapter(command: str, asked: str, pages: str | None) -> str:
    """The name of the file of a chapter, without its ending."""
    if pages:
        folder = _pages(pages) / "chapters"
        names = sorted(f"{file.stem}.ipynb" for file in folder.glob("[0-9]*_*.html"))
        if not names:
            raise CommandError(f"{folder} has no pages of chapters: name the folder that has index.html")
    else:
        there = chapters_folder()
        names = chapter_names(there) if there else []
    return find_chapter(asked, names, f"snnlab {command}").removesuffix(".ipynb")


def _pages(pages: str | None) -> Path:
    return Path(pages).expanduser().absolute() if pages else build_book().parent


def _number(name: str) -> str:
    return name.partition("_")[0]
