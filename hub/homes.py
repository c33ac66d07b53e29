"""Brings exercises into the homes of a class on one server, and takes back what was handed in.

    sudo python3 hub/homes.py give class/part1    each student's folder, as ~/part1
    sudo python3 hub/homes.py take class/part1    what lies there, into handed-in/part1

Students are called on the hub as in the roster; `--homes "~jupyter-s{}"` if a letter is put before it. Each
file is written and read by a process of its student: a link that leads elsewhere leads to what they could
read or write anyway. Nothing that is there is overwritten, and the second call does what the first could not.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

LARGEST = 25_000_000  # bytes: more is no notebook
MOST = 20  # files of one student
PATIENCE = 60  # s for one file
NOBODY = "has no home yet, because they have not been on the hub"
LONGEST = 25  # characters of an account: a longer one is cut by the hub
ROOT = os.access("/etc", os.W_OK)  # who else cannot become somebody
PUT = """umask 077
mkdir -p -- "$1" || exit 1
[ ! -e "$1/$2" ] || exit 3
cat > "$1/$2" || { rm -f -- "$1/$2"; exit 1; }"""
FIND = r"""[ -d "$1" ] || exit 0
find "$1" -maxdepth 1 -type f \( -name "*.ipynb" -o -name "*.json" \) -printf "%T@ %f\0" """


def home_of(homes: str, name: str) -> Path:
    """Where the home of a student is.

    A JupyterHub has all names in small letters, and The Littlest cuts what is too long for an account.

    Parameters
    ----------
    homes, name : str
        The place with `{}` in it, and the name in the roster.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    OSError
        If nobody has it yet.
    """
    place = homes.replace("{}", name.lower())
    account = place.removeprefix("~")
    if account != place and len(account) > LONGEST:
        place = f"~{account[: LONGEST + 1]}-{hashlib.sha256(account.encode()).hexdigest()[:5]}"
    try:
        home = Path(place).expanduser()
    except RuntimeError as error:  # no such account
        raise OSError(NOBODY) from error
    if not home.is_dir():
        raise OSError(NOBODY)
    return home


def as_student(home: Path, words: list[str], given: bytes = b"") -> subprocess.CompletedProcess:
    """Run a program in a home with the rights of whoever it belongs to, if these are not ours anyway.

    Parameters
    ----------
    home : Path
        The folder.
    words : list of str
        The program and its arguments.
    given : bytes
        What it reads.

    Returns
    -------
    CompletedProcess
        With what it wrote, as bytes.
    """
    there = home.stat()
    if ROOT and there.st_uid == 0:
        raise OSError(f"{home} belongs to root")
    rights = {"user": there.st_uid, "group": there.st_gid, "extra_groups": []} if ROOT else {}
    clean = {"PATH": "/usr/bin:/bin"}
    return subprocess.run(
        words, cwd=home, input=given, capture_output=True, timeout=PATIENCE, env=clean, **rights
    )


def give(home: Path, part: str, folder: Path) -> str:
    """Put the files of a student into their home.

    Parameters
    ----------
    home, part, folder
        Where to, the name of the folder there, and where from.

    Returns
    -------
    str
        What became of it.
    """
    new = 0
    for file in sorted(folder.iterdir()):
        done = as_student(home, ["sh", "-c", PUT, "sh", part, file.name], file.read_bytes())
        if done.returncode not in (0, 3):
            raise OSError(done.stderr.decode("utf-8", "replace").strip() or f"{file.name} was not written")
        new += done.returncode == 0
    return f"{new} new" if new else "has them already"


def take(home: Path, part: str, folder: Path) -> str:
    """Copy what a student has in the folder of the part.

    Parameters
    ----------
    home, part, folder
        Where from, the name of the folder there, and where to.

    Returns
    -------
    str
        What became of it.
    """
    listed = as_student(home, ["sh", "-c", FIND, "sh", part]).stdout.split(b"\0")[:-1]
    for number, line in enumerate(listed[:MOST], 1):
        changed, _, name = line.decode("utf-8", "surrogateescape").partition(" ")
        words = ["head", "--bytes", str(LARGEST + 1), "--", f"{part}/{name}"]
        content = as_student(home, ["timeout", str(PATIENCE - 5), *words]).stdout
        if len(content) > LARGEST:
            return "a file with more than 25 MB: ask for a smaller one"
        copy = folder / f"{number}{Path(name).suffix}"
        for made in (folder.parents[1], folder.parent, folder):
            if not made.is_dir():
                made.mkdir(mode=0o700)
                hand_over(made)
        copy.write_bytes(content)
        os.utime(copy, (float(changed), float(changed)))
        hand_over(copy)
    return f"{len(listed[:MOST])} taken" if listed else "nothing there"


def hand_over(made: Path) -> None:
    """Give what root has made to whoever called sudo.

    Parameters
    ----------
    made : Path
        A file or a folder.
    """
    if ROOT and "SUDO_UID" in os.environ:
        os.chown(made, int(os.environ["SUDO_UID"]), int(os.environ["SUDO_GID"]))


def main(given: list[str]) -> int:
    """Do it for each student, and say what became of it.

    Parameters
    ----------
    given : list of str
        The arguments.

    Returns
    -------
    int
        0, or 1 if it failed for somebody.
    """
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("what", choices=["give", "take"])
    parser.add_argument("folder", type=Path, help="the folder of the class, such as class/part1")
    parser.add_argument("--homes", default="~jupyter-{}", help="where the home of a student is")
    parser.add_argument("--into", type=Path, default=Path("handed-in"), help="where `take` puts the files")
    asked = parser.parse_args(given)
    part, failed = asked.folder.resolve().name, 0
    students = sorted(folder for folder in (asked.folder / "students").iterdir() if folder.is_dir())
    for folder in students:
        name = folder.name
        try:
            home = home_of(asked.homes, name)
            target = folder if asked.what == "give" else asked.into / part / name
            said = (give if asked.what == "give" else take)(home, part, target)
        except (OSError, subprocess.TimeoutExpired) as error:  # each student for themselves
            said, failed = f"FAILED: {error}", failed + 1
        print(f"{name}: {said}", flush=True)
    print(f"{len(students) - failed} of {len(students)} students")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
