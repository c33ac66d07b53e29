"""From a key press to changed pixels, beside `interact` with Matplotlib and Bokeh in the same run.

    python tests/benchmarks/latency.py [--runs 3] [--presses 60] [--host lab|page]

The panel has 50 LIF neurons with noise and 5000 steps. A press counts from the time stamp of the browser's
key event to the end of the first frame in which the pixels of the results had changed: events and callbacks
do not count. Presses fall anywhere between two frames, so half a frame (8 ms) is the floor of the method. A
drag swings the slider for 3 s and counts frames with changed pixels, and values of the slider that differ
from those of the frame before. The first paint is the first frame with something on every canvas, from the
start of the navigation. "probe" is what the measurement itself adds to a frame, after the moment that is
written down.
"""

import argparse
import contextlib
import os
import statistics
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(TESTS))  # pytest does it by itself

from benchmarks.latency_drive import Figures, Subject, first_paint, measure  # noqa: E402
from benchmarks.latency_rivals import INTERACT, PUSH_NOTEBOOK, bokeh_page  # noqa: E402
from chromium import launch  # noqa: E402
from jupyter_host import jupyter, open_notebook, run_cell, shut_down_kernel, write_code  # noqa: E402
from sample_book import build_book, copy_book, write_notebook  # noqa: E402

OURS = "panel, browser engine"
INLINE = "interact + inline Matplotlib"
PANEL = "from benchmarks.latency_panel import noisy_panel\n\nnoisy_panel({})"
ON_PANEL = (".snn-panel input[type=range]", ".snn-raster canvas")
IN_LAB = {
    Subject(OURS, "lab", *ON_PANEL): PANEL.format(""),
    Subject("panel, kernel engine", "lab", *ON_PANEL): PANEL.format('engine="kernel"'),
    Subject(INLINE, "lab", ".noUi-handle", ".jp-OutputArea img"): INTERACT,
    Subject("interact + Bokeh push_notebook", "lab", ".noUi-handle", "canvas"): PUSH_NOTEBOOK,
}


def environment() -> dict[str, str]:
    """Where the kernels find the benchmark and the project."""
    return {"PYTHONPATH": os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])}


def make_pages(folder: Path) -> tuple[str, str, str]:
    """The addresses of a page of the book with the panel, of one with ten, and of Bokeh's file."""
    book = copy_book(folder, ["# 2. One panel", (PANEL.format(""), [])])
    ten = ["# 3. Ten panels", *[(PANEL.format(""), [])] * 10]
    write_notebook(book / "chapters" / "03_ten.ipynb", ten)
    toc = book / "_toc.yml"
    chapters = toc.read_text(encoding="utf-8").replace(
        "02_sample\n", "02_sample\n      - file: chapters/03_ten\n"
    )
    toc.write_text(chapters, encoding="utf-8")
    pages = build_book(book, **environment()) / "chapters"
    bokeh_page(folder / "bokeh.html")
    files = pages / "02_sample.html", pages / "03_ten.html", folder / "bokeh.html"
    return tuple(file.as_uri() for file in files)


def load() -> str:
    """How busy the machine is, where it says so."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"


@contextlib.contextmanager
def new_page(browser):
    """A page that knows nothing of the others."""
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    yield context.new_page()
    context.close()


def run_lab(browser, folder: Path, presses: int) -> dict[Subject, Figures]:
    """Every subject in JupyterLab, once, with a server of its own."""
    found = {}
    with jupyter(folder, **environment()) as lab:
        for number, (subject, code) in enumerate(IN_LAB.items()):
            write_code(folder / f"{number}.ipynb", [code])
            with new_page(browser) as page:
                open_notebook(page, lab, f"{number}.ipynb")
                run_cell(page, 0)
                found[subject] = measure(page, subject, presses)
                shut_down_kernel(page)
    return found


def run_pages(browser, one: str, bokeh: str, presses: int) -> dict[Subject, Figures]:
    """The page of the book and Bokeh's file, once, from the disk."""
    found = {}
    for subject, address in (
        (Subject(OURS, "page", *ON_PANEL), one),
        (Subject("Bokeh, CustomJS, our WebAssembly", "page", ".noUi-handle", "canvas"), bokeh),
    ):
        with new_page(browser) as page:
            page.goto(address)
            found[subject] = measure(page, subject, presses)
    return found


def middle(runs: list[dict[Subject, Figures]]) -> dict[Subject, Figures]:
    """The median over the runs of every figure."""
    return {
        subject: Figures(
            *(statistics.median(column) for column in zip(*(r[subject] for r in runs), strict=True))
        )
        for subject in runs[0]
    }


def table(found: dict[Subject, Figures]) -> str:
    """The figures, and how many times as long as with the panel of the same host each tool takes."""
    lines = [f"host {'tool':33s} median    p95  missed  updates/s  values/s  lag  probe  ratio"]
    ours = {s.host: f.median for s, f in found.items() if s.tool == OURS}
    for s, f in found.items():
        lines.append(
            f"{s.host:4s} {s.tool:33s} {f.median:6.1f} {f.p95:6.1f} {f.missed:7.0f} {f.updates:10.1f} "
            f"{f.values:9.1f} {f.lag:4.0f} {f.probe:6.2f} {f.median / ours[s.host]:5.1f}x"
        )
    inline = [f.median for s, f in found.items() if s.tool == INLINE]
    lines += [
        f"{INLINE} takes {inline[0] / ours[host]:.1f} times as long as the panel, {host}"
        for host in ours
        if inline
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--runs", type=int, default=1, help="the median of so many runs is printed")
    words.add_argument("--presses", type=int, default=60)
    words.add_argument("--host", choices=["lab", "page"], help="only this one; both if not given")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        one, ten, bokeh = make_pages(folder) if asked.host != "lab" else ("", "", "")
        browser = launch(playwright)
        print(f"Chromium {browser.version}, {os.cpu_count()} cores, {asked.presses} presses; times in ms")
        runs = []
        for number in range(asked.runs):
            before = load()
            found = run_lab(browser, folder, asked.presses) if asked.host != "page" else {}
            found |= run_pages(browser, one, bokeh, asked.presses) if one else {}
            runs.append(found)
            print(f"\nrun {number + 1}, load {before} to {load()}\n{table(found)}", flush=True)
        if asked.runs > 1:
            print(f"\nmedian of {asked.runs} runs\n{table(middle(runs))}")
        if one:
            print("\nfirst paint")
            for name, address, picture, count in (
                ("page of the book, one panel", one, ".snn-view canvas", 2),
                ("page of the book, ten panels", ten, ".snn-view canvas", 20),
                ("Bokeh", bokeh, "canvas", 1),
            ):
                times = [first_paint(browser, address, picture, count) for _ in range(asked.runs)]
                print(f"{name:38s} {statistics.median(times):6.0f}   (load {load()})")
        browser.close()


if __name__ == "__main__":
    main()
