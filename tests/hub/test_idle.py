"""A real JupyterHub ends the servers of those who have left, and of nobody else."""

import contextlib
import os
import subprocess
import sys

import nbformat
import pytest
from hub.real_hub import a_hub
from hub.student import at_work, with_server

pytestmark = [pytest.mark.nightly, pytest.mark.browser]
LIMIT = 60  # s without activity: the recipes have an hour
FRESH = 15  # s: who works was seen so lately, so that nobody is ended if the machine stands still
WATCH = 5  # s between two looks of the hub: the recipes have five minutes
NOTE = "What I have found."
SILENT = "while True: pass"
PRINTING = "import time\nwhile True:\n    print('on my way', flush=True)\n    time.sleep(1)"


@contextlib.contextmanager
def sent_home(hub):
    """What the recipes' hubs have running beside them, with their words."""
    address = f"http://127.0.0.1:{hub.hub_port}/hub/api"
    words = [f"--url={address}", f"--timeout={LIMIT}", "--cull-every=2", "--concurrency=10"]
    with (hub.folder / "logs" / "cull.txt").open("ab") as log:
        culler = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub_idle_culler", *words], stdin=subprocess.DEVNULL, stdout=log,
            stderr=log, env={**os.environ, "JUPYTERHUB_API_TOKEN": hub.cull_token}, cwd=hub.folder / "hub",
        )  # fmt: skip
    try:
        yield
    finally:
        culler.kill()
        culler.wait()


def leave_alone(student, cell):
    """Begin what does not end, wait until it has begun, and close the tab."""
    kernel = student.kernel()
    kernel.begin(cell)
    path = f"user/{student.name}/api/kernels/{kernel.number}"
    student.hub.wait_for(
        lambda: student.api("GET", path).json()["execution_state"] == "busy", "the cell does not begin"
    )
    kernel.leave()


def test_who_has_left_is_sent_home_and_nobody_else():
    """Idle is a server without a cell, and also one whose cell says nothing to a tab that is closed."""
    with a_hub(["idle", "silent", "printing", "busy"], watch=WATCH) as hub:
        idle, silent, printing, busy = (
            with_server(hub, name) for name in ("idle", "silent", "printing", "busy")
        )
        note = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(NOTE)])
        idle.write("kept.ipynb", note)
        leave_alone(silent, SILENT)
        leave_alone(printing, PRINTING)
        kernel = busy.kernel()
        kernel.execute("kept = 17")
        with at_work(kernel, lambda k: f"print(kept + {k})") as counted:
            hub.wait_for(
                lambda: (
                    min(idle.inactive(), silent.inactive()) > LIMIT
                    and max(busy.inactive(), printing.inactive()) < FRESH
                ),
                "nobody counts as idle",
            )
            with sent_home(hub):
                hub.wait_for(
                    lambda: not (hub.processes("idle") or hub.processes("silent")), "nobody is sent home"
                )
                hub.wait_for(
                    lambda: not (idle.server() or silent.server()), "the hub still knows of a server"
                )
                seen = len(counted)
                hub.wait_for(lambda: len(counted) > seen + 3, "who works is held up")
            assert busy.is_ready() and printing.is_ready(), hub.said()
        assert counted == [str(17 + k) for k in range(len(counted))]
        idle.start_server()
        assert idle.read("kept.ipynb")["cells"][0]["source"] == NOTE
        assert idle.kernel().execute("print('back')").text.strip() == "back"
