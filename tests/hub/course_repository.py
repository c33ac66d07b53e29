"""The chapters as a repository that a hub's links fetch, served on this machine."""

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from hub.real_hub import Hub
from hub.student import CHAPTER
from jupyter_host import free_port
from tree import ROOT

__all__ = ["Course", "served"]

WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A teacher"), ("EMAIL", "teacher@uni.example"))
}


class Course:
    """A repository called course, with an address."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.address = folder / "course", f"git://127.0.0.1:{port}/course"
        place = (self.folder / CHAPTER).parent
        place.mkdir(parents=True)
        for file in (ROOT / CHAPTER, ROOT / "book" / "chapters" / "glossary.md"):
            shutil.copy(file, place)
        self._git("init", "--quiet", "--initial-branch", "main")
        self.publish("The course")

    def publish(self, message: str) -> None:
        """Commit what stands in the folder."""
        self._git("add", "--all")
        self._git("commit", "--quiet", "--message", message)

    def change(self, old: str, new: str) -> None:
        """A newer edition of the chapter: a sentence is another one."""
        file = self.folder / CHAPTER
        text = file.read_text(encoding="utf-8")
        assert json.dumps(old)[1:-1] in text
        file.write_text(text.replace(json.dumps(old)[1:-1], json.dumps(new)[1:-1]), encoding="utf-8")

    def _git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.folder, env={**os.environ, **WHO}, check=True)


@contextlib.contextmanager
def served(hub: Hub) -> Iterator[Course]:
    """Make the repository, and serve it as long as the block lasts."""
    port, place = free_port(), hub.folder / "repositories"
    course = Course(place, port)
    command = ["git", "daemon", "--export-all", f"--base-path={place}", "--reuseaddr"]
    with (hub.folder / "logs" / "git.txt").open("ab") as log:
        daemon = subprocess.Popen(
            [*command, "--listen=127.0.0.1", f"--port={port}"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        look = ["git", "ls-remote", course.address]
        hub.wait_for(
            lambda: subprocess.run(look, capture_output=True).returncode == 0, "no repository is served"
        )
        yield course
    finally:
        daemon.terminate()
        daemon.wait()
