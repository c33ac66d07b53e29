"""The recipes of a hub: commands run, settings are known ones, pages and files say the same."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pytest
import yaml
from classroom.hand_ins import PEOPLE, new_class, notebook
from hub.known_settings import CHART, LITTLEST
from hub.real_hub import MEMORY
from needs import need
from page_code import blocks
from sample_book import BOOK
from tree import ROOT

HUB = ROOT / "hub"
NAMES = ("hub", "littlest", "kubernetes")
PAGES = {name: (BOOK / "class" / f"{name}.md").read_text(encoding="utf-8") for name in NAMES}
VALUES = yaml.safe_load((HUB / "values.yaml").read_text(encoding="utf-8"))
SECRET = yaml.safe_load(blocks(PAGES["kubernetes"], "yaml")[0])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def leaves(values, before=""):
    """Each setting by its full name."""
    found = {}
    for name, value in values.items():
        inside = isinstance(value, dict) and value and f"{before}{name}" not in CHART
        found |= leaves(value, f"{before}{name}.") if inside else {f"{before}{name}": value}
    return found


@pytest.mark.parametrize("values", [VALUES, SECRET], ids=["values.yaml", "secret.yaml"])
def test_the_chart_knows_each_value(values):
    for name, value in leaves(values).items():
        assert name in CHART, name
        assert isinstance(value, CHART[name]) and not (CHART[name] is int and isinstance(value, bool)), name


def test_the_values_pass_the_schema_of_the_chart():
    """Where a copy of the chart is named; it is not ours to bring along."""
    chart = os.environ.get("SNNLAB_CHART")
    if not chart:
        pytest.skip("SNNLAB_CHART names no folder with values.yaml and values.schema.yaml of the chart")
    import jsonschema

    schema, given = (
        yaml.safe_load(Path(chart, name).read_text(encoding="utf-8"))
        for name in ("values.schema.yaml", "values.yaml")
    )
    for own in (VALUES, SECRET):
        given = merged(given, own)
    jsonschema.Draft7Validator(schema).validate(given)
    assert "userPlaceholder" in schema["properties"]["scheduling"]["properties"]  # it is that of this chart


def merged(one, other):
    inside = {
        name: merged(one[name], other[name])
        for name in one.keys() & other.keys()
        if isinstance(one[name], dict)
    }
    return {**one, **other, **inside}


def test_each_number_has_its_reason():
    """Every line of `values.yaml` that sets a number has a comment."""
    lines = (HUB / "values.yaml").read_text(encoding="utf-8").splitlines()
    bare = [line for line in lines if re.search(r":\s*\d|\d\w*$", line.partition("#")[0]) and "#" not in line]
    assert [
        line
        for line in bare
        if "_THREADS" not in line and "interval" not in line and "concurrency" not in line
    ] == ["    requests: {cpu: 500m, memory: 512Mi}"]


def test_pages_and_files_have_the_same_numbers():
    little = PAGES["littlest"]
    for name in ("timeout", "every"):
        assert f"services.cull.{name} {VALUES['cull'][name]}\n" in little
    assert f"services.cull.max_age {VALUES['cull']['maxAge']}\n" in little
    assert "limits.memory 2G\n" in little and VALUES["singleuser"]["memory"]["limit"] == "2G"
    assert "limits.cpu 2\n" in little and VALUES["singleuser"]["cpu"]["limit"] == 2
    assert "--version 4.4.0" in PAGES["kubernetes"] and "version 4.4.0" in (HUB / "values.yaml").read_text()
    idle = [word for word in VALUES["singleuser"]["cmd"] if "cull" in word]
    assert idle and all(word in (HUB / "littlest.py").read_text(encoding="utf-8") for word in idle)


def test_what_the_image_is_made_of_is_there():
    docker, made = (
        (HUB / name).read_text(encoding="utf-8") for name in ("Dockerfile", "repo2docker_config.py")
    )
    for text in (docker, made):
        extras = re.search(r'"\.\[(.*?)\]"', text)[1].split(",")
        assert set(extras) <= set(EXTRAS) and "hub" in extras
        assert "--constraint constraints.txt" in text and "sh hub/prepare.sh" in text
        assert "NUMBA_CPU_NAME=x86-64-v3 NUMBA_CPU_FEATURES=\n" in text
    assert subprocess.run(["sh", "-n", HUB / "prepare.sh"]).returncode == 0
    for command in blocks(PAGES["kubernetes"], "console") + blocks(PAGES["littlest"], "console"):
        for file in re.findall(r"\bhub/[\w.]+", command):
            assert (ROOT / file).is_file(), file


def loaded(name):
    """The settings that a file of Python makes."""
    from traitlets.config import Config

    config = Config()
    file = HUB / name
    exec(compile(file.read_text(encoding="utf-8"), file, "exec"), {"get_config": lambda: config})
    return config


def test_the_files_of_python_make_settings():
    little = loaded("littlest.py")
    threads = little.Spawner.environment.get_value({"KEPT": "1"})
    assert threads["KEPT"] == "1" and threads["NUMBA_NUM_THREADS"] == "2" and len(threads) == 5
    assert {name: threads[name] for name in VALUES["singleuser"]["extraEnv"]} == VALUES["singleuser"][
        "extraEnv"
    ]
    assert little.Spawner.args.get_value(["kept"])[0] == "kept"
    words = VALUES["singleuser"]["cmd"]
    (data,) = (word.removeprefix("--data=") for word in words if word.startswith("--data="))
    assert little.SystemdSpawner.unit_extra_properties == {"TasksMax": "512", "LimitDATA": data}
    assert words[:1] == ["prlimit"] and int(data) == MEMORY  # with which a real hub is tested


def test_both_images_work_in_the_home_that_is_kept():
    """The chart mounts the student's volume there; where the server works, the image says."""
    home = VALUES["singleuser"]["storage"]["homeMountPath"]
    made = loaded("repo2docker_config.py").Repo2Docker
    assert not made.target_repo_dir.startswith(home) and made.user_id == 1000
    for text in ((HUB / "Dockerfile").read_text(encoding="utf-8"), made.appendix):
        last = dict(re.findall(r"^(ENV HOME|WORKDIR|USER)[= ](\S+)$", text, re.M))
        assert last == {"ENV HOME": home, "WORKDIR": home, "USER": "student"}


def test_no_image_holds_what_a_clone_may_hold_of_a_class():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    of_a_class = {line.strip("/") for line in ignored if line.startswith("/")}
    assert {"class", "handed-in", "secret.yaml"} <= of_a_class
    assert of_a_class <= set((HUB / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines())


def test_the_course_stays_small():
    assert not [text for text in EXTRAS["course"] if "hub" in text or "nbgitpuller" in text]
    assert "hub" not in (ROOT / "environment.yml").read_text(encoding="utf-8").lower().replace("snnlab", "")


STAND_INS = {
    # The course from here, and the homes of the folder.
    "python3": """case "$1" in
  start.py) shift; exec "$PYTHON" -m snnlab "$@";;
  hub/homes.py) exec "$PYTHON" "$@" --homes "$HOMES/jupyter-{}";;
esac
exec "$PYTHON" "$@" """,
    # As root in the server's place, without becoming it: `sudo -E VARIABLE=… command`.
    "sudo": 'while [ "$1" = -E ]; do shift; done\nexec env "$@"',
    # The last guard: nothing of the machine is packed, and nothing unpacked there.
    "tar": f'for word; do [ "$word" != / ] || exit 9; done\nexec {shutil.which("tar")} "$@"',
    "systemctl": 'echo "systemctl $*" >> "$SERVER/said"',
    "tljh-config": 'echo "tljh-config $*" >> "$SERVER/said"',
}


@pytest.fixture
def server():
    """A folder in the place of a server's root, and programs in the place of its own."""
    need(os.name == "posix" and shutil.which("tar"), "needs a shell and tar")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)  # students pass through it
        for name, text in STAND_INS.items():
            program = folder / "bin" / name
            program.parent.mkdir(exist_ok=True)
            program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
            program.chmod(0o755)
        for place in ("home/jupyter-ada/.cache", "home/jupyter-bo", "opt/tljh/config", "opt/tljh/state"):
            (folder / "server" / place).mkdir(parents=True)
        yield folder / "server"


def run(server, command, folder):
    """A block of a page, as a shell runs it, with `server` for the root of the system."""
    command = re.sub(r"(?<=--directory )/(?=\s)", str(server), command)
    command = re.sub(r"(?<=\s)/opt/", f"{server}/opt/", command)
    assert not re.search(r"(?<=\s)/(?=\s|opt|etc|home)", command), (
        f"this would go to the machine's own: {command}"
    )
    path = os.pathsep.join([str(server.parent / "bin"), os.environ["PATH"]])
    own = {"PYTHON": sys.executable, "PYTHONPATH": os.pathsep.join([str(ROOT), *(p for p in sys.path if p)])}
    own |= {"SERVER": str(server), "HOMES": str(server / "home")}
    done = subprocess.run(
        ["sh", "-eu", "-c", command], cwd=folder, capture_output=True, encoding="utf-8",
        env={**os.environ, **own, "PATH": path}, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_commands_of_one_server_run(server):
    names = server.parent / "names.txt"
    names.write_text("ada\nbo\n", encoding="utf-8")
    shutil.copytree(HUB, server.parent / "hub")
    kept = {
        "home/jupyter-ada/work.ipynb": "ada's", "home/jupyter-bo/work.ipynb": "bo's",
        "opt/tljh/state/jupyterhub.sqlite": "who", "opt/tljh/config/config.yaml": "how",
    }  # fmt: skip
    for name, text in {**kept, "home/jupyter-ada/.cache/large": "away"}.items():
        (server / name).write_text(text, encoding="utf-8")
    (server / "home/jupyter-ada/work.ipynb").chmod(0o600)
    commands = blocks(PAGES["littlest"], "sh")
    assert len(commands) == 4
    for command in commands[:3]:
        run(server, command, server.parent)
    said = (server / "said").read_text(encoding="utf-8").splitlines()
    for name in ("ada", "bo"):
        assert f"tljh-config add-item users.allowed {name}" in said
    settings = [line.split()[1:] for line in said if line.startswith("tljh-config")]
    for verb, *rest in settings:
        if verb == "reload":
            assert rest in ([], ["proxy"])
            continue
        name, value = rest
        assert LITTLEST[name] == (verb, int if value.isdigit() else bool if value == "true" else str), name
    assert said[-2:] == ["systemctl stop jupyterhub", "systemctl start jupyterhub"]
    taken = server / "opt/tljh/config/jupyterhub_config.d/snnlab.py"
    assert taken.read_bytes() == (HUB / "littlest.py").read_bytes()

    for name in kept:  # all is lost
        (server / name).unlink()
    run(server, commands[3], server.parent)
    assert (server / "home/jupyter-ada/work.ipynb").read_text(encoding="utf-8") == "ada's"
    assert (server / "home/jupyter-ada/work.ipynb").stat().st_mode & 0o777 == 0o600
    assert not (server / "home/jupyter-bo/work.ipynb").exists()
    run(server, commands[3].replace(" home/jupyter-ada", ""), server.parent)
    assert all((server / name).read_text(encoding="utf-8") == text for name, text in kept.items())
    listed = run(server, "tar --list --file hub-backup.tar.gz", server.parent)
    assert "jupyter-ada/work.ipynb" in listed and ".cache" not in listed


def test_exercises_go_out_and_come_back(server):
    """With the commands of the page; the homes are those of the stand-in."""
    folder, homes = server.parent, server / "home"
    key = new_class(folder / "class" / "toy")
    for person in PEOPLE:
        own = folder / "class" / "toy" / "students" / person.id
        own.mkdir(parents=True)
        (own / "toy.ipynb").write_bytes(notebook(key, person, first="first = ..."))
    for person in PEOPLE[:2]:
        (homes / f"jupyter-{person.id}").mkdir()
        if os.access("/etc", os.W_OK):
            os.chown(homes / f"jupyter-{person.id}", 61_500, 61_500)
    shutil.copytree(HUB, folder / "hub")
    give, back = (text.replace("part1", "toy") for text in blocks(PAGES["hub"], "sh"))
    with pytest.raises(AssertionError, match=r"(?s)s1: 1 new.*s3: FAILED: .*not been on the hub.*2 of 3"):
        run(server, give, folder)
    first = homes / "jupyter-s1" / "toy" / "toy.ipynb"
    assert first.stat().st_mode & 0o777 == 0o600
    first.write_bytes(notebook(key, PEOPLE[0]))
    shutil.rmtree(folder / "class" / "toy" / "students" / "s3")
    assert "s1: has them already" in run(server, give, folder)
    assert first.read_bytes() == notebook(key, PEOPLE[0])  # what is there stays
    run(server, back, folder)
    for person in PEOPLE[:2]:
        assert (folder / "class" / "toy" / "submitted" / person.id / "toy.ipynb").is_file()
    assert (folder / "handed-in").stat().st_mode & 0o777 == 0o700


def test_the_pages_are_in_the_table_of_contents_and_linked():
    toc = (BOOK / "_toc.yml").read_text(encoding="utf-8")
    assert all(f"file: class/{name}\n" in toc for name in PAGES)
    assert "(littlest.md)" in PAGES["hub"] and "(kubernetes.md)" in PAGES["hub"]
    assert "(book/class/hub.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_line_of_code_is_wider_than_its_box():
    lines = [
        line
        for text in PAGES.values()
        for block in blocks(text, r"(?:sh|yaml)")
        for line in block.splitlines()
    ]
    assert [line for line in lines if len(line) > 120] == []
