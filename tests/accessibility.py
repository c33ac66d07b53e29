"""What axe-core says of a page that a browser shows."""

from importlib.util import find_spec

from needs import need

__all__ = ["axe_findings"]

# Beside axe's own choice of rules: whoever speaks to a page says the words that they see.
RULES = {"rules": {"label-content-name-mismatch": {"enabled": True}}}


def axe_findings(page) -> list[tuple]:
    """Rule, weight, place and source of everything that axe finds; nothing, where all is well."""
    installed = find_spec("axe_playwright_python")
    need(installed, "axe-core is missing: python -m pip install axe-playwright-python")
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [(v["id"], v["impact"], node["target"], node["html"][:160]) for v in found for node in v["nodes"]]
