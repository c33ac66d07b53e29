"""What installs a hub: `hub/prepare.sh`, and the settings as The Littlest JupyterHub takes them."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from needs import need
from page_code import blocks
from sample_book import BOOK
from tree import ROOT

HUB = ROOT / "hub"
COMMANDS = blocks((BOOK / "class" / "littlest.md").read_text(encoding="utf-8"), "sh")
STAND_IN = """#!/bin/sh
# The Python of a server: what compiles for minutes is written down, and its folder is this one.
case "$*" in
  "-m snnlab warmup") echo "$PWD: $*" >> {folder}/said;;
  *sys.prefix*) echo {folder};;
  *) exec {python} "$@";;
esac
"""


def test_preparing_compiles_and_sets_up_jupyterlab(tmp_path):
    """Not in the clone, whose course would be found first; what is made may be read by all."""
    need(os.name == "posix", "needs a shell")
    python = tmp_path / "python"
    python.write_text(STAND_IN.format(folder=tmp_path, python=sys.executable), encoding="utf-8")
    python.chmod(0o755)
    away = tmp_path / "away"
    away.mkdir()
    ours = os.pathsep.join(path for path in sys.path if path)
    own = {"PYTHON": str(python), "TMPDIR": str(away), "PYTHONPATH": ours}
    command = ["sh", "-c", f'umask 077; exec sh "{HUB / "prepare.sh"}"']
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "said").read_text(encoding="utf-8") == f"{away}: -m snnlab warmup\n"
    (made,) = (tmp_path / "etc" / "jupyter" / "labconfig").iterdir()
    assert made.stat().st_mode & 0o777 == 0o644 and made.parent.stat().st_mode & 0o777 == 0o755
    widgets = json.loads(made.read_text(encoding="utf-8"))["@jupyter-widgets/jupyterlab-manager:plugin"]
    assert widgets == {"saveState": True}


def littlest() -> Path:
    folder = os.environ.get("SNNLAB_LITTLEST")
    if not folder:
        pytest.skip("SNNLAB_LITTLEST names no copy of The Littlest JupyterHub")
    return Path(folder)


def as_told(word):
    """A value as `tljh-config` takes it from a command line."""
    return int(word) if word.isdigit() else word == "true" if word in ("true", "false") else word


def told(commands, names):
    """The settings that the commands of the page make, for students of these names."""
    settings = {}
    for command in commands:
        for line in command.splitlines():
            words = line.replace("; done < names.txt", "").replace('"', "").split()
            if "tljh-config" not in words or "reload" in words:
                continue
            verb, name, value = words[words.index("tljh-config") + 1 :]
            *folders, last = name.split(".")
            place = settings
            for folder in folders:
                place = place.setdefault(folder, {})
            if verb == "set":
                place[last] = as_told(value)
            else:
                place[last] = [as_told(one) for one in (names if "$name" in value else [value])]
    return settings


def test_the_settings_pass_the_schema_of_the_littlest():
    """Where a copy of it is named. A name of digits alone is a number to it, and refused."""
    import jsonschema

    text = (littlest() / "tljh" / "config_schema.py").read_text(encoding="utf-8")
    (made,) = (node.value for node in ast.parse(text).body if isinstance(node, ast.Assign))
    schema = ast.literal_eval(made)
    settings = told(COMMANDS, ["ada", "bo"])
    assert settings["users"] == {"allowed": ["ada", "bo"]} and settings["limits"]["cpu"] == 2, settings
    jsonschema.validate(settings, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told(COMMANDS, ["1234567"]), schema)
