"""The Python of the pages lies beside them, and is small."""

import base64
import re
import zlib


def test_python_lies_beside_the_pages_once(pages):
    (file,) = pages.rglob("python.js")
    assert file.parent == pages / "vendor"
    text = file.read_text(encoding="utf-8")
    assert len(text) < 300_000
    packed = max(re.findall(r'"([A-Za-z0-9+/=]+)"', text), key=len)
    assert zlib.decompress(base64.b64decode(packed)).startswith(b"\0asm")
    assert "Permission is hereby granted" in text
