"""What strangers write is shown by a terminal, and not obeyed."""

import sys
import unicodedata

import pytest

from snnlab.course import cli
from snnlab.course.classroom.commands import run_class_command
from snnlab.course.errors import CommandError
from snnlab.course.printable import printable, say, shortened


def test_whatever_a_terminal_obeys_becomes_a_question_mark():
    for code in range(sys.maxunicode + 1):
        c = chr(code)
        obeyed = unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in "\u200c\u200d"
        assert (printable(c) == "?") == (obeyed or c == "?" or unicodedata.category(c) in ("Co", "Cn"))


@pytest.mark.parametrize("name", ["Zoë Müller-Lüdenscheidt", "علی\u200cرضا", "李雷", "Łukasz 🦗", "O’Brien"])
def test_names_of_people_stay(name):
    assert printable(name) == name == shortened(name)


def test_a_line_is_one_line(capsys):
    say("s1: a\x1b[2J\r\ns2: b\x85c\u2028d\u202e\u2066.ipynb")
    assert capsys.readouterr().out == "s1: a?[2J??s2: b?c?d??.ipynb\n"


def test_an_error_that_quotes_a_name_is_one_line(monkeypatch, capsys):
    def refuse(_):
        raise CommandError('there is no "a\x1b[2J\n\u202eb"')

    monkeypatch.setattr(cli, "run_class_command", refuse)
    assert run_class_command is not refuse and cli.main(["marks", "class", "--into", "x.csv"]) == 2
    assert capsys.readouterr().err == 'snnlab: there is no "a?[2J ?b"\n'
