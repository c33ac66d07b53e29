"""The first page of the reference: a topic for each module, and the words that the search finds a name by."""

import json
import re
import sys

import pytest
from sample_book import BOOK

sys.path.insert(0, str(BOOK / "_ext"))

from field_words import WORDS
from public_names import PACKAGES, public_names
from reference_index import index, slug
from reference_pages import Library, neighbours, page
from topics import TOPICS, in_order, topic_of

LIBRARY = Library(public_names(), {}, {}, {})
ASKED = {
    "f-I curve": "snnlab.neurons.lif_rate",
    "dead time": "snnlab.coding.dead_time_spikes",
    "spike train distance": "snnlab.coding.victor_purpura_distance",
    "ISI histogram": "snnlab.plots.interval_shares",
    "cross-correlogram": "snnlab.coding.cross_correlogram",
    "STA": "snnlab.coding.spike_triggered_average",
    "PSTH": "snnlab.coding.psth",
    "refractory": "snnlab.coding.dead_time_spikes",
    "distance matrix": "snnlab.coding.distance_matrix",
    "optimal kernel bandwidth": "snnlab.coding.optimal_width",
    "raster plot": "snnlab.plots.trains",
    "Fano factor": "snnlab.coding.fano_over_trials",
    "rheobase": "snnlab.neurons.lif_rheobase",
    "coefficient of variation": "snnlab.coding.cv",
}
"""What a reader looks for, and the name that they should find."""


def test_every_module_stands_below_one_topic():
    places = [module for topic in TOPICS for module in in_order(LIBRARY.modules, topic)]
    assert sorted(places) == sorted(LIBRARY.modules)


def test_a_topic_names_only_what_there_is():
    known = {*LIBRARY.modules, *PACKAGES, "snnlab_widgets.chapters"}
    assert [name for topic in TOPICS for name in topic.modules if name not in known] == []


def test_a_new_module_has_a_topic_before_anybody_puts_it_beside_its_kin():
    assert topic_of("snnlab.neurons.new").title == "Neurons"
    assert topic_of("snnlab_widgets.chapters.chapter09.new").title == "Panels of the chapters"
    assert topic_of("snnlab_widgets.new").title == "Make a panel"


def test_the_first_page_has_a_table_of_topics_and_each_name_once():
    text = index(LIBRARY)
    table, _, rest = text.partition("\n## ")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert re.findall(r"\[(.+?)\]\(#", table) == headings == [topic.title for topic in TOPICS]
    paths = re.findall(r"\{py:obj\}`.+? <(.+?)>`: \S", rest)
    assert sorted(paths) == sorted(name.path for name in LIBRARY.names)


def test_what_is_called_stands_before_what_it_takes():
    text = index(LIBRARY)
    at = [text.index(f"{{py:obj}}`{name} <") for name in ("simulate_lif", "lif_latency", "LIF", "LIFRun")]
    assert at == sorted(at)


def test_every_page_leads_to_others():
    assert [docname for docname in LIBRARY.by_page if not neighbours(LIBRARY, docname)] == []


def test_the_words_of_the_field_belong_to_public_names_and_are_said_once():
    assert set(WORDS) <= set(LIBRARY.by_path)
    for path, words in WORDS.items():
        said = [word.lower() for word in words.split("; ")]
        assert len(said) == len(set(said)) and all(word == word.strip() != "" for word in said), path


def test_a_page_enters_its_names_into_the_index():
    text = page(LIBRARY, "reference/coding.generators.dead_time")
    entered, _, entry = text.partition(".. autofunction:: snnlab.coding.dead_time_spikes")
    assert entry and entered.rstrip().splitlines()[-4:-2] == [
        "   ! single: dead time",
        "   ! single: refractory",
    ]


@pytest.fixture(scope="module")
def search_index(whole_book) -> dict:
    text = (whole_book / "searchindex.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("Search.setIndex(").rstrip().removesuffix(")"))


@pytest.mark.slow
@pytest.mark.parametrize("words", ASKED)
def test_the_search_leads_to_the_entry(search_index, words):
    """A main entry of the index counts for more than any heading if the question is at least half of it."""
    asked = words.lower()
    found = {
        search_index["docnames"][file]
        for entry, places in search_index["indexentries"].items()
        if asked in entry and len(asked) >= len(entry) / 2
        for file, _, main in places
        if main
    }
    assert LIBRARY.by_path[ASKED[words]].page in found


@pytest.mark.slow
def test_the_topics_are_headings_that_the_table_leads_to(whole_book):
    first = (whole_book / "reference.html").read_text(encoding="utf-8")
    for topic in TOPICS:
        assert f'id="{slug(topic)}"' in first and f'href="#{slug(topic)}"' in first
