"""A real JupyterHub: a class goes through a chapter, and what one student does hurts nobody else."""

import json

import nbformat
import pytest
from chromium import NAMES
from hub.class_of import a_class, warm
from hub.course_repository import served
from hub.real_hub import MEMORY, a_hub
from hub.student import CHAPTER, Student, at_work, with_server
from needs import need

from snnlab.machine_memory import available_memory, machine_bytes

pytestmark = [pytest.mark.nightly, pytest.mark.browser]
EACH = 300e6  # bytes a student, with room
RATE = """
import numpy as np
from snnlab.neurons import LIF, simulate_lif
print(simulate_lif(np.full(10_000, 0.3), LIF()).spikes.n_spikes)
"""
FILL = """
with open("full", "wb") as file:
    while True:
        file.write(bytes(1_000_000))
        file.flush()
"""
BOMB = """
kept = []
while True:
    kept.append(np.ones(10_000_000))
"""


@pytest.fixture(scope="module")
def hub():
    with a_hub(["ada", "bo", "mal"], small="mal") as hub:
        yield hub


@pytest.fixture(scope="module")
def ada(hub):
    return with_server(hub, "ada")


@pytest.fixture(scope="module")
def mal(hub):
    return with_server(hub, "mal")


def test_what_another_has_cannot_be_read(hub, ada, mal):
    ada.write("secret.ipynb", json.loads(nbformat.writes(nbformat.v4.new_notebook())))
    kernel = ada.kernel()
    look = "import os\nprint(os.getuid(), os.getcwd(), oct(os.stat('.').st_mode)[-3:])"
    own = kernel.execute(look).text.split()
    assert own == [str(hub.user_of["ada"]), str(hub.home("ada")), "700"]
    thief = mal.kernel()
    for place in (hub.home("ada") / "secret.ipynb", hub.home("ada"), hub.folder / "hub" / "class.json"):
        look = f"open({str(place)!r}).read()" if place.suffix else f"os.listdir({str(place)!r})"
        assert thief.execute(f"import os\n{look}", may_fail=True).error == "PermissionError", place
    server = max(hub.processes("ada"))
    for secret in ("environ", "mem", "cwd/secret.ipynb"):
        assert (
            thief.execute(f"open('/proc/{server}/{secret}', 'rb')", may_fail=True).error == "PermissionError"
        )
    assert thief.execute(f"os.kill({server}, 9)", may_fail=True).error == "PermissionError"
    mal.api("GET", "user/ada/api/contents/secret.ipynb", expected=(403,))
    mal.api("GET", "user/ada/api/kernels", expected=(403,))
    mal.api("DELETE", "hub/api/users/ada/server", expected=(403, 404))
    mal.api("GET", "hub/api/users", expected=(403,))
    for one in (kernel, thief):
        one.end()


def test_a_loop_a_bomb_and_a_full_disk_hurt_nobody_else(hub, ada, mal):
    kernel = ada.kernel()
    first = kernel.execute(RATE).text
    loop, bomb, disk = (mal.kernel() for _ in range(3))
    looping = loop.begin("while True: pass")
    assert bomb.execute("import numpy as np\n" + BOMB, may_fail=True).error.endswith("MemoryError")
    assert bomb.execute("del kept\nprint('alive')").text.strip() == "alive"
    if hub.has_small_disk:
        assert disk.execute(FILL, may_fail=True).error == "OSError"
        large = nbformat.v4.new_notebook(metadata={"x": "y" * 10**6})
        mal.api("PUT", "user/mal/api/contents/part.ipynb", expected=(500,), json={
            "type": "notebook", "format": "json", "content": large,
        })  # fmt: skip
    for _ in range(3):
        assert kernel.execute(RATE).text == first
    ada.write("while.ipynb", json.loads(nbformat.writes(nbformat.v4.new_notebook())))
    assert hub.answers()
    bo = with_server(hub, "bo")  # and who comes later gets a server
    assert bo.kernel().execute("print(6 * 7)").text.strip() == "42"
    if hub.has_small_disk:  # which gets over it
        assert "room" in disk.execute("import os\nos.remove('full')\nprint('room')").text
        mal.write("part.ipynb", json.loads(nbformat.writes(nbformat.v4.new_notebook())))
    loop.interrupt()
    assert loop.finish(looping).error == "KeyboardInterrupt"


def test_a_kernel_knows_how_much_memory_it_may_take(ada):
    said = ada.kernel().execute("from snnlab.machine_memory import bytes_left\nprint(bytes_left())").text
    assert 0 < float(said) < MEMORY


def test_nobody_notices_that_the_hub_is_killed_and_comes_back(hub, ada):
    kernel = ada.kernel()
    kernel.execute("kept = 17")
    servers = sorted(hub.processes("ada"))
    with at_work(kernel, lambda k: f"print(kept + {k})") as counted:
        hub.kill()
        seen = len(counted)
        hub.wait_for(lambda: len(counted) > seen + 3, "no cell runs while there is no hub")
        hub.start()
        hub.wait_for(ada.is_ready, "the server is not found again")
    assert counted == [str(17 + k) for k in range(len(counted))]
    assert sorted(hub.processes("ada")) == servers
    ada.write("after.ipynb", json.loads(nbformat.writes(nbformat.v4.new_notebook())))
    again = Student(hub, "ada")
    again.log_in()
    assert again.is_ready() and again.read("after.ipynb")["cells"] == []


def test_an_upgrade_in_mid_term_keeps_what_a_student_did(hub, ada):
    """Prose changes, a notebook comes, and the very cell in which the student has answered is another one."""
    path = f"course/{CHAPTER}"
    with served(hub) as course:
        ada.pull(course.address)
        mine = ada.read(path)
        answered = next(cell for cell in mine["cells"] if 'check("2.1"' in "".join(cell["source"]))
        answered["source"] = 'first_spike = 27.49  # I have got it\n\ncheck("2.1", first_spike)'
        answered["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "Right.\n"}]
        ada.write(path, mine)
        course.change("How little can a model know about a cell", "How much must a model know of a cell")
        course.change("first_spike = ...  # ms", "first_spike = ...  # milliseconds")
        (course.folder / "book" / "chapters" / "99_new.ipynb").write_text(
            nbformat.writes(nbformat.v4.new_notebook()), encoding="utf-8"
        )
        course.publish("A newer edition")
        ada.pull(course.address)
    now = ada.read(path)  # it is still a notebook
    sources = ["".join(cell["source"]) for cell in now["cells"]]
    assert any("I have got it" in source for source in sources)
    assert any("How much must a model" in source for source in sources)
    assert ada.read("course/book/chapters/99_new.ipynb")["cells"] == []


@pytest.mark.parametrize(("students", "browsers"), [(2, 1), (27, 3)], ids=["of three", "of thirty"])
def test_a_class(students, browsers):
    """Nobody fails; `python tests/hub/class_of.py` says how long they waited."""
    import shutil

    need(any(map(shutil.which, NAMES)), "needs Chromium")
    room = machine_bytes() * available_memory()
    if room < (students + 4 * browsers) * EACH:
        pytest.skip(f"a class of {students + browsers} needs more than the {room / 1e9:.0f} GB that are left")
    warm()
    names = [f"s{k:02}" for k in range(students)]
    others = [f"b{k}" for k in range(browsers)]
    with a_hub(names + others) as hub:
        report = a_class(hub, names, others)
    print(report.table())
    assert report.handed == students and len(report.in_browser) == browsers
    assert max(taken for taken, _ in report.memory.values()) < 2 * EACH
