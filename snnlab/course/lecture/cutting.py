"""A chapter, cut into slides.

A slide has a heading and at most one thing to look at: a panel, a figure, an equation, a table, a program or
an exercise. The words before and behind it stand with it as far as there is room, in whole sentences, and the
rest is what the speaker says. Each section of the chapter is a column of slides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bs4 import Tag

from snnlab.course.lecture.chapter_page import ChapterPage, words_of
from snnlab.course.lecture.sentences import count, split_list, split_words
from snnlab.course.lecture.teachers_notes import TeachersNotes

__all__ = ["Slide", "cut"]

ALONE, PARAGRAPH = 80, 55  # words of a slide of nothing but words, and of each of its paragraphs
ABOVE, BELOW = 40, 30  # words above and below something to look at; an equation leaves room for more
BEFORE_EQUATION = 60
LINES = 30  # of a program; a longer one is for the notes
_LIVES = ("panel", "exercise")  # fills its slide


@dataclass
class Slide:
    """What stands on one slide, and what the speaker says to it."""

    heading: str
    kind: str = "words"
    body: list[Tag] = field(default_factory=list)
    notes: list[Tag | str] = field(default_factory=list)
    words: int = 0
    below: int = 0
    id: str = ""


def cut(chapter: ChapterPage, teacher: TeachersNotes) -> list[list[Slide]]:
    """Cut a chapter into columns of slides.

    Parameters
    ----------
    chapter : ChapterPage
        The chapter, which is taken apart.
    teacher : TeachersNotes
        What the teacher has to say to it.

    Returns
    -------
    list of list of Slide
        A list of slides for each section.
    """
    first = chapter.article.find("section", recursive=False)
    if not isinstance(first, Tag):
        return []
    columns: list[list[Slide]] = []
    for section in [first, *(part for part in first.select("section"))]:
        column = _Column(section, teacher, title=section is first)
        for block in list(section.find_all(True, recursive=False)):
            if block.name not in ("section", "h1", "h2", "h3", "h4"):
                column.take(block)
        columns.append(column.slides)
    if columns[0]:
        columns[0][0].notes.insert(0, teacher.opening)
    return [slides for slides in columns if slides]


class _Column:
    """The slides of one section, while its blocks come one by one."""

    def __init__(self, section: Tag, teacher: TeachersNotes, title: bool):
        heading = section.find(["h1", "h2", "h3", "h4"], recursive=False)
        self.heading = words_of(heading) if isinstance(heading, Tag) else ""
        self.teacher = teacher
        self.asked = False  # whether the form of an exercise is still to come
        self.alone = 2 * ALONE if section.get("id") == "references" else ALONE
        self.slides: list[Slide] = []
        self.slide = self.begin("title" if title else "words")
        self.slide.id = str(section.get("id", ""))
        if title and isinstance(question := section.find("p", recursive=False), Tag):
            self.slide.body.append(question.extract())

    def begin(self, kind: str = "words", heading: str = "") -> Slide:
        """Another slide; one on which nothing stands yet becomes it."""
        if not self.slides or self.slide.body:
            self.slides.append(Slide(self.heading))
            self.slide = self.slides[-1]
        self.slide.kind = kind
        self.slide.heading = heading or self.slide.heading
        return self.slide

    def take(self, block: Tag) -> None:
        """Find a place for a block of the chapter."""
        names = list(block.get("class") or ())
        if str(block.get("id", "")).startswith("exercise-"):
            self.exercise(block)
        elif "snn-exercise" in names:
            self.form(block)
        elif "cell" in names:
            self.cell(block)
        elif "math" in names:
            self.look("equation", [block])
        elif any(name.startswith("highlight") for name in names):
            self.look("code", [block])
        elif "pst-scrollable-table-container" in names or block.name == "table":
            self.look("table", [block])
        elif "snn-in-page" in names or self.asked:
            self.slide.body.append(block)  # a hint
        elif block.name in ("ul", "ol"):
            for part in split_list(block, self.alone):
                self.say(part, [part], self.alone)
        elif block.name in ("details", "blockquote"):
            self.say(block, block.find_all("p", recursive=False), PARAGRAPH)
        else:
            self.paragraph(block)

    def paragraph(self, block: Tag) -> None:
        """Words: with what stands on the slide if there is room, or else on another."""
        after = self.slide.kind not in ("words", "title", *_LIVES)
        self.say(block, [block], BELOW if after else PARAGRAPH)

    def say(self, block: Tag, paragraphs: Sequence[Tag], budget: int) -> None:
        """Put words onto this slide, or onto another if it is full; the notes get what is too long."""
        rests = [rest for part in paragraphs if (rest := split_words(part, budget)) is not None]
        words, slide = sum(map(count, paragraphs)), self.slide
        if slide.kind in ("title", *_LIVES):
            slide = self.begin()
        elif slide.kind == "words":
            slide = self.begin() if slide.words and slide.words + words > self.alone else slide
        elif (slide.below and block.name == "p") or slide.below + words > 2 * BELOW:
            slide = self.begin()
        else:
            slide.below += words
        if block.name == "details" and not slide.body:
            block["open"] = ""  # what was asked on the slide before is answered by going on
        slide.words += words
        slide.body.append(block)
        slide.notes += rests

    def look(self, kind: str, parts: list[Tag]) -> None:
        """Something to look at, below the words that lead to it."""
        most = BEFORE_EQUATION if kind == "equation" else ABOVE
        if self.slide.kind != "words" or self.slide.words > most:
            body = self.slide.body
            lead = body.pop() if len(body) > 1 and _leads(body[-1]) else None
            self.begin(kind)
            self.slide.body += [lead] if lead is not None else []
        self.slide.kind = kind
        self.slide.body += parts

    def exercise(self, statement: Tag) -> None:
        """The statement of an exercise, with what the teacher knows of it."""
        title = statement.find("strong")
        heading = words_of(title).rstrip(".") if isinstance(title, Tag) else ""
        if isinstance(title, Tag):
            title.extract()
        self.begin("exercise", heading)
        self.asked = True
        self.slide.body.append(statement)
        task = str(statement["id"]).removeprefix("exercise-").replace("-", ".")
        if mistakes := self.teacher.mistakes.get(task):
            self.slide.notes += ["<p><strong>What goes wrong</strong></p>", mistakes]
        if question := self.teacher.questions.get(task):
            self.slide.notes += ["<p><strong>To talk about afterwards</strong></p>", f"<ul>{question}</ul>"]

    def form(self, block: Tag) -> None:
        """The form of an exercise, below its statement."""
        self.asked = False
        self.slide.body.append(block)

    def cell(self, block: Tag) -> None:
        """A cell: its panel, its pictures or its program are looked at; the rest is for the notes."""
        tags = set(block.get("class") or [])
        self.asked = self.asked and "tag_part:goal" not in tags
        hosts = block.select(".snnlab-host")
        if hosts:
            heading = self.slide.heading if "tag_part:exercise" in tags else ""
            self.begin("panel", heading)
            self.slide.body += [_holder(host) for host in hosts]
            self.slide.id = self.slide.id or str(block.get("id", ""))
        pictures = [picture for picture in block.select(".cell_output .output") if picture.find("img")]
        if pictures:
            if pictures[0].find_parent("details"):  # it answers what was asked on the slide before
                self.begin("figure")
            self.look("figure", [picture.extract() for picture in pictures])
        elif not hosts and tags & {"tag_part:code", "tag_part:by-hand"} and not block.find("details"):
            self.program(block)
            return
        self.note_cell(block)

    def program(self, block: Tag) -> None:
        """A program that the chapter shows; of one that only prints a source there is the source alone."""
        source, output = block.select_one(".cell_input"), block.select_one(".cell_output")
        parts = [part.extract() for part in (source, output) if part is not None]
        call = [parts.pop(0)] if len(parts) == 2 and "getsource" in words_of(parts[0]) else []
        if sum(part.get_text().count("\n") for part in parts) > LINES:
            call += parts
        else:
            self.look("code", parts)
        self.slide.notes += call

    def note_cell(self, block: Tag) -> None:
        """What is left of a cell, as the speaker may need it."""
        for folded in block.select("details"):
            for line in folded.find_all("summary", recursive=False):
                line.decompose()
            folded.unwrap()
        left = [part for part in block.select("pre") if part.get_text().strip()]
        if left:
            self.slide.notes.append("<p><strong>The cell of the notebook</strong></p>")
            self.slide.notes += [part.extract() for part in left]


def _holder(host: Tag) -> Tag:
    """The place of a panel, whose height is the screen that the panel has."""
    holder = Tag(name="div", attrs={"class": "stage", "data-prevent-swipe": ""})
    screen = Tag(name="div", attrs={"class": "screen", "data-screen": ""})
    holder.append(screen)
    screen.append(host.extract())
    return holder


def _leads(block: Tag) -> bool:
    """Whether the sentence goes on in what comes next."""
    return block.name == "p" and not words_of(block).endswith((".", "?", "!", ".)", "”"))
