"""Links that open a chapter on Binder, on Colab and on a hub, once the repository has an address.

The address stands in one place, ``repository_url`` in ``_config.yml``; while it is empty there is no link.
Every notebook's page gets them in its header, and the page `run_it_on` where it has the comment
``<!-- on a machine of somebody else -->``. The address of a hub stands in ``jupyterhub_url``;
the page `class/hub` gets a link for each chapter where it has ``<!-- chapters on the hub -->``.
"""

import json
from html import escape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

BINDER, COLAB, BRANCH, BOOK = "https://mybinder.org", "https://colab.research.google.com", "main", "book"
PLACE = "<!-- on a machine of somebody else -->"
FIRST = "chapters/02_leaky_integrate_and_fire.ipynb"
_HOSTS = {"github.com": "gh", "gitlab.com": "gl"}
HUB_PAGE, HUB_PLACE = "class/hub", "<!-- chapters on the hub -->"

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


NO_HUB = """This edition knows no hub. Whoever runs one writes two addresses into `book/_config.yml`: that of
the repository at `repository_url`, and that of the hub at `jupyterhub_url`. Then a link for
each chapter stands here, and in its header."""


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


def on_the_hub(url: str, hub: str, name: str, book: Path) -> str:
    """The link that brings a notebook of the book into a student's home on the hub, and opens it there.

    Fetched again, it brings a newer edition; what the student has changed stays as it is.

    >>> course, hub = "https://github.com/somebody/course", "https://hub.uni.example/"
    >>> link = on_the_hub(course, hub, "index", Path("book"))
    >>> link.split("?")[0]
    'https://hub.uni.example/hub/user-redirect/git-pull'
    >>> link.split("&")[1:]
    ['urlpath=lab/tree/course/book/index.ipynb', 'branch=main']
    """
    host, path = repository(url)
    place = f"lab/tree/{path.rpartition('/')[2]}/{book.name}/{name}.ipynb"
    asked = {"repo": f"https://{host}/{path}", "urlpath": place, "branch": BRANCH}
    return f"{hub.strip().rstrip('/')}/hub/user-redirect/git-pull?{urlencode(asked, safe='/')}"


def hub_links(url: str, hub: str, book: Path) -> str:
    """A link for each chapter, in their order."""
    if not url.strip() or not hub.strip():
        return NO_HUB
    lines = []
    for file in sorted((book / "chapters").glob("[0-9]*.ipynb")):
        first = "".join(json.loads(file.read_text(encoding="utf-8"))["cells"][0]["source"])
        title = first.splitlines()[0].lstrip("# ")
        link = escape(on_the_hub(url, hub, f"chapters/{file.stem}", book))
        lines.append(f'- <a href="{link}">{escape(title)}</a>')  # Markdown would escape & twice
    return "\n".join(lines)


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
        options = app.config.html_theme_options
        url = options.get("repository_url") or ""
        if docname == "run_it_on":
            source[0] = source[0].replace(PLACE, text(url))
        if docname == HUB_PAGE:
            hub = options.get("launch_buttons", {}).get("jupyterhub_url") or ""
            source[0] = source[0].replace(HUB_PLACE, hub_links(url, hub, Path(app.srcdir)))

    app.connect("config-inited", add_buttons)
    app.connect("source-read", add_text)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
