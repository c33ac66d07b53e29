"""What the browser tests of the panels share: a page that reports trouble, a panel opened in it."""

from collections.abc import Iterator
from contextlib import contextmanager

PANEL = "[...document.querySelectorAll('.snnlab-host')].at(-1).snnlab"


@contextmanager
def watched_page(browser, **options) -> Iterator:
    """A page that fails the test if anything is logged as an error or asked from the network."""
    context = browser.new_context(**({"viewport": {"width": 1300, "height": 900}} | options))
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(f"{error}\n{error.stack}"))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)

    def requested(request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:", "about:")):
            trouble.append(f"request to {request.url}")

    page.on("request", requested)
    page.trouble = trouble
    yield page
    context.close()
    assert not trouble, "\n".join(trouble)


def opened(page, file, fragment: str = ""):
    """Open a saved panel and wait until it lives."""
    page.goto(file.as_uri() + fragment)
    page.wait_for_function(f"{PANEL}?.data !== undefined")
    page.wait_for_timeout(50)
    return page


def pixels(page, view: int = 0) -> str:
    """The picture of one view."""
    return page.locator("canvas").nth(view).evaluate("canvas => canvas.toDataURL()")


def settled(page) -> None:
    """Wait for the frame after the next one: everything asked for is drawn then."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def sentence(page) -> str:
    """The sentence that the page shows to a screen reader."""
    return page.evaluate(f"{PANEL}.sentence")
