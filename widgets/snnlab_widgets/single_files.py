"""Write every panel that ships to one file of its own (``python -m snnlab_widgets.single_files FOLDER``).

Each lives without a server and without a network: to hand out, to show, or to put on a page of one's own.
"""

import sys
from pathlib import Path

from snnlab_widgets.registry import PANELS

__all__ = ["main"]


def main(outdir: str | Path) -> list[Path]:
    """Write each panel to ``outdir/<panel>.html``.

    Parameters
    ----------
    outdir
        A folder; it is made if it is missing.

    Returns
    -------
    list of Path
        The files that were written.
    """
    folder = Path(outdir)
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / f"{name}.html": make for name, make in PANELS.items()}
    for file, make in files.items():
        make().save(file)
    return list(files)


if __name__ == "__main__":
    for path in main(sys.argv[1]):
        print(path)
