"""The reference of the library: an entry for each public name, and what each entry holds."""

import importlib
import re
import sys

import pytest
from sample_book import BOOK

sys.path.insert(0, str(BOOK / "_ext"))

import public_names
from docstring_markup import to_rst
from first_mentions import link_first_mentions
from library_reference import problems
from reference_pages import fields, related, returned, with_section
from reference_uses import imported


def no_link(code):
    return None


def test_every_package_that_is_offered_is_in_the_reference():
    import pkgutil

    import snnlab

    packages = {f"snnlab.{found.name}" for found in pkgutil.iter_modules(snnlab.__path__) if found.ispkg}
    packages |= {name for name in (f"snnlab.{name}" for name in snnlab.__all__) if name in sys.modules}
    assert packages - {"snnlab.Spikes", "snnlab.spread"} <= set(public_names.PACKAGES)


def test_every_public_name_is_found_where_it_is_offered_and_says_something():
    names = public_names.public_names()
    offered = {
        (package, name)
        for package in (
            "snnlab.neurons",
            "snnlab.coding",
            "snnlab.learning",
            "snnlab.loihi",
            "snnlab_widgets",
        )
        for name in importlib.import_module(package).__all__
    }
    assert offered <= {(name.package, name.name) for name in names}
    assert [name.path for name in names if not public_names.text_of(name)] == []
    assert problems(names, {name.path for name in names}) == []


def test_a_name_without_entry_an_entry_without_name_and_silence_are_told():
    spoken = public_names.Name("a", "spoken", "a", test_every_package_that_is_offered_is_in_the_reference)
    silent = public_names.Name("a", "silent", "a", no_link)
    assert problems([spoken, silent], {"a.silent", "a.gone"}) == [
        "a.spoken is public and has no entry in the reference",
        "a.gone has an entry in the reference and is not public",
        "a.spoken is public and says nothing of itself",
        "a.silent is public and says nothing of itself",
    ]


@pytest.mark.parametrize(
    ("docstring", "rst"),
    [
        ("of $R$, `v` and ``s[3]``", "of :math:`R`, ``v`` and ``s[3]``"),
        ("see `other(1)`.", "see :py:obj:`other(1) <a.other>`."),
        ("the $n$th |ln|", r"the :math:`n`\ th \|ln\|"),
        ("$$ a_b\n= c $$", "\n.. math::\n\n   a_b\n   = c\n"),
        ("    $$ a $$", "\n    .. math::\n\n       a\n"),
        (">>> print('`a` $b$')\n`a` $b$\n", ">>> print('`a` $b$')\n`a` $b$\n"),
        ("| a | b |\n|---|---|\n| $x$ | 2 |\n", ".. list-table::\n   :header-rows: 1\n\n   * - a\n"
         "     - b\n   * - :math:`x`\n     - 2\n"),
    ],
)  # fmt: skip
def test_docstrings_become_what_sphinx_reads(docstring, rst):
    assert to_rst(docstring, {"other(1)": "a.other"}.get) == rst


def test_a_page_leads_to_others_about_the_same_idea():
    names = public_names.public_names()
    kin = related(tuple(dict.fromkeys(name.module for name in names)))
    lif = {f"snnlab.neurons.models.{name}" for name in ("lif", "lif_alpha", "lif_delta", "adaptive_lif")}
    assert lif <= kin["snnlab.neurons.models.lif_synaptic"]
    assert "snnlab.coding.distances.van_rossum" in kin["snnlab.coding.distances.victor_purpura"]
    assert "snnlab.learning.rules.stdp_parameters" in kin["snnlab.learning.rules.stdp"]
    assert "snnlab.coding.decoding.tuning" not in kin["snnlab.coding.distances.victor_purpura"]
    assert all(one in kin[other] for one in kin for other in kin[one])


def test_what_comes_out_of_a_function_has_an_entry_and_no_second_one():
    names = public_names.public_names()
    paths = [name.path for name in names]
    assert {"snnlab.learning.rules.stdp.STDPRun", "snnlab.neurons.models.lif.State"} <= set(paths)
    assert len({id(name.value) for name in names if isinstance(name.value, type)}) == len([
        name for name in names if isinstance(name.value, type)
    ])
    assert {name.shelf for name in names} <= set(public_names.PACKAGES)


def test_fields_of_a_named_tuple_and_the_kind_of_a_result_need_not_be_written_twice():
    from snnlab.coding import cv, psth
    from snnlab.neurons import LIF

    assert fields(LIF)[0] == ("tau_m", "float > 0, default 20.0", "Membrane time constant, ms.")
    assert (returned(psth), returned(cv)) == ("RateEstimate", "array")
    doc = "Say it.\n\nExamples\n--------\n>>> 1\n1\n"
    told = with_section(doc, "Returns", "int")
    assert told == "Say it.\n\nReturns\n-------\nint\n\nExamples\n--------\n>>> 1\n1\n"
    assert with_section(told, "Returns", "float") == told


def test_uses_are_read_from_imports_and_from_attributes():
    code = "from snnlab.coding import cv\nfrom snnlab import plots\nplots.trace(1)\nimport os\nos.getcwd()"
    found = imported(code)
    assert ("snnlab.coding", "cv") in found and ("snnlab.plots", "trace") in found
    assert not any(module.startswith("os") for module, _ in found)


PROSE = '<code class="docutils literal notranslate"><span class="pre">{}</span></code>'
CODE = '<div class="highlight"><pre><span class="n">{}</span> <span class="n">{}</span></pre></div>'


def test_the_first_mention_in_text_and_in_code_is_a_link_and_no_other():
    html = PROSE.format("cv") + PROSE.format("cv") + CODE.format("cv", "cv") + PROSE.format("other")
    linked = link_first_mentions(html, {"cv": "coding.html#cv"}.get)
    assert linked.count('<a class="api" href="coding.html#cv">') == 2
    assert re.sub(r"</?a[^>]*>", "", linked) == html
    assert linked.startswith("<a ") and '<pre><a class="api"' in linked


def test_a_mention_that_is_a_link_already_stays():
    html = f'<a href="x">{PROSE.format("cv")}</a>'
    assert link_first_mentions(html, {"cv": "coding.html#cv"}.get) == html


@pytest.mark.slow
def test_every_public_name_has_an_anchor_that_the_first_page_leads_to(whole_book):
    first = (whole_book / "reference.html").read_text(encoding="utf-8")
    for name in public_names.public_names():
        page = (whole_book / f"{name.page}.html").read_text(encoding="utf-8")
        assert f'id="{name.path}"' in page, name.path
        assert f'href="{name.page}.html#{name.path}"' in first, name.path


@pytest.mark.slow
def test_an_entry_has_equation_units_example_source_and_uses(whole_book):
    page = (whole_book / "reference" / "neurons.models.lif.html").read_text(encoding="utf-8")
    entry = page[page.index('id="snnlab.neurons.simulate_lif"') :]
    entry = entry[: entry.index('id="snnlab.neurons.simulate_lif_exact"')]
    assert '<math display="block"' in page
    assert "Current in nA for one neuron" in entry and "&gt;&gt;&gt;" in entry
    source = re.search(
        r'href="(\.\./_modules/snnlab/neurons/models/lif\.html)#(snnlab\.neurons\.\w*\.?simulate_lif|simulate_lif)"',
        entry,
    )
    assert source and f'id="{source[2]}"' in (whole_book / "reference" / source[1]).read_text(
        encoding="utf-8"
    )
    assert "../chapters/02_leaky_integrate_and_fire.html" in entry and "lif_panel" in page


@pytest.mark.slow
def test_the_chapter_links_the_first_mentions_and_the_search_knows_the_names(whole_book):
    chapter = (whole_book / "chapters" / "02_leaky_integrate_and_fire.html").read_text(encoding="utf-8")
    target = 'href="../reference/neurons.models.lif.html#snnlab.neurons.simulate_lif"'
    assert 1 <= chapter.count(target) <= 2  # in the text, in the code
    assert "victor_purpura_distance" in (whole_book / "searchindex.js").read_text(encoding="utf-8")
