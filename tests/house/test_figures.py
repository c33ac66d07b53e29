"""What the house has reached, and does not lose again."""

import json

import pytest
from house.additions import lists_told
from house.counts import code_lines, kernels, public_names
from house.equations import places, refractory_places
from house.graph import circles, folder_imports, module_imports, upward
from house.imports import folder_of, modules, private_across_folders
from tree import ROOT


def test_there_are_no_circles():
    assert circles(module_imports(ROOT)) == []
    assert circles(folder_imports(ROOT)) == []


def test_no_floor_imports_from_one_above():
    assert upward(ROOT) == []


def test_no_private_name_is_taken_from_another_folder():
    taken = private_across_folders(ROOT)
    assert [f"{found.file.name}:{found.line}: {found.module}.{found.name}" for found in taken] == []


@pytest.mark.parametrize("kind", ["panel", "goal", "exercise", "chapter"])
def test_no_list_is_told_of_an_addition(kind):
    told = lists_told(ROOT, kind)
    if kind == "chapter":  # the first page says where to begin, another where PyTorch is met
        assert told.pop("book/chapters/01_spiking_neuron.ipynb") == ["book/index.ipynb"]
        assert told.pop("book/chapters/16_surrogate_gradients.ipynb") == ["book/coming_from.md"]
    assert len(told) >= 14 and {file: lists for file, lists in told.items() if lists} == {}


def test_each_neuron_moves_in_one_file():
    files = {model: {place.partition(":")[0] for place in found} for model, found in places(ROOT).items()}
    assert files == {model: {model} for model in files}


def test_what_holds_a_neuron_after_a_spike_stands_once():
    assert refractory_places(ROOT) == ["snnlab.neurons.refractory:fired_or_held"]


def test_the_sciences_offer_what_somebody_can_survey():
    """What nobody looks for stays in its module: at most 180 names are met in no chapter, 62 of them nowhere.

    With those that sixteen chapters used they were fewer than four hundred; a new chapter brings its own.
    """
    names = public_names(ROOT)
    assert len(names.offered - names.in_chapters) <= 180
    assert len(names.unused) <= 62


def test_kernels_leave_the_widgets():
    """A panel is a declaration; what it computes is a function of the library."""
    assert kernels(ROOT) == []


@pytest.fixture
def pond(tmp_path):
    """A tree in which every kind of import of a private name stands once, and every kind that is allowed."""
    code = ["from snnlab.pond import fish\n", "fish._gill(1)"]
    cell = json.dumps({"cells": [{"cell_type": "code", "source": code}]})
    files = {
        "snnlab/__init__.py": "",
        "snnlab/_water.py": "depth = 1\n",
        "snnlab/pond/__init__.py": "",
        "snnlab/pond/fish.py": "from snnlab.pond.weed import _leaf\n",
        "snnlab/pond/weed.py": "from snnlab import _water\n_leaf = 1\n",
        "snnlab/sea/__init__.py": "",
        "snnlab/sea/whale.py": "from snnlab.pond.weed import _leaf\n",
        "snnlab/sea/crab.py": "from snnlab._water import depth\nfrom snnlab.pond.fish import __doc__\n",
        "tests/pond/test_fish.py": "from snnlab.pond import fish\nfish._gill(2)\n",
        "tests/sea/test_whale.py": "import snnlab.pond.fish\nsnnlab.pond.fish._gill(2)\n",
        "book/chapters/01_pond.ipynb": cell,
    }
    return write(tmp_path, files)


def test_private_names_are_seen_in_every_kind_of_import(pond):
    taken = {(found.file.name, found.module, found.name) for found in private_across_folders(pond)}
    assert taken == {
        ("weed.py", "snnlab._water", ""),
        ("crab.py", "snnlab._water", "depth"),
        ("whale.py", "snnlab.pond.weed", "_leaf"),
        ("test_whale.py", "snnlab.pond.fish", "_gill"),
        ("01_pond.ipynb", "snnlab.pond.fish", "_gill"),
    }


def test_a_test_belongs_to_the_folder_that_it_mirrors(pond):
    assert folder_of(pond / "tests/pond/test_fish.py", pond) == "snnlab/pond"
    assert folder_of(modules(pond)["snnlab.pond.fish"], pond) == "snnlab/pond"
    assert folder_of(pond / "tests/hill/test_top.py", pond) == "tests/hill"


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_circles_and_upward_imports_are_seen_wherever_they_stand(tmp_path):
    write(
        tmp_path,
        {
            "snnlab/__init__.py": "from snnlab import coding\n",
            "snnlab/coding/__init__.py": "",
            "snnlab/coding/one.py": "def f():\n    from snnlab.coding import two\n",
            "snnlab/coding/two.py": "if TYPE_CHECKING:\n    from snnlab.coding.three import x\n",
            "snnlab/coding/three.py": "import snnlab.coding.one\n",
            "snnlab/coding/four.py": "from snnlab.coding.one import f\nfrom snnlab.learning.rule import g\n",
            "snnlab/learning/rule.py": "import snnlab.coding.one\n",
            "snnlab/course/talk.py": "def f():\n    import snnlab_widgets.panel\n",
            "widgets/snnlab_widgets/panel.py": "from snnlab.learning import rule\n",
        },
    )
    assert circles(module_imports(tmp_path)) == [
        ["snnlab.coding.one", "snnlab.coding.three", "snnlab.coding.two"]
    ]
    assert circles(folder_imports(tmp_path)) == [["snnlab/coding", "snnlab/learning"]]
    assert upward(tmp_path) == [
        ("snnlab.coding.four", "snnlab.learning.rule"),
        ("snnlab.course.talk", "snnlab_widgets.panel"),
    ]


STEP = "def step(v, i, k, rest, r):\n    return k * v + (1.0 - k) * (rest + r * i)\n"


@pytest.mark.parametrize(
    "line, same",
    [
        ("(1.0 - a) * (net.r * x[t] + net.v0) + now * a", True),
        ("a * u + (1.0 - a) * (v0 + r * x) + kick", True),
        ("max(0.0, a * u + (1.0 - a) * (v0 + r * x))", True),
        ("a * u - (1.0 - a) * (v0 + r * x)", False),
        ("a * u + (1.0 - b) * (v0 + r * x)", False),
        ("a * u + (2.0 - a) * (v0 + r * x)", False),
        ("a * u + (1.0 - a) * (v0 + r * x + y)", False),
        ("a * u + (1.0 - a) * (u + r * x)", False),
    ],
)
def test_an_equation_is_found_in_other_letters_and_in_another_order(tmp_path, line, same):
    copy = f"def run(u):\n    if u:\n        y = {line}\n    free[0] = t + 1 + hold\n"
    write(tmp_path, {"snnlab/neurons/models/lif.py": STEP, "snnlab/learning/net.py": copy})
    own, other = "snnlab.neurons.models.lif:step", "snnlab.learning.net:run"
    assert set(places(tmp_path)["snnlab.neurons.models.lif"]) == ({own, other} if same else {own})
    assert refractory_places(tmp_path) == ["snnlab.learning.net:run"]


@pytest.mark.parametrize(
    "line, held",
    [
        ("free[k] = t + 1 + hold", True),
        ("self.free, v = step + 1 + hold, 0.0", True),
        ("held[k] -= 1", True),
        ("held = held - 1", True),
        ("return v, state.held[k] - 1, False", True),
        ("free[k] = t + hold", False),
        ("return v_reset, t + 1 + hold, True", True),
        ("v, free[k], fired = fired_or_held(t, v, moved, moved > v_th, free[k], v_reset, hold)", False),
        ("return t + 1 + k", False),
        ("left = count - 1", False),
    ],
)
def test_a_refractory_time_is_found_as_a_date_and_as_a_countdown(tmp_path, line, held):
    write(tmp_path, {"snnlab/neurons/net.py": f"def run(k, v, t):\n    {line}\n"})
    assert refractory_places(tmp_path) == (["snnlab.neurons.net:run"] if held else [])


def test_what_is_counted(tmp_path):
    chapter = json.dumps({"cells": [{"cell_type": "code", "source": ["from snnlab.neurons import LIF\n"]}]})
    lif = '__all__ = ["LIF", "simulate_lif"]\nclass LIF:\n    """One."""\n\ndef simulate_lif(i):\n    pass\n'
    panel = "@kernel\ndef lif_figure(a, b):\n    pass\n\ndef lif_panel():\n    pass\n"
    write(
        tmp_path,
        {
            "snnlab/neurons/__init__.py": '__all__ = ["LIF", "simulate_lif"]\n',
            "snnlab/neurons/models/lif.py": lif,
            "widgets/snnlab_widgets/chapters/chapter02/lif.py": panel,
            "widgets/snnlab_widgets/registry.py": "lif_panel\n",
            "widgets/snnlab_widgets/chapters/chapter02/goals.py": "def rate(engine) -> Panel:\n    pass\n",
            "snnlab/__init__.py": "rate = 1\n",
            "book/chapters/02_lif.ipynb": chapter,
            "book/chapters/03_srm.ipynb": chapter,
            "book/_toc.yml": "- file: chapters/02_lif\n# made by x.py, from here\n03_srm\n# to here\n",
            **{f"snnlab/{name}/__init__.py": "" for name in ("coding", "learning", "loihi", "data")},
        },
    )
    assert public_names(tmp_path) == ({"LIF", "simulate_lif"}, {"LIF"}, {"simulate_lif"})
    assert kernels(tmp_path) == [("snnlab_widgets.chapters.chapter02.lif", "lif_figure", 2, 2)]
    assert code_lines(lif) == 4
    assert lists_told(tmp_path, "panel") == {
        "widgets/snnlab_widgets/chapters/chapter02/lif.py": ["widgets/snnlab_widgets/registry.py"]
    }
    assert lists_told(tmp_path, "model") == {"snnlab/neurons/models/lif.py": ["snnlab/neurons/__init__.py"]}
    assert lists_told(tmp_path, "goal") == {"widgets/snnlab_widgets/chapters/chapter02/goals.py": []}
    assert lists_told(tmp_path, "chapter") == {
        "book/chapters/02_lif.ipynb": ["book/_toc.yml"],
        "book/chapters/03_srm.ipynb": [],
    }
