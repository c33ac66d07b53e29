"""From a key press to changed pixels, beside `interact` with Matplotlib and Bokeh in the same run.

    python tests/benchmarks/latency.py [--runs 3] [--presses 60] [--only WORD]

The panel has 50 LIF neurons with noise and 5000 steps. A press counts from the time stamp of the browser's key
event to the end of the first frame in which the pixels of the raster had changed: events and callbacks do not
count. Presses fall anywhere between two frames, so half a frame (8 ms) is the floor of the method. A drag
swings the slider for 3 s and counts frames with changed pixels and values of the slider that were seen.
The first paint is the first frame with something on every canvas, from the start of the navigation.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from chromium import launch  # noqa: E402
from jupyter_host import jupyter, open_notebook, run_cell, shut_down_kernel, write_code  # noqa: E402
from latency_drive import Figures, Subject, first_paint, measure  # noqa: E402
from latency_rivals import INTERACT, PUSH_NOTEBOOK, bokeh_page  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from sample_book import build_book, copy_book, write_notebook  # noqa: E402

PANEL = "from latency_panel import noisy_panel\n\nnoisy_panel({})"
OURS = (".snn-panel input[type=range]", ".snn-raster canvas")
BOKEH = ".bk-Canvas canvas.bk-layer, .bk-canvas canvas, canvas"

LAB = {
    "browser.ipynb": (Subject("panel, browser engine", "JupyterLab", *OURS), PANEL.format("")),
    "kernel.ipynb": (Subject("panel, kernel engine", "JupyterLab", *OURS), PANEL.format('engine="kernel"')),
    "interact.ipynb": (
        Subject("interact + inline Matplotlib", "JupyterLab", ".noUi-handle", ".jp-OutputArea img"),
        INTERACT,
    ),
    "push.ipynb": (
        Subject("interact + Bokeh push_notebook", "JupyterLab", ".noUi-handle", BOKEH),
        PUSH_NOTEBOOK,
    ),
}


def environment() -> dict[str, str]:
    """Where the kernels find the benchmark and the project."""
    return {"PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])}


def make_pages(folder: Path) -> tuple[list[tuple[Subject, str]], dict[str, tuple]]:
    """A page of the book with the panel and one with ten, Bokeh's file; what to press, what to wait for."""
    book = copy_book(folder, ["# 2. One panel", (PANEL.format(""), [])])
    ten = ["# 3. Ten panels", *[(PANEL.format(""), [])] * 10]
    write_notebook(book / "chapters" / "03_ten.ipynb", ten)
    toc = book / "_toc.yml"
    text = toc.read_text(encoding="utf-8")
    toc.write_text(
        text.replace("02_sample\n", "02_sample\n      - file: chapters/03_ten\n"), encoding="utf-8"
    )
    pages = build_book(book, **environment()) / "chapters"
    bokeh_page(folder / "bokeh.html")
    one, rival = (pages / "02_sample.html").as_uri(), (folder / "bokeh.html").as_uri()
    subjects = [
        (Subject("panel, browser engine", "page", *OURS), one),
        (Subject("Bokeh, CustomJS, our WebAssembly", "page", ".noUi-handle", BOKEH), rival),
    ]
    firsts = {
        "page of the book, one panel": (one, ".snn-view canvas", 2),
        "page of the book, ten panels": ((pages / "03_ten.html").as_uri(), ".snn-view canvas", 20),
        "Bokeh": (rival, BOKEH, 1),
    }
    return subjects, firsts


def load() -> str:
    """How busy the machine is, where it says so."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"


def one_run(browser, lab: str, pages: list, presses: int, only: str) -> dict[Subject, Figures]:
    """Every subject once."""
    found = {}
    for name, (subject, _) in LAB.items():
        if only in " ".join(subject):
            context = browser.new_context(viewport={"width": 1300, "height": 1000})
            page = context.new_page()
            open_notebook(page, lab, name)
            run_cell(page, 0)
            found[subject] = measure(page, subject, presses)
            shut_down_kernel(page)
            context.close()
    for subject, address in pages:
        if only in " ".join(subject):
            context = browser.new_context(viewport={"width": 1300, "height": 1000})
            page = context.new_page()
            page.goto(address)
            found[subject] = measure(page, subject, presses)
            context.close()
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
    """The figures, and how many times slower than the panel in the same host the others are."""
    lines = [f"{'host':11s} {'tool':33s} median   p95  missed  updates/s  values/s  lag  probe  ratio"]
    ours = {s.host: f.median for s, f in found.items() if s.tool == "panel, browser engine"}
    for s, f in found.items():
        ratio = f"{f.median / ours[s.host]:5.1f}x" if s.host in ours else ""
        lines.append(
            f"{s.host:11s} {s.tool:33s} {f.median:6.1f} {f.p95:5.1f} {f.missed:7.0f} {f.updates:10.1f} "
            f"{f.values:9.1f} {f.lag:4.0f} {f.probe:6.2f} {ratio}"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--runs", type=int, default=1, help="the median of so many runs is printed")
    words.add_argument("--presses", type=int, default=60)
    words.add_argument("--only", default="", help="only tools or hosts that have this word in their name")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        pages, firsts = make_pages(folder)
        for name, (_, code) in LAB.items():
            write_code(folder / name, [code])
        browser = launch(playwright)
        print(f"Chromium {browser.version}, {os.cpu_count()} cores, {asked.presses} presses; times in ms")
        with jupyter(folder, **environment()) as lab:
            runs = []
            for number in range(asked.runs):
                before = load()
                runs.append(one_run(browser, lab, pages, asked.presses, asked.only))
                print(f"\nrun {number + 1}, load {before} to {load()}\n{table(runs[-1])}", flush=True)
        if asked.runs > 1:
            print(f"\nmedian of {asked.runs} runs\n{table(middle(runs))}")
        print("\nfirst paint")
        for name, (address, picture, count) in firsts.items():
            times = [first_paint(browser, address, picture, count) for _ in range(asked.runs)]
            print(f"{name:33s} {statistics.median(times):5.0f}   (load {load()})")
        browser.close()


if __name__ == "__main__":
    main()
