"""A hand on the slider: key presses, a drag, and the wait for the first picture, in Chromium."""

import random
import statistics
import time
from pathlib import Path
from typing import NamedTuple

__all__ = ["Figures", "Subject", "first_paint", "measure", "quantile"]

PROBE = (Path(__file__).parent / "latency_probe.js").read_text(encoding="utf-8")
PATIENCE = 3000  # ms for the picture to change after a key
WARM_UP, DRAG = 5, 3.0  # presses that are not counted; s
CHANGED = "() => probe.presses.length && probe.paints.some(paint => paint >= probe.presses[0])"


class Subject(NamedTuple):
    """What is measured: a tool in a host."""

    tool: str
    host: str
    slider: str  # what takes the keys
    picture: str  # what has to change; results are drawn on it, not only the slider's own value


class Figures(NamedTuple):
    """What came out, in ms and in numbers a second."""

    median: float
    p95: float
    missed: int
    updates: float
    values: float
    lag: float  # from the last move of a drag to the last picture
    probe: float  # what the measurement itself costs in a frame


def quantile(numbers: list[float], q: float) -> float:
    """The number below which a share of `q` lies; of the numbers given, none in between."""
    return sorted(numbers)[min(len(numbers) - 1, int(q * len(numbers)))]


def measure(page, subject: Subject, presses: int) -> Figures:
    """Press keys on the slider, then drag it."""
    page.wait_for_selector(subject.slider)
    page.wait_for_selector(subject.picture)
    page.wait_for_timeout(1500)
    page.evaluate(PROBE)
    page.evaluate("([p, s]) => probe.watch(p, s)", [subject.picture, subject.slider])
    slider = page.locator(subject.slider).first
    slider.scroll_into_view_if_needed()
    page.locator(subject.picture).first.scroll_into_view_if_needed()
    slider.focus()
    latencies, missed = [], 0
    rng = random.Random(1)
    for k in range(presses + WARM_UP):
        page.evaluate("probe.reset()")
        page.keyboard.press("ArrowRight" if k // 10 % 2 == 0 else "ArrowLeft")
        try:
            page.wait_for_function(CHANGED, timeout=PATIENCE, polling=10)
        except Exception as error:
            if "Timeout" not in str(error):
                raise
            missed += 1
            continue
        # so that presses fall anywhere between two frames
        page.wait_for_timeout(80 + rng.uniform(0, 50))
        start, painted = page.evaluate("[probe.presses[0], probe.paints.find(p => p >= probe.presses[0])]")
        if k >= WARM_UP:
            latencies.append(painted - start)
    assert latencies, f"{subject.tool}: the picture never changed"
    cost = page.evaluate("probe.cost / probe.frames")
    updates, values, lag = drag(page, slider)
    return Figures(
        statistics.median(latencies), quantile(latencies, 0.95), missed, updates, values, lag, cost
    )


def drag(page, slider) -> tuple[float, float, float]:
    """Swing the slider to and fro; pictures and values a second, and the lag at the end in ms."""
    slider.scroll_into_view_if_needed()
    x, y, swing = slider.evaluate(
        """e => {
            const box = e.getBoundingClientRect(), y = box.top + box.height / 2;
            if (e.min === undefined || e.tagName !== "INPUT") {  // a handle of noUiSlider
              return [box.left + box.width / 2, y, 0.3 * e.closest(".noUi-target").clientWidth];
            }
            const share = (e.value - e.min) / (e.max - e.min);
            return [box.left + 8 + share * (box.width - 16), y, 0.3 * box.width];
        }"""
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(300)
    page.evaluate("probe.reset()")
    start, moves = time.monotonic(), 0
    while (now := time.monotonic() - start) < DRAG:
        phase = now / 1.6 % 1  # there and back in 1.6 s, to the side with more room
        page.mouse.move(x - swing * (1 - abs(2 * phase - 1)), y)
        moves += 1
        time.sleep(max(0.0, start + moves / 60 - time.monotonic()))
    page.mouse.up()
    page.wait_for_timeout(2500)
    events, paints, values = page.evaluate("[probe.presses, probe.paints, probe.values]")
    seconds = (events[-1] - events[0]) / 1000
    during = [paint for paint in paints if events[0] <= paint <= events[-1]]
    return len(during) / seconds, values / seconds, max(paints, default=events[-1]) - events[-1]


def first_paint(browser, address: str, picture: str, count: int = 1, loads: int = 5) -> float:
    """Median time in ms from the start of the navigation to `count` pictures with something on them."""
    times = []
    for _ in range(loads):
        context = browser.new_context(viewport={"width": 1300, "height": 1000})
        page = context.new_page()
        page.add_init_script(f"{PROBE}\nprobe.awaitFirst({picture!r}, {count});")
        page.goto(address)
        page.wait_for_function("probe.first !== null", timeout=30_000)
        times.append(page.evaluate("probe.first"))
        context.close()
    return statistics.median(times)
