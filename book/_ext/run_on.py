"""Links that open a chapter on Binder and on Colab, once the repository has an address.

The address stands in one place, ``repository_url`` in ``_config.yml``; while it is empty there is no link.
Every notebook's page gets them in its header, and the page `run_it_on` where it has the comment
``<!-- on a machine of somebody else -->``.
"""

from urllib.parse import urlsplit

BINDER, COLAB, BRANCH, BOOK = "https://mybinder.org", "https://colab.research.google.com", "main", "book"
PLACE = "<!-- on a machine of somebody else -->"
FIRST = "chapters/02_leaky_integrate_and_fire.ipynb"
_HOSTS = {"github.com": "gh", "gitlab.com": "gl"}

NOWHERE = """This edition has no public address, so nobody else's machine can fetch it. Whoever publishes it
writes the address of the repository into `book/_config.yml`, at `repository_url`; then the links to Binder
and Colab stand here and in the header of each chapter."""

SOMEWHERE = """**[Binder]({binder}).** A machine of the Binder federation makes the environment, at first in
some minutes, and opens this book in JupyterLab. It is small, and forgets all that you did when you close
it: save your copy of a notebook before.
"""

COLAB_TOO = """
**[Colab]({colab}).** Google's notebooks need an account. Put this cell before the first one, run it once, and
restart the session when it asks for it:

```python
%pip install "snnlab-course[course] @ git+{url}"
from google.colab import output
output.enable_custom_widget_manager()
```

Colab has versions of its own of many packages. What we test are those of `constraints.txt`.
"""


def repository(url: str) -> tuple[str, str]:
    """The host of a repository and its path on it, both empty if there is no address.

    >>> repository("https://github.com/somebody/course/")
    ('github.com', 'somebody/course')
    """
    parts = urlsplit(url.strip())
    path = parts.path.strip("/").removesuffix(".git")
    if not url.strip():
        return "", ""
    if parts.scheme != "https" or not parts.netloc or "/" not in path:
        raise ValueError(
            f"repository_url of _config.yml must be like https://github.com/somebody/course, got {url}"
        )
    return parts.netloc, path


def text(url: str) -> str:
    """What the page says of Binder and Colab."""
    host, path = repository(url)
    if host not in _HOSTS:
        return NOWHERE
    kind, where = _HOSTS[host], path.replace("/", "%2F") if host == "gitlab.com" else path
    binder = f"{BINDER}/v2/{kind}/{where}/{BRANCH}?urlpath=lab/tree/{BOOK}/{FIRST}"
    colab = f"{COLAB}/github/{path}/blob/{BRANCH}/{BOOK}/{FIRST}"
    return SOMEWHERE.format(binder=binder) + (
        COLAB_TOO.format(colab=colab, url=url.strip()) if host == "github.com" else ""
    )


def setup(app):
    """Put the links into the header of each notebook's page and into the page about them."""

    def add_buttons(app, config):
        options = config.html_theme_options
        host, _ = repository(options.get("repository_url") or "")
        if host in _HOSTS:
            buttons = {"binderhub_url": BINDER} | ({"colab_url": COLAB} if host == "github.com" else {})
            options["launch_buttons"] = {**options.get("launch_buttons", {}), **buttons}
            options.update(repository_branch=BRANCH, path_to_docs=BOOK, use_issues_button=True)

    def add_text(app, docname, source):
        if docname == "run_it_on":
            source[0] = source[0].replace(
                PLACE, text(app.config.html_theme_options.get("repository_url") or "")
            )

    app.connect("config-inited", add_buttons)
    app.connect("source-read", add_text)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
