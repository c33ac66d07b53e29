"""The page "Beyond one core": its pieces run one after the other; what needs a cluster of others is read."""

import ast
import importlib.util
import re
import subprocess
import sys

import pytest
from needs import need
from page_code import blocks
from sample_book import BOOK

TEXT = (BOOK / "beyond_one_core.md").read_text(encoding="utf-8")
HERE = TEXT.partition("<!-- needs dask -->")[0]


def installed(name):
    """Whether there is such a module."""
    return importlib.util.find_spec(name) is not None


def said_by(pieces, folder):
    """What they print in a Python of their own, as a reader's script does."""
    command = [sys.executable, "-c", "\n".join(pieces)]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return done.stdout


@pytest.mark.slow
def test_the_pieces_run_on_cores_and_on_a_cluster_and_print_what_the_page_says(tmp_path):
    part = TEXT if installed("distributed") else HERE
    assert said_by(blocks(part, "python"), tmp_path) == "".join(blocks(part, "text"))
    need(part == TEXT, "needs distributed, of the extra dask, for the last piece")


def test_no_line_is_wider_than_its_box():
    lines = "".join(blocks(TEXT, r"\w+")).splitlines()
    assert [line for line in lines if len(line) > 84] == []


CLUSTERS = blocks(TEXT, "py")


def test_what_makes_a_cluster_is_python_that_makes_one():
    assert len(CLUSTERS) == 3
    for piece in CLUSTERS:
        names = {getattr(target, "id", "") for node in ast.parse(piece).body for target in targets(node)}
        assert "cluster" in names


def targets(node):
    return node.targets if isinstance(node, ast.Assign) else []


@pytest.mark.slow
def test_the_job_of_slurm_asks_for_what_the_page_says(tmp_path):
    need(installed("dask_jobqueue"), "needs dask_jobqueue")
    (piece,) = (piece for piece in CLUSTERS if "SLURMCluster" in piece)
    alone = "\n".join(line for line in piece.splitlines() if "adapt" not in line)  # that would hand in jobs
    script = said_by([alone, "cluster.close()"], tmp_path)
    assert script.startswith("#!") and "distributed.cli.dask_worker" in script
    for line in ("--cpus-per-task=8", "--mem=15G", "-t 01:00:00"):
        assert re.search(rf"^#SBATCH {re.escape(line)}$", script, re.M), script
    assert "--nworkers 8" in script and "--nthreads 1" in script


def test_the_page_is_in_the_table_of_contents_and_in_the_readme():
    assert "file: beyond_one_core\n" in (BOOK / "_toc.yml").read_text(encoding="utf-8")
    assert "(book/beyond_one_core.md)" in (BOOK.parent / "README.md").read_text(encoding="utf-8")
