"""What the browser tests of the panels share: a page that reports trouble, a panel opened in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from chromium import PATIENCE
from snnlab_widgets.pages import page as page_forms

FIRST = "document.querySelector('.snnlab-host').snnlab"
PANEL = "[...document.querySelectorAll('.snnlab-host')].at(-1).snnlab"


@contextmanager
def watched_page(browser, **options) -> Iterator:
    """A page that fails the test if anything is logged as an error or asked from the network."""
    context = browser.new_context(**({"viewport": {"width": 1300, "height": 900}} | options))
    context.set_default_timeout(PATIENCE)
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


def as_shown(words: str) -> str:
    """What a page shows of a sentence that a notebook prints: code stands there without its ticks."""
    return words.replace("`", "")


def opened(page, file, fragment: str = ""):
    """Open a saved panel and wait until it lives."""
    page.goto(file.as_uri() + fragment)
    page.wait_for_function(f"() => {PANEL}?.data !== undefined")
    settled(page)
    return page


def pixels(page, view: int = 0) -> str:
    """The picture of one view."""
    return page.locator("canvas").nth(view).evaluate("canvas => canvas.toDataURL()")


def painted(page) -> None:
    """Wait for the frame after the next one: what has been answered is drawn then."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def settled(page) -> None:
    """Wait until every panel shows the result for its values, however long the machine takes.

    A panel that shows an error, or whose goal does not let it compute, is not waited for.
    """
    painted(page)
    page.wait_for_function(
        """() => [...document.querySelectorAll(".snnlab-host")].every(({ snnlab: panel }) =>
        !panel || !panel.error.hidden || panel.goal?.allows() === false
        || panel.names.every(name => panel.data?.values[name] === panel.values[name]))"""
    )
    painted(page)


def at_rest(page) -> None:
    """Wait until no panel expects a further move: it has said its result, and counted a guess."""
    settled(page)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.snnlab-host')].every(({ snnlab: panel }) => !panel?.moved)"
    )
    painted(page)


def sentence(page) -> str:
    """The sentence that the page shows to a screen reader."""
    return page.evaluate(f"{PANEL}.sentence")


HOST = """
window.asked = []; let hear;
const model = {
  get: name => name === "wasm" ? new DataView(new ArrayBuffer(0)) : state[name], set() {}, save_changes() {},
  send: message => window.asked.push(message), off() {},
  on: (event, act) => { if (event === "msg:custom") hear = act; } };
const view = bytes => new DataView(Uint8Array.from(bytes).buffer);
window.answer = (head, buffers) => hear(head, buffers.map(view));
document.getElementById("host").snnlab = new Panel(model, document.getElementById("host"));
"""


def ask_python(page, panel) -> None:
    """Show `panel` as a notebook does, with Python as its engine; Python answers when `answer` is called."""
    page.goto("about:blank")
    page.set_content(f"<style>{page_forms.css()}</style><div id=host class=snnlab-host></div>")
    script = page_forms.esm().replace("export default { render };", "")
    page.evaluate(f"state => {{ {script} {HOST} }}", {"spec": panel.spec, **panel.values})


def answer(page, panel) -> dict:
    """Answer the page's oldest question, and give its values."""
    question = page.evaluate("asked.shift()")
    sent = []
    panel.send = lambda content, buffers=None: sent.append((content, buffers))
    panel._handle_custom_msg(question, [])
    page.evaluate("([h, b]) => answer(h, b)", [sent[0][0], [list(bytes(b)) for b in sent[0][1]]])
    painted(page)
    return question["values"]


# Random moves of everything that moves a panel: points and grips by mouse and key, sliders.
MOVES = """async count => {
    const moved = ".snn-handle, .snn-grip, input[type=range], input[role=switch]";
    const points = [...document.querySelectorAll(moved)];
    const keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End"];
    let seed = 1;
    const random = n => Math.floor((seed = seed * 48271 % 2147483647) / 2147483647 * n);
    const fire = (target, type, more) => target.dispatchEvent(new PointerEvent(type,
      { bubbles: true, isPrimary: true, pointerId: 1, button: 0, pointerType: "mouse", ...more }));
    for (let k = 0; k < count; k++) {
      const point = points[random(points.length)];
      if (point.matches("[role=switch]")) {
        point.click();
      } else if (point.matches("input")) {
        point.value = +point.min + random(1000) / 1000 * (point.max - point.min);
        point.dispatchEvent(new Event("input"));
      } else if (random(2)) {
        point.dispatchEvent(new KeyboardEvent("keydown", { key: keys[random(8)], cancelable: true }));
      } else {
        point.setPointerCapture = () => {};
        const { x, y } = point.getBoundingClientRect();
        const at = () => ({ clientX: x + random(400) - 200, clientY: y + random(300) - 150 });
        fire(point, "pointerdown", { clientX: x, clientY: y });
        for (let step = 0; step < 3; step++) fire(point, "pointermove", at());
        fire(point, "pointerup", at());
      }
      if (k % 5 === 4) await new Promise(requestAnimationFrame);
      if (window.asked && k % 10 === 9) await new Promise(done => { window.go = done; });
    }
    return "done";
}"""

# The pictures without the ghost of the move before, which a panel that is opened anew does not have.
BARE = f"{PANEL}.views.map(view => (view.ghost = null, view.paint(), view.canvas.toDataURL()))"


def draw(tab, strokes, within="body"):
    """Draw with the mouse on the pad that is found there; places from 0 to 1000."""
    pad = tab.locator(within).locator(".snn-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    for stroke in strokes:
        places = [
            (box["x"] + box["width"] * x / 1000, box["y"] + box["height"] * y / 1000) for x, y in stroke
        ]
        tab.mouse.move(*places[0])
        tab.mouse.down()
        for place in places[1:]:
            tab.mouse.move(*place)
        tab.mouse.up()
