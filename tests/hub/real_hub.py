"""A JupyterHub on this machine: its proxy, the hub, and a home for each student, who is another user."""

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from classroom.as_a_user import with_a_python_for_all
from jupyter_host import free_port
from needs import need
from tree import ROOT

from snnlab.course.classroom.sandbox.limits import is_root

__all__ = ["MEMORY", "PASSWORD", "PATIENCE", "Hub", "a_hub", "need_a_hub"]

PATIENCE = 900  # s: thirty who begin at once, on two cores that do something else as well
MEMORY = 1_800_000_000  # bytes of a process of a student, as in the recipes
PASSWORD = "for all of them"
FIRST = 61_000  # the number of the first student as a user
SMALL = 40  # MB: the disk of the student who fills it
CONFIG = Path(__file__).with_name("jupyterhub_config.py")
PROXY = ROOT / "tests" / "javascript" / "node_modules" / ".bin" / "configurable-http-proxy"


def proxy_program() -> str | None:
    return shutil.which("configurable-http-proxy") or (str(PROXY) if PROXY.exists() else None)


def need_a_hub() -> None:
    """Skip where a hub cannot run, or its students cannot be other users than we are."""
    need(find_spec("jupyterhub"), "needs jupyterhub, of the extra hub")
    need(proxy_program(), "needs configurable-http-proxy: npm ci --prefix tests/javascript")
    programs = all(map(shutil.which, ("bwrap", "git", "setpriv")))
    need(is_root() and programs, "needs root, bubblewrap and setpriv: students are users of their own")
    done = subprocess.run([*with_a_python_for_all(), "true"], capture_output=True, encoding="utf-8", cwd="/")
    need(not done.returncode, f"bubblewrap makes no namespace here: {done.stderr}")


class Hub:
    """A hub for `names`, in a folder that they may pass through.

    Its proxy lives as long as this object does, so that the hub can be killed and started again. With `watch`
    it hears after so many seconds who does something, else after minutes. `python` is that of the students.
    """

    def __init__(
        self, folder: Path, names, memory: int = MEMORY, watch: int = 0, python: str = sys.executable
    ):
        self.folder, self.names = folder, list(names)
        self.port, self.hub_port, self.api_port = free_port(), free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._proxy_token, self.cull_token = secrets.token_hex(16), secrets.token_hex(16)
        self.at_the_end: list[Callable[[], None]] = []
        self.user_of = {name: FIRST + k for k, name in enumerate(self.names)}
        for place in ("hub", "homes", "logs"):
            (folder / place).mkdir(mode=0o700 if place == "hub" else 0o755)
        for name, number in self.user_of.items():
            home = self.home(name)
            home.mkdir()
            os.chown(home, number, number)
            home.chmod(0o700)
        settings = {
            "folder": str(folder), "port": self.port, "hub_port": self.hub_port, "api_port": self.api_port,
            "proxy_token": self._proxy_token, "password": PASSWORD, "students": self.user_of,
            "memory": memory, "watch": watch, "python": python, "cull_token": self.cull_token,
        }  # fmt: skip
        (folder / "hub" / "class.json").write_text(json.dumps(settings), encoding="utf-8")

    def home(self, name: str) -> Path:
        return self.folder / "homes" / name

    def start_proxy(self) -> None:
        command = [
            proxy_program(), "--ip", "127.0.0.1", "--port", str(self.port), "--api-ip", "127.0.0.1",
            "--api-port", str(self.api_port), "--error-target", f"http://127.0.0.1:{self.hub_port}/hub/error",
            "--default-target", f"http://127.0.0.1:{self.hub_port}",
        ]  # fmt: skip
        environ = {**os.environ, "CONFIGPROXY_AUTH_TOKEN": self._proxy_token}
        self._proxy = self._run(command, "proxy", environ)

    def start(self) -> None:
        """Start the hub, or start it again, and wait until it answers through the proxy."""
        command = [*with_a_python_for_all(), sys.executable, "-m", "jupyterhub", "-f", str(CONFIG)]
        command.insert(1, "--die-with-parent")
        environ = {
            **os.environ,
            "SNNLAB_TEST_CLASS": str(self.folder / "hub" / "class.json"),
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        self._hub = self._run(command, "hub", environ)
        self.wait_for(lambda: self._hub.poll() is not None or self.answers(), "the hub does not answer")
        assert self._hub.poll() is None, self.said()

    def _run(self, command, name, environ):
        with (self.folder / "logs" / f"{name}.txt").open("ab") as log:
            place = self.folder / "hub"
            return subprocess.Popen(
                command, cwd=place, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environ
            )

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/hub/api/", timeout=5) as answer:
                return answer.status == 200
        except (HTTPError, URLError, OSError):
            return False

    def wait_for(self, holds, otherwise: str, patience: float = PATIENCE):
        """What `holds` says as soon as that is true."""
        end = time.monotonic() + patience
        while True:
            if said := holds():
                return said
            assert time.monotonic() < end, f"{otherwise}\n{self.said()}"
            time.sleep(0.1)

    def kill(self) -> None:
        """End the hub at once, as a machine without memory would; the students' servers are not asked."""
        self._hub.kill()
        self._hub.wait()
        self.wait_for(lambda: not self.answers(), "the hub still answers")

    def said(self) -> str:
        """The last lines of all logs."""
        texts = {file.name: file.read_text(encoding="utf-8", errors="replace") for file in self.logs()}
        return "\n".join(f"== {name}\n{text[-1500:]}" for name, text in texts.items() if text)

    def logs(self):
        return sorted((self.folder / "logs").iterdir())

    def processes(self, name: str) -> list[int]:
        """The processes of a student."""
        return [number for number, user in _users() if user == self.user_of[name]]

    def memory(self, name: str, of: str = "") -> float:
        """What a student's processes take, bytes; pages that several share are shared out among them.

        Of all, or of those whose command has `of` in it.
        """
        return sum(_proportional(number) for number in self.processes(name) if of in _command(number))

    def close(self) -> None:
        """End everything."""
        for end in self.at_the_end:
            end()
        for child in (getattr(self, "_hub", None), getattr(self, "_proxy", None)):
            if child is not None:
                child.kill()
                child.wait()
        students = set(self.user_of.values())
        end = time.monotonic() + PATIENCE
        while left := [one for one, user in _users() if user in students or self._began(one)]:
            assert time.monotonic() < end, f"processes are left: {left}"
            for number in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, 9)
            time.sleep(0.1)

    def _began(self, process: int) -> bool:
        """Whether the hub has started it, a service for instance: it is where the hub is."""
        with contextlib.suppress(OSError):
            return Path(f"/proc/{process}/cwd").readlink() == self.folder / "hub"
        return False

    def __enter__(self):
        try:
            self.start_proxy()
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()


@contextlib.contextmanager
def a_hub(names, small="", **settings):
    """A hub that runs. One home may be a small disk."""
    need_a_hub()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)
        hub = Hub(folder, names, **settings)
        with _small_disk(hub, small), hub:
            yield hub


@contextlib.contextmanager
def _small_disk(hub, name):
    if not name:
        yield
        return
    home, number = hub.home(name), hub.user_of[name]
    options = f"size={SMALL}m,mode=0700,uid={number},gid={number}"
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", home], capture_output=True)
    hub.has_small_disk = not done.returncode  # a container may not mount
    try:
        yield
    finally:
        if hub.has_small_disk:
            subprocess.run(["umount", "--lazy", home], check=True)


def _users():
    """Each process with the number of its user; who has ended is left out."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, StopIteration):
                lines = (entry / "status").read_text(encoding="utf-8").splitlines()
                state = next(line for line in lines if line.startswith("State:"))
                number = next(line for line in lines if line.startswith("Uid:")).split()[1]
                if "Z" not in state.split()[1]:
                    yield int(entry.name), int(number)


def _command(process: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace")
    return ""


def _proportional(process: int) -> float:
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return 1024.0 * int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return 0.0
