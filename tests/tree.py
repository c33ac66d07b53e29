"""The files of the repository, as a clean clone would have them with today's changes in it."""

import shutil
import subprocess
from pathlib import Path

from needs import need

ROOT = Path(__file__).parents[1]


def files() -> list[Path]:
    """Every file that is committed or about to be, relative to the root."""
    need((ROOT / ".git").exists() and shutil.which("git"), "needs a clone of the repository and git")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")
    return sorted(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file())


def copy(target: Path) -> Path:
    """A copy of these files in `target`, which is made."""
    for file in files():
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / file, target / file)
    return target
