"""No page of the book, and nothing else that lies beside the pages, holds a solution of a class exercise."""

from classroom.solutions import solution_texts


def test_no_file_of_the_site_holds_a_solution(pages):
    texts = solution_texts()
    looked, found = 0, {}
    for file in pages.rglob("*"):
        if file.is_file() and file.suffix in (".html", ".ipynb", ".md", ".js", ".txt", ".py", ".json"):
            looked += 1
            text = file.read_text(encoding="utf-8", errors="replace")
            if held := {where for words, where in texts.items() if words in text}:
                found[file.name] = held
    assert looked > 3 and found == {}
