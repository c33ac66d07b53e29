"""From a turn of the wheel to the picture that Python has counted anew, a million spikes, in JupyterLab.

    python tests/benchmarks/explorer.py [--turns 40]

A turn counts from the time stamp of the browser's wheel event to the end of the frame after the one in which
the new numbers arrived. Between two turns the page rests. Every other turn zooms out again, so that half of
the answers count all spikes.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(TESTS))  # pytest does it by itself

from benchmarks.latency import load  # noqa: E402
from benchmarks.latency_drive import quantile  # noqa: E402
from chromium import launch  # noqa: E402
from jupyter_host import jupyter, open_notebook, run_cell, write_code  # noqa: E402

__all__ = ["MILLION", "measure"]

MILLION = """import numpy as np
from snnlab import Spikes
from snnlab_widgets import explore

rng = np.random.default_rng(5)
times, units = 10_000 * rng.random(10**6) ** 1.2, (1000 * rng.random(10**6) ** 1.5).astype(int)
spikes = Spikes(times, units, n_units=1000, duration=10_000)
"""
WATCH = """() => {
    const models = [...Bokeh.documents.at(-1)._all_models.values()];
    const raster = models.find(m => m.left?.[0]?.axis_label === "neuron");
    globalThis.turns = { start: null, found: [] };
    addEventListener("wheel", event => { turns.start ??= event.timeStamp; }, { capture: true });
    for (const { data_source } of raster.renderers) data_source.properties.data.change.connect(() => {
        const { start } = turns;
        if (start === null) return;
        turns.start = null;
        requestAnimationFrame(() => requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => turns.found.push(performance.now() - start);
            channel.port2.postMessage(0);
        }));
    });
}"""


def measure(page, turns: int) -> list[float]:
    """Turn the wheel over the raster; ms from each turn to its picture."""
    box = page.locator(".snn-bokeh canvas").first.bounding_box()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    page.wait_for_timeout(1000)
    page.evaluate(WATCH)
    for k in range(turns):
        page.mouse.wheel(0, -120 if k % 2 == 0 else 120)
        page.wait_for_function("k => turns.found.length > k", arg=k)
        page.wait_for_timeout(400)
    return page.evaluate("turns.found")


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--turns", type=int, default=40)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        write_code(Path(scratch) / "explorer.ipynb", [f"{MILLION}\nexplore(spikes, 'A million spikes')"])
        browser = launch(playwright)
        environment = {"PYTHONPATH": os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])}
        with jupyter(Path(scratch), **environment) as lab:
            page = browser.new_page(viewport={"width": 1300, "height": 1000})
            open_notebook(page, lab, "explorer.ipynb")
            run_cell(page, 0)
            page.locator(".snn-bokeh canvas").first.wait_for()
            found = measure(page, asked.turns)
        print(f"Chromium {browser.version}, {os.cpu_count()} cores, {len(found)} turns of the wheel")
        print(
            f"median {statistics.median(found):.0f} ms, p95 {quantile(found, 0.95):.0f} ms, "
            f"shortest {min(found):.0f} ms, longest {max(found):.0f} ms; load {load()}"
        )
        browser.close()


if __name__ == "__main__":
    main()
