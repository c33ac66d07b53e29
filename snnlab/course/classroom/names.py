"""Whose name is this? Names as an LMS writes them, compared with the roster.

Capitals, accents, hyphens and the order of the words do not count. A name that two students share decides
nothing.
"""

import re
import unicodedata
from collections.abc import Iterable

from snnlab.course.classroom.roster import Student

__all__ = ["Directory", "fold", "participant_number"]

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_PARTICIPANT = re.compile(r"[^\W\d]\D* (\d+)")  # Moodle's "Participant 17", in any language
_SEEN = re.compile(r"[^\W_]+")


def participant_number(student: Student) -> str:
    """The number of a participant in one of Moodle's assignments, "" if the roster tells none.

    Examples
    --------
    >>> participant_number(Student("s1", login="Participant 17")), participant_number(Student("s1"))
    ('17', '')
    """
    found = _PARTICIPANT.fullmatch(student.login)
    return found[1] if found else ""


def fold(text: str) -> tuple[str, ...]:
    """The words of a name, without capitals and accents, in alphabetical order.

    Examples
    --------
    >>> fold("Łukasiewicz, Ján-Marie") == fold("jan marie LUKASIEWICZ")
    True
    >>> fold("O'Brien")
    ('obrien',)
    """
    return tuple(sorted(_words(text)))


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _SEEN.findall(re.sub("['\N{RIGHT SINGLE QUOTATION MARK}`´]", "", plain))


def _spellings(name: str) -> list[list[str]]:
    """The words of a name, and those of Mueller for Müller."""
    found = [_words(name)]
    german = _words(unicodedata.normalize("NFC", name).casefold().translate(_UMLAUTS))
    return found if german == found[0] else [*found, german]


class Directory:
    """The students of a class, to be found by what a file or a row says of them.

    Parameters
    ----------
    students : iterable of Student
        The roster.

    Examples
    --------
    >>> class_ = Directory([Student("ada", "Ada Lovelace", "ada@uni.example"), Student("bo", "Bo Ek")])
    >>> class_.by_name("LOVELACE, Ada"), class_.by_squeezed("ekbo"), class_.by_id("Ada")
    ({'ada'}, {'bo'}, {'ada'})
    """

    def __init__(self, students: Iterable[Student]):
        self.students = {student.id: student for student in students}
        self._ids: dict[str, set[str]] = {}
        self._numbers: dict[str, set[str]] = {}
        self._emails: dict[str, set[str]] = {}
        self._names: dict[tuple[str, ...], set[str]] = {}
        self._squeezed: dict[str, set[str]] = {}
        for id, student in self.students.items():
            for word in filter(None, (id, student.login)):
                self._ids.setdefault(word.casefold(), set()).add(id)
            if number := participant_number(student):
                self._numbers.setdefault(number, set()).add(id)
            if student.email:
                self._emails.setdefault(student.email.strip().casefold(), set()).add(id)
            for words in _spellings(student.name):
                if words:
                    self._names.setdefault(tuple(sorted(words)), set()).add(id)
                for k in range(len(words)):  # lovelaceada as well as adalovelace
                    self._squeezed.setdefault("".join(words[k:] + words[:k]), set()).add(id)

    def by_id(self, text: str) -> set[str]:
        """The student with this id, or with this login."""
        return self._ids.get(unicodedata.normalize("NFC", text.strip()).casefold(), set())

    def by_number(self, number: str) -> set[str]:
        """The participant with this number of Moodle's, if the roster tells the numbers."""
        return self._numbers.get(number, set())

    def by_email(self, text: str) -> set[str]:
        """Those with this address."""
        return self._emails.get(text.strip().casefold(), set())

    def by_name(self, text: str) -> set[str]:
        """Those whose name has these words, in any order."""
        found: set[str] = set()
        for words in _spellings(text):
            found |= self._names.get(tuple(sorted(words)), set())
        return found

    def by_squeezed(self, text: str) -> set[str]:
        """Those whose name this is without spaces, with any of its words first."""
        found: set[str] = set()
        for words in _spellings(text):
            found |= self._squeezed.get("".join(words), set())
        return found
