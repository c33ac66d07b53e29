"""Opens the course, or runs its tests, on a machine that has only Python.

    python3 start.py                    make the environment on first use and open the course
    python3 start.py test               install what the tests need and run them, but for those of the nightly
    python3 start.py check              look through the code for mistakes: ruff, mypy, tsc and eslint
    python3 start.py book|site|...      any other command of `snnlab`, with its arguments

The environment is the folder .venv beside this file; deleting it undoes everything. Nothing but the standard
library is used, and nothing that an old Python cannot read, so that it can say that it is too old.
"""

from __future__ import print_function

import glob
import hashlib
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
STAMP = os.path.join(VENV, "snnlab.json")  # what was installed, written before the start and after the end
LOG = os.path.join(VENV, "install.log")
PYTHON = (
    os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
)

EXTRAS = ["course", "book", "slides", "test"]  # each holds the ones before it
NEEDS = {
    "test": "test",
    "check": "test",
    "book": "book",
    "site": "book",
    "pdf": "book",
    "slides": "slides",
}  # every other command needs "course"
CHECKS = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]]
JAVASCRIPT = os.path.join(
    "tests", "javascript"
)  # what looks through the JavaScript, once `npm ci` has run there
IN_TURN = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]  # file by file, the longest first
PATIENCE = ["--timeout", "1200"]  # s: a test that hangs ends by its name, before all is ended from outside
EXECUTED = os.path.join(VENV, "executed")  # notebooks that the tests have run: the book shows them
FLAGS = ["-I", "-u", "-X", "utf8"]  # no PYTHONPATH of somebody else's, each line at once, any letter
GIGABYTES = {"course": 1, "book": 1, "slides": 1, "test": 2}

# What pip prints when it fails, and what that means.
REASONS = [
    (
        "NewConnectionError|NameResolutionError|connection broken|ConnectTimeout|Max retries"
        "|Network is unreachable",
        "The package index cannot be reached: connect to the internet (or tell pip about your proxy) "
        "and run this again.",
    ),
    (
        "No matching distribution found",
        "A package that the course needs is not made for this Python (%s on %s): install Python 3.12 "
        "and run start.py with it." % (platform.python_version(), platform.machine()),
    ),
    ("No space left|Errno 28|not enough space", "The disk is full: free 2 GB and run this again."),
    (
        "Long Path",
        "The path of this folder is too long for Windows: move it nearer to the root, C:\\snnlab for "
        "example, and run this again.",
    ),
    (
        "Permission ?[Dd]enied|Read-only file system|Access is denied",
        "Something in this folder cannot be written to: close other programs that use it, or copy the folder "
        "to a place of your own.",
    ),
]


class Stop(Exception):
    """A reason to end, as one sentence for the reader."""


def say(text):
    print(text)
    sys.stdout.flush()


def check_python():
    """Stop on a Python that cannot run the course."""
    version = "%d.%d" % tuple(sys.version_info[:2])
    if tuple(sys.version_info[:2]) < (3, 11):
        raise Stop(
            "The course needs Python 3.11 or newer and this is Python %s: "
            "install a newer one and run start.py with it." % version
        )
    if sys.platform == "darwin" and platform.machine() == "x86_64" and tuple(sys.version_info[:2]) > (3, 13):
        raise Stop(
            "On a Mac with an Intel processor the course needs Python 3.11, 3.12 or 3.13 and this is "
            "Python %s: install one of them and run start.py with it." % version
        )
    if sys.maxsize < 2**32:
        raise Stop(
            "The course needs a 64-bit Python and this one has 32 bits: install one and run start.py with it."
        )
    if not os.path.exists(os.path.join(HERE, "pyproject.toml")):
        raise Stop("start.py stands alone here: unpack the whole folder of the course and run it there.")


def check_venv():
    """Stop where Python came without the means to make an environment."""
    try:
        import ensurepip  # Debian and Ubuntu leave it out of python3
        import venv

        return ensurepip, venv
    except ImportError:
        raise Stop(
            "This Python cannot make an environment: install its venv (on Debian and Ubuntu: "
            "sudo apt install python%d.%d-venv) and run this again." % tuple(sys.version_info[:2])
        )


def fingerprint():
    """A hash of what decides what is installed."""
    digest = hashlib.sha256(HERE.encode("utf-8"))
    for name in ("pyproject.toml", "constraints.txt", "snnlab_build.py"):
        with io.open(os.path.join(HERE, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def read_stamp():
    """What an earlier run left behind; {} where there was none."""
    try:
        with io.open(STAMP, encoding="utf-8") as file:
            stamp = json.load(file)
            return stamp if isinstance(stamp, dict) else {}
    except (IOError, OSError, ValueError):
        return {}


def write_stamp(**entries):
    with io.open(STAMP, "w", encoding="utf-8") as file:
        file.write(json.dumps(entries))


def is_ready(extra):
    """Whether the environment holds `extra` already and nothing has changed since."""
    stamp = read_stamp()
    return (
        stamp.get("state") == "ready"
        and stamp.get("fingerprint") == fingerprint()
        and stamp.get("extra") in EXTRAS[EXTRAS.index(extra) :]
        and python_works()
    )


def python_works():
    """Whether the environment's Python still runs: its base may have been removed or the folder moved."""
    try:
        code = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
        return (
            subprocess.call([PYTHON, "-I", "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            == 0
        )
    except OSError:
        return False


def make_environment(extra):
    """Make .venv, or use the one that is there, and install the course with `extra` into it."""
    stamp, there = read_stamp(), os.path.exists(os.path.join(VENV, "pyvenv.cfg"))
    ours = not there or stamp.get("ours", False)
    if not ours and not python_works():
        raise Stop(
            "The folder .venv is no working environment and start.py did not make it: "
            "rename it and run this again."
        )
    if stamp.get("extra") in EXTRAS[EXTRAS.index(extra) :]:
        extra = stamp["extra"]  # an update keeps what was there
    if shutil.disk_usage(HERE).free < GIGABYTES[extra] * 10**9:
        raise Stop("The disk is too full: free %d GB and run this again." % GIGABYTES[extra])
    if ours and (stamp.get("state") != "ready" or stamp.get("folder") != HERE or not python_works()):
        make_venv()
    write_stamp(ours=ours, state="installing")
    if os.path.exists(LOG):
        os.remove(LOG)
    say("Installing the course. This takes a few minutes and happens once.")
    # No package is built here: where one has no wheel the reader is told, and sees no compiler's errors.
    # Modules become byte code when they are first imported: most never are, and pip would translate them all.
    run_quietly(
        [PYTHON]
        + FLAGS
        + [
            "-m",
            "pip",
            "install",
            "--no-compile",
            "--log",
            LOG,
            "--only-binary",
            ":all:",
            "-c",
            "constraints.txt",
            "-e",
            ".[%s]" % extra,
        ]
    )
    make_paths_readable()
    write_stamp(ours=ours, state="ready", extra=extra, folder=HERE, fingerprint=fingerprint())


def make_venv():
    """An empty environment, in place of one that was left half way or whose folder was moved."""
    check_venv()
    if os.path.isdir(VENV):
        say("Removing an environment that is incomplete or was moved.")
        shutil.rmtree(VENV)
    os.mkdir(VENV)
    write_stamp(ours=True, state="making")
    say("Making the environment %s" % VENV)
    run_quietly([sys.executable] + FLAGS + ["-m", "venv", VENV])


def run_quietly(command):
    """Run `command` in this folder, showing one line of progress; stop with a sentence if it fails."""
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_USER="0")
    output, progress = [], Progress()
    with subprocess.Popen(
        command,
        cwd=HERE,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as child:
        for line in child.stdout:
            output.append(line.decode("utf-8", "replace").rstrip())
            progress.see(output[-1])
    progress.end()
    if child.returncode == 0:
        return
    # What went wrong inside a build stands in pip's log alone.
    text = "\n".join(output + read_log())
    for pattern, sentence in REASONS:
        if re.search(pattern, text):
            raise Stop(sentence)
    errors = re.findall(r"ERROR: .+", text) or [line for line in output if line] or ["no message"]
    raise Stop("Installing failed (%s); what was tried stands in %s." % (errors[-1][:200], LOG))


def read_log():
    """The lines that pip wrote down."""
    try:
        with io.open(LOG, encoding="utf-8", errors="replace") as file:
            return file.read().splitlines()
    except (IOError, OSError):
        return []


class Progress:
    """What pip prints, as one line that counts packages and megabytes."""

    def __init__(self):
        self.packages, self.megabytes, self.shown = 0, 0.0, ""
        self.screen = sys.stdout.isatty()

    def see(self, line):
        size = re.search(r"^ *Downloading (\S+?)(?:-\d\S*)? \(([\d.]+) (kB|MB)\)", line)
        if re.match(r" *Collecting ", line):
            self.packages += 1
        elif size:
            self.megabytes += float(size.group(2)) / (1 if size.group(3) == "MB" else 1000)
        elif not line.startswith("Installing collected packages"):
            return
        if line.startswith("Installing"):
            self.show("putting %d packages in place" % self.packages, True)
        else:
            self.show(
                "%d packages found, %.0f MB fetched" % (self.packages, self.megabytes),
                self.packages % 25 == 0,
            )

    def show(self, text, milestone):
        if self.screen:
            sys.stdout.write("\r  " + text + " " * max(0, len(self.shown) - len(text)))
        elif milestone and text != self.shown:
            sys.stdout.write("  " + text + "\n")
        else:
            return
        sys.stdout.flush()
        self.shown = text

    def end(self):
        if self.screen and self.shown:
            say("")


def make_paths_readable():
    """Write the folders of the editable install as relative paths where their names are not plain ASCII.

    Up to 3.12, Python on Windows reads .pth files in the system's code page, pip writes them in UTF-8:
    in a folder with other letters the packages would not be found.
    """
    try:
        HERE.encode("ascii")
    except UnicodeEncodeError:
        for file in glob.glob(
            os.path.join(glob.escape(VENV), "[Ll]ib", "**", "*snnlab_course.pth"), recursive=True
        ):
            folders = [
                os.path.relpath(folder, os.path.dirname(file))
                for folder in (HERE, os.path.join(HERE, "widgets"))
            ]
            with io.open(file, "w", encoding="ascii") as paths:
                paths.write("\n".join(folders))


def check_other_project():
    """Stop where the `snnlab` of the package index, which is not this course, was installed into .venv."""
    for library in (("Lib", "site-packages"), ("lib", "python*", "site-packages")):
        if glob.glob(os.path.join(glob.escape(VENV), *(library + ("snnlab-*.dist-info",)))):
            raise Stop(
                "An unrelated project called snnlab was installed into .venv and hides the course: "
                "delete the folder .venv and run this again."
            )


def run(command, folder=None):
    """Run `command` until it ends, and return its exit code; it hears Ctrl-C itself and decides."""
    child = subprocess.Popen(command, cwd=folder)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            pass


def check_javascript():
    """Look through the JavaScript; where its tools are missing say so, which is a failure under CI=true."""
    npm = shutil.which("npm")
    if npm and os.path.isdir(os.path.join(HERE, JAVASCRIPT, "node_modules")):
        codes = [
            run([npm, "run", "--silent", "--prefix", JAVASCRIPT, tool], HERE) for tool in ("types", "lint")
        ]
        return max(codes)
    say("The JavaScript was not looked through: install node and npm, and run `npm ci` in tests/javascript.")
    return int(os.environ.get("CI", "").lower() == "true")


def main(arguments):
    name, rest = (arguments[0], arguments[1:]) if arguments else ("open", [])
    if name in ("-h", "--help", "help"):
        say(__doc__.strip())
        return 0
    try:
        check_python()
        extra = NEEDS.get(name, "course")
        if not is_ready(extra):
            make_environment(extra)
        check_other_project()
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped. Run the same line again to begin anew.", file=sys.stderr)
        return 130
    except (IOError, OSError) as error:
        print(
            "The environment cannot be made in %s (%s): copy the folder of the course to a place of your "
            "own, your home folder for example, and run this there." % (HERE, error.strerror or error),
            file=sys.stderr,
        )
        return 2
    if name == "check":
        codes = [run([PYTHON, "-m"] + tool, HERE) for tool in CHECKS]
        return max(codes + [check_javascript()])
    if name == "test":
        os.environ.setdefault("SNNLAB_EXECUTED", EXECUTED)
        return run([PYTHON, "-m", "pytest"] + IN_TURN + PATIENCE + rest, HERE)
    return run([PYTHON, "-m", "snnlab", name] + rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
