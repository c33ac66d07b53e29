"""A student of a hub, by its REST interface and the websocket of a kernel, as JupyterLab talks to it."""

import json
import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import requests
import websocket
from hub.real_hub import PASSWORD, PATIENCE, Hub

__all__ = ["CHAPTER", "RIGHT", "Kernel", "Student", "at_work", "with_server"]

CHAPTER = "book/chapters/02_leaky_integrate_and_fire.ipynb"
RIGHT = 'first_spike = 30 * math.log(25 / 10)\n\ncheck("2.1", first_spike)'


class Student:
    """One of the names of a hub. `took` is how long each step has taken, seconds."""

    def __init__(self, hub: Hub, name: str):
        self.hub, self.name, self.took = hub, name, {}
        self._web = requests.Session()
        self._web.trust_env = False  # no proxy of the machine stands between us and ourselves
        self._token = ""
        self._sockets: list[websocket.WebSocket] = []
        hub.at_the_end.append(self.close)

    def close(self) -> None:
        for socket in self._sockets:
            socket.close()
            socket.shutdown()  # also one that the server has closed
        self._web.close()

    @contextmanager
    def step(self, name: str):
        begin = time.monotonic()
        yield
        self.took[name] = time.monotonic() - begin

    def api(self, method: str, path: str, expected=(200, 201, 204), **more) -> requests.Response:
        """Ask the hub, or with a path that begins with ``user`` a server, with one's own token."""
        answer = self._web.request(
            method, f"{self.hub.url}/{path}", headers={"Authorization": f"token {self._token}"},
            timeout=PATIENCE, **more,
        )  # fmt: skip
        assert answer.status_code in expected, (
            f"{self.name}: {method} {path}: {answer.status_code} {answer.text[:300]}\n{self.hub.said()}"
        )
        return answer

    def log_in(self) -> None:
        """By the form, as in a browser; then a token for what follows."""
        with self.step("log in"):
            address = f"{self.hub.url}/hub/login"
            self._web.get(address, timeout=PATIENCE).raise_for_status()
            own = self._web.cookies.get("_xsrf", path="/hub/")
            given = {"username": self.name, "password": PASSWORD, "_xsrf": own}
            answer = self._web.post(address, data=given, timeout=PATIENCE, allow_redirects=False)
            assert answer.status_code == 302, f"{answer.status_code} {answer.text[:500]}"
            own = {"auth": {"username": self.name, "password": PASSWORD}, "note": "test"}
            token = requests.Session()
            token.trust_env = False
            answer = token.post(
                f"{self.hub.url}/hub/api/users/{self.name}/tokens", json=own, timeout=PATIENCE
            )
            assert answer.status_code == 201, answer.text
            self._token = answer.json()["token"]
            self._web.close()
            self._web = token

    def start_server(self) -> None:
        with self.step("start the server"):
            self.api("POST", f"hub/api/users/{self.name}/server", expected=(201, 202))
            self.hub.wait_for(self.is_ready, f"the server of {self.name} does not start", PATIENCE)

    def is_ready(self) -> bool:
        return self.server().get("ready", False)

    def server(self) -> dict:
        return self.api("GET", f"hub/api/users/{self.name}").json().get("servers", {}).get("", {})

    def inactive(self) -> float:
        """For how long the server has done nothing, seconds, as the hub knows."""
        last = datetime.fromisoformat(self.server()["last_activity"])
        return (datetime.now(UTC) - last).total_seconds()

    def pull(self, repository: str) -> str:
        """What the link to a chapter does first; gives what nbgitpuller says."""
        with self.step("fetch the course"):
            asked = urlencode({"repo": repository, "branch": "main"})
            said = self.api("GET", f"user/{self.name}/git-pull/api?{asked}").text
        lines = [json.loads(line[6:]) for line in said.splitlines() if line.startswith("data: ")]
        assert lines and lines[-1]["phase"] == "finished", said[-2000:]
        return said

    def read(self, path: str) -> dict:
        return self.api("GET", f"user/{self.name}/api/contents/{quote(path)}").json()["content"]

    def write(self, path: str, notebook: dict) -> None:
        model = {"type": "notebook", "format": "json", "content": notebook}
        self.api("PUT", f"user/{self.name}/api/contents/{quote(path)}", json=model)

    def open(self, path: str) -> tuple[dict, "Kernel"]:
        """A notebook and its kernel."""
        with self.step("open a chapter"):
            notebook = self.read(path)
            asked = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
            session = self.api("POST", f"user/{self.name}/api/sessions", json=asked).json()
            return notebook, Kernel(self, session["kernel"]["id"])

    def kernel(self) -> "Kernel":
        """A kernel without a notebook."""
        made = self.api("POST", f"user/{self.name}/api/kernels", json={"name": "python3"}).json()
        return Kernel(self, made["id"])

    def socket(self, kernel: str) -> websocket.WebSocket:
        address = self.hub.url.replace("http", "ws", 1)
        made = websocket.create_connection(
            f"{address}/user/{self.name}/api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}",
            header=[f"Authorization: token {self._token}"], timeout=PATIENCE, http_no_proxy=["127.0.0.1"],
        )  # fmt: skip
        self._sockets.append(made)
        return made

    def run_chapter(self, notebook: dict, kernel: "Kernel") -> "Panel":
        """Run every cell, with the right answer to exercise 2.1; give the first panel."""
        panel = None
        with self.step("run it"):
            for cell in notebook["cells"]:
                if cell["cell_type"] != "code" or not "".join(cell["source"]).strip():
                    continue
                done = kernel.execute("".join(cell["source"]))
                cell["outputs"], cell["execution_count"] = done.outputs, done.count
                if panel is None and (found := done.widget("v_th")):
                    panel = Panel(kernel, found, done.count)
        assert panel is not None, "no panel was shown"
        return panel

    def move(self, panel: "Panel") -> None:
        with self.step("move a panel"):
            before, after = panel.move("current", 0.4)
        assert before != after and "Hz" in after, (before, after)

    def answer(self, kernel: "Kernel") -> None:
        with self.step("answer an exercise"):
            said = kernel.execute(RIGHT).text
        assert "Right" in said, said


def with_server(hub: Hub, name: str) -> Student:
    """A student who has logged in and has a server."""
    student = Student(hub, name)
    student.log_in()
    student.start_server()
    return student


class Panel:
    """A panel that a cell has shown."""

    def __init__(self, kernel: "Kernel", comm: str, count: int):
        self._kernel, self._comm, self._count = kernel, comm, count

    def sentence(self) -> str:
        return self._kernel.execute(f"print(Out[{self._count}])").text

    def move(self, control: str, value: float) -> tuple[str, str]:
        """Tell Python of a new value, as the page does; the sentence before and after."""
        before = self.sentence()
        change = {"method": "update", "state": {control: value}, "buffer_paths": []}
        self._kernel.send("comm_msg", {"comm_id": self._comm, "data": change})
        return before, self.sentence()


class Done:
    """What came of a cell."""

    def __init__(self, count, outputs, comms):
        self.count, self.outputs, self.comms = count, outputs, comms

    @property
    def text(self) -> str:
        return "".join(
            one.get("text") or one.get("evalue") or one.get("data", {}).get("text/plain", "")
            for one in self.outputs
        )

    @property
    def error(self) -> str:
        return next((one["ename"] for one in self.outputs if one["output_type"] == "error"), "")

    def widget(self, control: str) -> str:
        """The channel of the widget that was made last among those with a control of this name."""
        made = [
            message["comm_id"] for message in self.comms
            if message["target_name"] == "jupyter.widget" and control in message["data"].get("state", {})
        ]  # fmt: skip
        return made[-1] if made else ""


class Kernel:
    """A kernel, by the websocket of its server, which is listened to all the time as by a browser.

    Whoever does not answer the pings of the server for 90 s is taken for gone.
    """

    def __init__(self, student: Student, number: str):
        self.student, self.number = student, number
        self._socket = student.socket(number)
        self._session = uuid.uuid4().hex
        self._heard: queue.SimpleQueue = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            while frame := self._socket.recv():
                self._heard.put(_parsed(frame))
            self._heard.put(ConnectionError(f"the server of {self.student.name} has closed the socket"))
        except (websocket.WebSocketException, OSError) as error:
            self._heard.put(error)

    def send(self, kind: str, content: dict) -> str:
        header = {
            "msg_id": uuid.uuid4().hex, "username": self.student.name, "session": self._session,
            "msg_type": kind, "version": "5.3",
        }  # fmt: skip
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        self._socket.send(json.dumps({**message, "channel": "shell", "buffers": []}))
        return header["msg_id"]

    def begin(self, code: str) -> str:
        """Send a cell without waiting for it."""
        asked = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        return self.send("execute_request", {**asked, "allow_stdin": False, "stop_on_error": True})

    def execute(self, code: str, may_fail: bool = False) -> Done:
        done = self.finish(self.begin(code))
        assert may_fail or not done.error, f"{self.student.name}: {code[:200]}\n{done.text}"
        return done

    def finish(self, asked: str) -> Done:
        """Read until the kernel has answered and is idle."""
        count, outputs, comms, idle = None, [], [], False
        while count is None or not idle:
            message = self._heard.get(timeout=PATIENCE)
            if isinstance(message, Exception):
                raise message
            kind, content = message["header"]["msg_type"], message["content"]
            if message["parent_header"].get("msg_id") != asked:
                assert content.get("execution_state") not in ("restarting", "dead"), "the kernel has ended"
                continue
            if kind == "execute_reply":
                count = content.get("execution_count", 0)
            elif kind == "status":
                idle = content["execution_state"] == "idle"
            elif kind == "comm_open":
                comms.append(content)
            elif kind in ("stream", "display_data", "execute_result", "error"):
                fields = {name: content[name] for name in KEPT[kind]}
                outputs.append({"output_type": kind, **fields})
        return Done(count, outputs, comms)

    def leave(self) -> None:
        """Close the tab; the cell goes on."""
        self._socket.close()

    def interrupt(self) -> None:
        self.student.api("POST", f"user/{self.student.name}/api/kernels/{self.number}/interrupt")

    def end(self) -> None:
        self._socket.close()
        self.student.api("DELETE", f"user/{self.student.name}/api/kernels/{self.number}")


@contextmanager
def at_work(kernel: Kernel, cell: Callable[[int], str]) -> Iterator[list[str]]:
    """Run one cell after the other as long as the block lasts; what they have printed so far."""
    stop, said = threading.Event(), []

    def work():
        while not stop.is_set():
            said.append(kernel.execute(cell(len(said))).text.strip())

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        try:
            yield said
        finally:
            stop.set()
        working.result()


KEPT = {
    "stream": ("name", "text"),
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata", "execution_count"),
    "error": ("ename", "evalue", "traceback"),
}


def _parsed(frame) -> dict:
    """A message; with buffers it is binary: how many parts, where each begins, the parts."""
    if isinstance(frame, str):
        return json.loads(frame)
    parts = int.from_bytes(frame[:4], "big")
    begins = [int.from_bytes(frame[4 + 4 * k : 8 + 4 * k], "big") for k in range(parts)]
    return json.loads(frame[begins[0] : begins[1] if parts > 1 else None])
