"""Ways to shut a process in: what is seen inside, and what is said where none works."""

import errno
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from classroom.as_a_user import need_namespaces, run_as_a_user
from needs import need

from snnlab.course.classroom.sandbox import choosing
from snnlab.course.classroom.sandbox import isolation as isolations
from snnlab.course.classroom.sandbox.choosing import find_isolation, trouble
from snnlab.course.classroom.sandbox.isolation import (
    Bubblewrap,
    Isolation,
    NoIsolation,
    visible_folders,
    ways,
)
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.running import Ask, Source, run
from snnlab.course.classroom.sandbox.watching import Usage, family, usage
from snnlab.course.errors import CommandError
from snnlab.course.places import PACKAGE, repository

SHORT = Limits()._replace(total=8.0, cell=2.0, calls=1.0)


def test_a_trial_tells_what_is_not_shut(tmp_path, bare):
    bare = NoIsolation([tmp_path])
    said = trouble(bare, Limits())
    assert "the folder of the class can be read" in said
    if sys.platform == "linux":
        assert "the network is there" in said


def test_without_a_way_there_is_a_sentence_that_names_the_flag(monkeypatch):
    monkeypatch.setattr(choosing, "ways", lambda hide: [])
    with pytest.raises(
        CommandError, match=r"cannot be shut in on this machine: mark on Linux .* --no-isolation"
    ):
        find_isolation([], Limits())
    assert find_isolation([], Limits(), none=True).name == "no isolation"


def test_the_flag_takes_what_works_all_the_same(isolation):
    assert find_isolation([], Limits(), none=True).name == isolation.name


def test_a_way_that_does_not_work_is_left_for_the_next(monkeypatch, isolation):
    class Broken(Isolation):
        name = "broken"

        def wrap(self, command, limits):
            return ["a-program-that-does-not-exist"]

    monkeypatch.setattr(choosing, "ways", lambda hide: [Broken(), isolation])
    assert find_isolation([], Limits()) is isolation
    monkeypatch.setattr(choosing, "ways", lambda hide: [Broken()])
    with pytest.raises(CommandError, match=r"\(tried broken: .*a-program-that-does-not-exist"):
        find_isolation([], Limits())


def test_where_apparmor_forbids_bubblewrap_that_is_said_and_how_to_allow_it(monkeypatch, tmp_path):
    class Forbidden(Isolation):
        name = "bubblewrap"

        def wrap(self, command, limits):
            return [sys.executable, "-c", "import sys; sys.exit('setting up uid map: Permission denied')"]

    said = tmp_path / "apparmor_restrict_unprivileged_userns"
    monkeypatch.setattr(choosing, "ways", lambda hide: [Forbidden()])
    monkeypatch.setattr(choosing, "is_root", lambda: False)
    monkeypatch.setattr(choosing, "_APPARMOR", said)
    for word, steered in (("1\n", False), ("0\n", True)):
        said.write_text(word, encoding="ascii")
        with pytest.raises(CommandError, match="uid map: Permission denied") as found:
            find_isolation([], Limits())
        assert ("--no-isolation" in str(found.value)) == steered
        assert ("AppArmor forbids it" in str(found.value) and "userns," in str(found.value)) != steered
    assert find_isolation([], Limits(), none=True).name == "no isolation"


def test_a_machine_without_libseccomp_is_told_what_is_missing(isolation, monkeypatch):
    need(isinstance(isolation, Bubblewrap), "bubblewrap does not work here")
    begin = "from snnlab.course.classroom.sandbox import entering, system_calls"
    code = f"import sys; sys.path[:0] = [{str(PACKAGE.parent)!r}]; {begin}"
    lost = "system_calls.ctypes.CDLL = lambda *_, **more: (_ for _ in ()).throw(OSError()); entering.main()"
    words = [sys.executable, "-I", "-S", "-c", f"{code}; {lost}"]
    monkeypatch.setattr(isolations, "_entrance", lambda: words)
    assert "libseccomp is not installed" in trouble(Bubblewrap(), Limits())


def test_a_way_without_its_filter_does_not_count(isolation, monkeypatch):
    """Whoever is shut in by namespaces alone finds keys, namespaces and a second process."""
    need(isinstance(isolation, Bubblewrap), "bubblewrap does not work here")
    monkeypatch.setattr(isolations, "_entrance", lambda: ["bwrap"])
    said = trouble(Bubblewrap(), Limits())
    for door in (
        "keys can be reached",
        "can make namespaces",
        "a second process",
        "memory that is not counted",
    ):
        assert door in said
    assert "network" not in said


@pytest.mark.slow
def test_without_its_filter_nor_does_it_count_for_somebody_who_is_not_root(isolation):
    """That is a failure of every test that runs as such a user, and no reason to leave one out."""
    need(isinstance(isolation, Bubblewrap), "bubblewrap does not work here")
    begin = "from snnlab.course.classroom.sandbox import isolation; isolation._entrance = lambda: ['bwrap']"
    with pytest.raises(AssertionError, match="it can make namespaces"):
        run_as_a_user(["got = 1.0"], Limits(), begin)


class Connected(Bubblewrap):
    """Bubblewrap with its filter, and with the network of the machine."""

    def wrap(self, command, limits):
        return [word for word in super().wrap(command, limits) if word != "--unshare-net"]


def test_a_way_that_keeps_the_network_does_not_count(isolation):
    """The filter refuses the sockets with which one would ask for it; it is there all the same."""
    need(isinstance(isolation, Bubblewrap), "bubblewrap does not work here")
    assert trouble(Connected(), Limits()) == "the network is there"


CALLS = """
import socket
calling = socket.socket(socket.AF_UNIX)
try:
    calling.connect("\\0" + {name!r})
    got = [1.0, 0.0]
except OSError as error:
    got = [0.0, float(error.errno)]
"""


def test_a_program_of_the_machine_that_listens_under_a_name_is_not_reached(isolation):
    """Such a name belongs to a network and not to a folder; the filter lets sockets of this kind be."""
    need(isinstance(isolation, Bubblewrap), "bubblewrap does not work here")
    name = f"snnlab-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"\0{name}")
        listening.listen()
        for way, got in ((isolation, [0, errno.ECONNREFUSED]), (Connected(), [1, 0])):
            came = run([Source(CALLS.format(name=name), "a")], [Ask("a", "got")], SHORT, way)
            assert came.answers["a"].replies[0].value.tolist() == got


def test_a_folder_of_kernels_shows_kernels_alone(tmp_path, monkeypatch):
    """A teacher may name any folder, with anything in it."""
    kept = tmp_path / f"models_{'0' * 40}"
    for folder in (kept, tmp_path / f"secrets_{'0' * 40}", tmp_path / "models_old", tmp_path / "class"):
        folder.mkdir()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    seen = visible_folders()
    assert kept in seen
    assert not any(folder != kept and folder.is_relative_to(tmp_path) for folder in seen)
    assert not any(tmp_path.is_relative_to(folder) for folder in seen)


def test_other_systems_have_no_way(monkeypatch):
    monkeypatch.setattr(isolations.sys, "platform", "win32")
    assert ways([]) == []


def test_solutions_and_tests_lie_in_no_folder_that_is_seen():
    root = repository()
    need(root is not None, "the package is installed without its repository")
    for folder in visible_folders():
        assert not any(
            (root / name).is_relative_to(folder) and root / name not in Isolation().hide
            for name in ("book", "tests")
        )


def inside(way, code):
    """What a program of one process says in there, and its errors."""
    done = subprocess.run(
        way.wrap([sys.executable, "-I", "-S", "-c", code], Limits()),
        env=way.environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=30,
    )
    return done.stdout.split(), done.stderr


LOOK_AROUND = """
import os
print(os.getuid())
print(sum(name.isdecimal() for name in os.listdir("/proc")))
print(*[line.split(":")[0] for line in open("/proc/net/dev").read().splitlines()[2:]])
print(*[line.split()[1] for line in open("/proc/self/status") if line.startswith(("CapEff", "Seccomp:"))])
for place in {places}:
    try:
        open(place, "r" if place.endswith(".json") else "w").close()
        print(place)
    except OSError:
        pass
"""


def test_inside_there_is_no_network_no_other_process_no_class_and_no_right(tmp_path):
    found = ways([tmp_path])
    need(found, "bubblewrap is not installed")
    (tmp_path / "key.json").write_text("{}", encoding="utf-8")
    places = ["here", "/usr/x", "/etc/passwd", "/dev/x", "/x", str(tmp_path / "key.json")]
    out, said = inside(found[0], LOOK_AROUND.replace("{places}", repr(places)))
    assert out[0] != "0", said
    assert int(out[1]) <= 6 and out[2:5] == ["lo", "0" * 16, "2"]
    assert out[5:] == ["here"]


def test_shared_memory_is_small_and_begins_empty(isolation):
    need(isinstance(isolation, Bubblewrap), "nothing shuts code in here")
    code = """
import os
place = "/dev/shm"
print(len(os.listdir(place)))
try:
    with open(place + "/large", "wb") as file:
        while True:
            file.write(bytes(2**16))
except OSError as error:
    print(error.errno, os.path.getsize(place + "/large"))
"""
    for _ in range(2):
        out, said = inside(isolation, code)
        assert out[:2] == ["0", str(errno.ENOSPC)], said
        assert 0 < int(out[2]) <= Limits().shared


def test_two_processes_are_two_users(isolation):
    need(isinstance(isolation, Bubblewrap), "nothing shuts code in here")
    if not shutil.which("setpriv") or not isolations.is_root():
        pytest.skip("only root can give each process a user of its own")
    users = {inside(isolation, "import os; print(os.getuid())")[0][0] for _ in range(3)}
    assert len(users) == 3


def test_the_family_of_a_process_is_seen():
    need(sys.platform == "linux", "only Linux shows it")
    code = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'input()']); print(); p.wait()"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        process.stdout.readline()
        members = family(process.pid)
        assert members[0] == process.pid and len(members) == 2
        assert usage(process.pid, members[1]).memory > 10**6
        assert usage(process.pid, members[1]).alone and not usage(process.pid, members[0]).alone
    finally:
        process.communicate(b"\n", timeout=20)
    assert usage(process.pid, process.pid) == Usage(0, 0, 0.0, True)


def test_bubblewrap_shuts_in_for_anybody_who_is_not_root(tmp_path, monkeypatch):
    """Tried by root as somebody else: then bubblewrap makes a world in which the user is nobody."""
    need(shutil.which("bwrap") and shutil.which("setpriv"), "bubblewrap or setpriv is not installed")
    need_namespaces()
    other = ["setpriv", "--reuid=60500", "--regid=60500", "--clear-groups"] if isolations.is_root() else []
    monkeypatch.setattr(isolations, "is_root", lambda: False)
    monkeypatch.setattr(isolations, "visible_folders", list)  # that user may not see this Python
    monkeypatch.setattr(isolations, "_entrance", lambda: ["bwrap"])
    way = Bubblewrap([tmp_path])
    script = """
while read -r name user rest; do [ "$name" = Uid: ] && echo "$user"; done < /proc/self/status
echo > /x
echo > y && echo written
echo /* /dev/shm/*
exec unshare -U true
"""
    done = subprocess.run(
        [*other, *way.wrap(["sh", "-c", script], Limits())],
        env=way.environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        cwd="/",
    )
    assert done.stdout.startswith("65534\nwritten\n") and "usr" in done.stdout and "home" not in done.stdout
    assert "/x" in done.stderr and "unshare" in done.stderr


def test_a_course_that_lies_among_temporary_files_is_seen(monkeypatch):
    if not (ways := [way for way in isolations.ways(()) if isinstance(way, Bubblewrap)]):
        need(sys.platform != "linux", "bubblewrap is not installed")
        pytest.skip("bubblewrap is a program of Linux")
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        (Path(folder) / "lesson.txt").write_text("7")
        Path(folder).chmod(0o755)
        monkeypatch.setattr(isolations, "visible_folders", lambda: [*visible_folders(), Path(folder)])
        code = (
            "import tempfile\ntempfile.TemporaryFile()\n"
            f"x = [float(open({folder + '/lesson.txt'!r}).read())]\n"
            f"try:\n    open({folder + '/own.txt'!r}, 'w')\n"
            "except OSError as error:\n    x.append(error.errno)"
        )
        came = run([Source(code, "a")], [Ask("a", "x")], SHORT, ways[0])
    assert came.cells == {}
    np.testing.assert_array_equal(came.answers["a"].replies[0].value, [7, errno.EROFS])


def test_a_class_inside_a_folder_that_is_seen_is_covered(isolation):
    """A teacher may keep the class inside the environment or beside the package."""
    need(isinstance(isolation, Bubblewrap), "bubblewrap does not work here")
    way = Bubblewrap([PACKAGE / "data"])
    code = f"""
import os
print(os.path.exists({str(PACKAGE / "course" / "cli.py")!r}))
for act in (os.listdir, lambda folder: open(folder + "/x", "w")):
    try:
        print(act({str(PACKAGE / "data")!r}))
    except OSError as error:
        print(error.errno)
"""
    out, said = inside(way, code)
    assert out[0] == "True" and {int(code) for code in out[1:]} <= {errno.EACCES, errno.EROFS}, said
    assert (PACKAGE / "data" / "__init__.py").is_file()
