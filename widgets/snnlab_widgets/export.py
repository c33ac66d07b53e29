"""Write the WebAssembly of every panel that ships (``python -m snnlab_widgets.export FOLDER``): the wheel's
build does.

A panel whose kernel cannot be exported stops the build: a wheel without it would be slow and silent about it.
"""

import sys
from pathlib import Path

from snnlab_widgets import wasm
from snnlab_widgets.registry import KERNELS

__all__ = ["main"]


def main(outdir: str | Path) -> list[Path]:
    """Export the kernel of every shipped panel to ``outdir/<panel>.<kernel>.wasm``.

    Parameters
    ----------
    outdir
        A folder; it is made if it is missing.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    snnlab_widgets.wasm.exporter.ExportError
        If a kernel cannot be exported.
    """
    folder = Path(outdir)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, make in KERNELS.items():
        call = make(engine="kernel").call
        assert call is not None
        file = folder / call.file_name(name)
        file.write_bytes(wasm.export(call.kernel, call.signature, name="kernel"))
        written.append(file)
    return written


if __name__ == "__main__":
    for path in main(sys.argv[1]):
        print(path)
