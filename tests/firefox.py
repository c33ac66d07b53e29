"""Firefox as its readers have it, driven by WebDriver BiDi over a web socket: no driver program."""

import contextlib
import itertools
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from needs import need

__all__ = ["Firefox", "firefox"]

NAMES = ("firefox-esr", "firefox")
PLACES = ("/Applications/Firefox.app/Contents/MacOS/firefox", r"C:\Program Files\Mozilla Firefox\firefox.exe")
PATIENCE = 60  # s
KEYS = {"ArrowLeft": "\ue012", "ArrowRight": "\ue014", "End": "\ue010", "Home": "\ue011"}
QUIET = """user_pref("app.normandy.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
"""


class Firefox:
    """One tab. `troubles` are errors of pages, `requests` the addresses that they asked for."""

    def __init__(self, socket):
        self.socket, self.numbers = socket, itertools.count(1)
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.version = self.send("session.new", capabilities={})["capabilities"]["browserVersion"]
        self.tab = self.send("browsingContext.getTree")["contexts"][0]["context"]
        self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    def send(self, method: str, **params) -> dict:
        """Send one command and give its answer; what is reported meanwhile is written down."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message["type"] == "event":
                self._note(message["method"], message["params"])
            elif message.get("id") == number:
                assert message["type"] == "success", f"{method}: {message['error']}: {message['message']}"
                return message["result"]

    def _note(self, event: str, params: dict) -> None:
        if event == "network.beforeRequestSent":
            self.requests.append(params["request"]["url"])
        elif params["level"] == "error":
            self.troubles.append(params["text"])

    def goto(self, address: str) -> None:
        """Load a page to the end."""
        self.send("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def resize(self, width: int, height: int) -> None:
        """Make the page so large, in CSS pixels."""
        self.send(
            "browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": height}
        )

    def evaluate(self, expression: str):
        """The value of a JavaScript expression (or of the promise that it gives), through JSON."""
        answer = self.send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression}) ?? null))()",
            target={"context": self.tab},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def wait_for(self, expression: str) -> None:
        """Wait until the expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({expression})"):
            assert time.monotonic() < end, f"waited in vain for {expression}"
            time.sleep(0.05)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key; what has the focus gets it."""
        value = KEYS[key]
        strokes = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")] * times
        keyboard = {"type": "key", "id": "keyboard", "actions": strokes}
        self.send("input.performActions", context=self.tab, actions=[keyboard])

    def drag(self, x: float, y: float, dx: float, dy: float, steps: int = 10) -> None:
        """Press the mouse at a place of the page, move it, let it go."""
        self.stroke([(x + dx * k / steps, y + dy * k / steps) for k in range(steps + 1)], 20)

    def stroke(self, places: list[tuple[float, float]], each: int = 5) -> None:
        """Press the mouse at the first place of the page, go along the others, `each` ms apart, let it go."""
        moves = [{"type": "pointerMove", "x": round(a), "y": round(b), "duration": each} for a, b in places]
        actions = [
            moves[0],
            {"type": "pointerDown", "button": 0},
            *moves[1:],
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "actions": actions}
        self.send("input.performActions", context=self.tab, actions=[mouse])


@contextlib.contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """Start Firefox with a fresh profile in `folder`; skip the test where there is none."""
    candidates = [shutil.which(name) for name in NAMES] + [place for place in PLACES if Path(place).is_file()]
    program = next(filter(None, candidates), None)
    need(program, "no Firefox on this machine")
    try:
        from websocket import create_connection
    except ImportError:
        need(False, "websocket-client is not installed")
    profile = folder / "profile"
    profile.mkdir()
    (profile / "user.js").write_text(QUIET, encoding="utf-8")
    command = [
        program,
        "--headless",
        "--no-remote",
        "--profile",
        str(profile),
        "--remote-debugging-port",
        "0",
    ]
    log = folder / "firefox.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        try:
            address = _address(process, log)
            socket = create_connection(f"{address}/session", timeout=PATIENCE, suppress_origin=True)
            driven = Firefox(socket)
            yield driven
            with contextlib.suppress(Exception):  # it may hang up before it answers
                driven.send("browser.close")
            socket.close()
            process.wait(timeout=20)
        finally:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen, log: Path) -> str:
    end = time.monotonic() + PATIENCE
    said = ""
    while time.monotonic() < end and process.poll() is None:
        said = log.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", said):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"Firefox did not open its port for WebDriver BiDi:\n{said[-2000:]}")
