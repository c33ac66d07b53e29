"""The names by which Moodle gives each student a file of their own.

"Upload multiple feedback files in a zip" parts the name of a folder at each ``_``, and the second word tells
whose it is: ``Ada Lovelace_1234567_assignsubmission_file``. The number is not that of a person but of a
participant in one assignment, and Moodle tells it in the grading worksheet of that assignment, before anybody
has handed in. The name in front decides nothing; it must have no ``_``.
"""

import re
from collections import Counter
from collections.abc import Iterable

from snnlab.course.classroom.names import participant_number
from snnlab.course.classroom.roster import Student

__all__ = ["moodle_folders"]

_NOT_IN_A_NAME = re.compile(r'[_<>:"/\\|?*]')


def moodle_folders(students: Iterable[Student]) -> dict[str, str]:
    """The folder for each student whose number in Moodle is known.

    Parameters
    ----------
    students : iterable of Student
        Of a roster. A number that two of them have is nobody's.

    Returns
    -------
    dict
        By id.

    Examples
    --------
    >>> moodle_folders([Student("s1", "Ada_M. Lovelace", "", "Participant 17"), Student("s2", "Bo Ek")])
    {'s1': 'Ada M. Lovelace_17_assignsubmission_file'}
    """
    numbers = {one.id: (one, number) for one in students if (number := participant_number(one))}
    often = Counter(number for _, number in numbers.values())
    return {
        id: f"{_name(one)}_{number}_assignsubmission_file"
        for id, (one, number) in numbers.items()
        if often[number] == 1
    }


def _name(student: Student) -> str:
    return " ".join(_NOT_IN_A_NAME.sub(" ", student.name).split()) or "Participant"
