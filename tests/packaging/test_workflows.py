"""What runs on a host keeps the host's schema, and each of its commands is one that there is."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
import yaml
from chapters.layout import MOST_WORDS
from needs import need
from snnlab_widgets import single_files
from tree import ROOT

from snnlab.course import cli

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(
    file for file in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if file.name != "config.yml"
)
GITLAB = ROOT / ".gitlab-ci.yml"


def read(file):
    # YAML 1.1 reads the key `on` as True
    return {"on" if key is True else key: part for key, part in yaml.safe_load(file.read_text()).items()}


def jobs():
    """Every job of every workflow, with a name."""
    return [(f"{file.stem}.{name}", job) for file in WORKFLOWS for name, job in read(file)["jobs"].items()]


def lines():
    """Every line of a script that a host runs: where it stands, and the line."""
    on_github = [
        (name, line)
        for name, job in jobs()
        for step in job["steps"]
        for line in step.get("run", "").splitlines()
    ]
    on_gitlab = [
        (f"gitlab.{name}", line)
        for name, job in read(GITLAB).items()
        if isinstance(job, dict)
        for line in job.get("script", ())
    ]
    return on_github + on_gitlab


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml"]),
        ("vendor.gitlab-ci", [GITLAB]),
    ],
)
def test_each_file_keeps_the_schema_of_its_host(schema, files, tmp_path):
    assert files
    assert said_of(schema, files) == "ok -- validation done\n"
    broken = read(files[0])
    broken["jobs" if "workflows" in schema else "image" if "gitlab" in schema else "contact_links"] = 3
    (tmp_path / "broken.yml").write_text(yaml.safe_dump(broken), encoding="utf-8")
    if "forms" not in schema:  # they may have any key; of them the labels below
        assert "Schema validation errors" in said_of(schema, [tmp_path / "broken.yml"])


def said_of(schema, files):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8").stdout


def test_bash_can_read_every_line():
    need(shutil.which("bash"), "needs bash")
    script = "\n".join(re.sub(r"\$\{\{.*?\}\}", "x", line) for _, line in lines())
    done = subprocess.run(["bash", "-n"], input=script, encoding="utf-8", stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stderr


def test_each_action_names_the_version_that_it_was_written_for():
    used = {step["uses"] for _, job in jobs() for step in job["steps"] if "uses" in step}
    assert used and all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in used)


def test_each_file_that_is_run_is_there():
    named = {word for _, line in lines() for word in re.findall(r"\.ci/\w+|\w+\.py\b", line)}
    assert {"start.py", ".ci/run", ".ci/nightly", ".ci/tools"} <= named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_each_command_of_the_course_is_one_that_there_is(capsys):
    asked = {shlex.split(line)[2] for _, line in lines() if re.match(r"python3? start\.py ", line)}
    assert asked == {"site", "test"}
    assert "test" in (ROOT / "start.py").read_text(encoding="utf-8").split('"""')[1]
    assert cli.main(["site", "--help"]) == 0 and "snnlab site" in capsys.readouterr().out


def test_what_runs_on_windows_is_one_command_without_the_words_of_a_shell():
    both = [line for name, line in lines() if name == "tests.quick"]
    assert both == ['python start.py test -m "not slow and not nightly"']


def test_the_nightly_is_planned_as_the_workflow_asks_for_it(tmp_path):
    need(shutil.which("bash") and shutil.which("python3"), "needs bash and python3")
    ((_, plan),) = [(name, line) for name, line in lines() if name == "nightly.plan"]
    out = tmp_path / "output"
    subprocess.run(["bash", "-c", plan], cwd=ROOT, env=os.environ | {"GITHUB_OUTPUT": str(out)}, check=True)
    name, _, value = out.read_text(encoding="utf-8").partition("=")
    assert name == "slices" and json.loads(value)[0] == "tested-1" and "fuzz-5" in json.loads(value)
    job = read(ROOT / ".github" / "workflows" / "nightly.yml")["jobs"]["slice"]
    assert job["strategy"]["matrix"]["name"] == "${{ fromJSON(needs.plan.outputs.slices) }}"


def test_what_is_released_is_what_is_made():
    """Each file that is put beside a release comes from a line before it."""
    release = [line for name, line in lines() if name == "release.release"]
    assert release[-1].startswith("gh release create")
    made = "\n".join(release[:-1])
    assert "python -m build" in made and "start.py site snnlab-site" in made  # wheel, sdist; folder and zip
    assert "-m snnlab_widgets.single_files dist/panels" in made and "-c dist/panels.zip dist/panels" in made
    for file in ("dist/*.whl", "dist/*.tar.gz", "dist/panels.zip", "snnlab-site.zip"):
        assert file in release[-1]


@pytest.mark.parametrize(("tag", "code"), [("v0.1.0", 0), ("v0.2.0", 2)])
def test_a_tag_that_is_not_the_version_stops_the_release(tmp_path, tag, code):
    need(sys.platform.startswith("linux") and shutil.which("bash"), "needs bash")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "snnlab_course-0.1.0-py3-none-any.whl").touch()
    (asked,) = [line for name, line in lines() if name == "release.release" and line.startswith("ls ")]
    environment = os.environ | {"GITHUB_REF_NAME": tag}
    assert subprocess.run(["bash", "-c", asked], cwd=tmp_path, env=environment).returncode == code


def test_a_site_is_published_from_where_it_is_written():
    build = read(ROOT / ".github" / "workflows" / "pages.yml")["jobs"]["build"]["steps"]
    assert build[-2]["run"].split()[-1] == build[-1]["with"]["path"] == "snnlab-site"
    pages = read(GITLAB)["pages"]
    assert pages["script"][-1] == "mv snnlab-site public" and pages["artifacts"]["paths"] == ["public"]


def test_a_workflow_may_do_no_more_than_it_has_to():
    for file in WORKFLOWS:
        wanted = {"contents": "write"} if file.stem == "release" else {"contents": "read"}
        assert read(file)["permissions"] == wanted
        more = {name: job["permissions"] for name, job in read(file)["jobs"].items() if "permissions" in job}
        assert more == ({"publish": {"pages": "write", "id-token": "write"}} if file.stem == "pages" else {})


def test_both_hosts_ask_the_same_of_who_reports():
    for form in FORMS:
        asked = [part["attributes"]["label"] for part in read(form)["body"]]
        template = (ROOT / ".gitlab" / "issue_templates" / form.with_suffix(".md").name).read_text("utf-8")
        assert re.findall(r"^\*\*(.+?)\*\*", template, re.M) == asked
        (label,) = read(form)["labels"]
        assert template.rstrip().endswith(f"/label ~{label}")


def test_every_panel_is_written_to_one_file(tmp_path, monkeypatch):
    few = {name: single_files.PANELS[name] for name in ("lif", "volley")}
    monkeypatch.setattr(single_files, "PANELS", few)
    written = single_files.main(tmp_path / "panels")
    assert [file.name for file in written] == ["lif.html", "volley.html"]
    for file, make in zip(written, few.values(), strict=True):
        make().save(tmp_path / "alone.html")
        assert file.read_bytes() == (tmp_path / "alone.html").read_bytes()


def test_the_pages_about_it_name_what_there_is():
    publish = (ROOT / "docs" / "publish.md").read_text(encoding="utf-8")
    for name in re.findall(r"`(\.[\w./-]+|\w+/[\w./]+|\w+\.yml)`", publish):
        assert (ROOT / name).exists() or (ROOT / ".github" / "workflows" / name).exists(), name
    assert set(re.findall(r"(\w+\.yml)", publish)) >= {file.name for file in WORKFLOWS}
    propose = (ROOT / "docs" / "propose_a_chapter.md").read_text(encoding="utf-8")
    assert f"At most {MOST_WORDS} words" in propose
