"""WebAssembly object -> WebAssembly module: the few things that a linker would do for one kernel.

LLVM writes a *relocatable object*. For one object that stands alone it is nearly a module: its addresses
and indices are final already, its memory and its stack pointer are imports. What is missing is the export
of the kernel; what is too much are the notes to a linker. Format: the WebAssembly core specification,
chapter "Binary format", and the "Object file linking" page of the tool conventions.
"""

from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["CONSTANTS_END", "IMPORTS", "STACK_TOP", "ModuleError", "link", "verify"]

CONSTANTS_END = 16_384
"""Constants of the module live below this address, the stack above it."""
STACK_TOP = 65_536
"""Where the stack begins; it grows downwards. Above it the page is free to put results and arrays."""

IMPORTS = {
    **dict.fromkeys(["exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "cbrt"], 1),
    **dict.fromkeys(["sin", "cos", "tan", "asin", "acos", "atan"], 1),
    **dict.fromkeys(["sinh", "cosh", "tanh", "asinh", "acosh", "atanh"], 1),
    **dict.fromkeys(["pow", "atan2", "hypot", "fmod"], 2),
}
"""The functions of float64 that the page supplies, with the number of their arguments."""

_HEADER = b"\0asm\1\0\0\0"
_CUSTOM, _TYPE, _IMPORT, _EXPORT, _CODE, _DATA, _DATA_COUNT = 0, 1, 2, 7, 10, 11, 12
_ORDER = [1, 2, 3, 4, 5, 6, 7, 8, 9, _DATA_COUNT, _CODE, _DATA]
_FUNCTION, _TABLE, _MEMORY, _GLOBAL = range(4)
_F64 = 0x7C
_UNDEFINED, _EXPLICIT_NAME = 0x10, 0x40  # flags of a symbol


class ModuleError(Exception):
    """The bytes are not a module that a page can run; the text is the end of a sentence about the kernel."""


class _Reader:
    """A cursor over bytes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def more(self) -> bool:
        return self.at < len(self.data)

    def take(self, n: int) -> bytes:
        if n > len(self.data) - self.at:
            raise ModuleError("became a module that ends too early")
        self.at += n
        return self.data[self.at - n : self.at]

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        """An unsigned number, seven bits a byte, lowest first (LEB128)."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def name(self) -> str:
        return self.take(self.number()).decode("utf-8")


class _Import(NamedTuple):
    module: str
    name: str
    kind: int
    type_index: int  # of a function


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _text(text: str) -> bytes:
    return _number(len(text.encode())) + text.encode()


def _section(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + _number(len(body)) + body


def _sections(data: bytes) -> Iterator[tuple[int, bytes]]:
    if data[:8] != _HEADER:
        raise ModuleError("became something that is not WebAssembly")
    reader = _Reader(data[8:])
    while reader.more():
        kind = reader.byte()
        yield kind, reader.take(reader.number())


def _imports(body: bytes) -> Iterator[_Import]:
    reader = _Reader(body)
    for _ in range(reader.number()):
        module, name, kind = reader.name(), reader.name(), reader.byte()
        index = 0
        if kind == _FUNCTION:
            index = reader.number()
        elif kind in (_TABLE, _MEMORY):
            if kind == _TABLE:
                reader.byte()
            limits = reader.number()
            for _ in range(1 + (limits & 1)):
                reader.number()
        elif kind == _GLOBAL:
            reader.take(2)
        else:
            raise ModuleError(f"became a module with an import of kind {kind}")
        yield _Import(module, name, kind, index)


def _function_index(linking: _Reader, wanted: str) -> int:
    """The index of function `wanted`, from the symbol table in the notes to the linker."""
    linking.number()  # version of the notes
    while linking.more():
        kind, notes = linking.byte(), _Reader(linking.take(linking.number()))
        if kind != 8:  # not the symbol table
            continue
        for _ in range(notes.number()):
            symbol, flags = notes.byte(), notes.number()
            if symbol == 1:  # data: a name, and where it lies if it is defined
                notes.name()
                if not flags & _UNDEFINED:
                    notes.number(), notes.number(), notes.number()
            elif symbol == 3:  # a section
                notes.number()
            else:
                index = notes.number()
                name = notes.name() if not flags & _UNDEFINED or flags & _EXPLICIT_NAME else ""
                if symbol == 0 and name == wanted:
                    return index
    raise ModuleError(f"became an object without the function {wanted}")


def link(data: bytes, name: str) -> bytes:
    """Make a module of an object.

    Parameters
    ----------
    data
        The object, as LLVM wrote it.
    name
        The function to export.

    Raises
    ------
    ModuleError
        If the object is damaged or the function is not in it.
    """
    sections = {}
    index = None
    for kind, body in _sections(data):
        if kind != _CUSTOM:
            sections[kind] = body
            continue
        notes = _Reader(body)
        if notes.name() == "linking":
            index = _function_index(notes, name)
    if index is None:
        raise ModuleError("became an object without notes for a linker")
    sections[_EXPORT] = _number(1) + _text(name) + bytes([_FUNCTION]) + _number(index)
    return _HEADER + b"".join(_section(kind, sections[kind]) for kind in _ORDER if kind in sections)


def _constants_end(body: bytes) -> int:
    """The first address behind the constants."""
    reader, end = _Reader(body), 0
    for _ in range(reader.number()):
        if reader.byte() != 0 or reader.byte() != 0x41:  # an active segment of memory 0 at a constant
            raise ModuleError("became a module with constants that have no address")
        address = reader.number()  # signed in the format; a negative one reads as a large one and is refused
        if reader.byte() != 0x0B:
            raise ModuleError("became a module with constants at a computed address")
        end = max(end, address + len(reader.take(reader.number())))
    return end


def verify(module: bytes, name: str) -> None:
    """Check that `module` exports function `name` and asks for nothing that the page does not have.

    Parameters
    ----------
    module
        What `link` returned, or a file from the cache.
    name
        The function that must be exported.

    Raises
    ------
    ModuleError
        If something is wrong, with what it is.
    """
    sections = dict(_sections(module))
    types = []
    reader = _Reader(sections.get(_TYPE, b"\0"))
    for _ in range(reader.number()):
        reader.byte()
        types.append((reader.take(reader.number()), reader.take(reader.number())))
    for item in _imports(sections.get(_IMPORT, b"\0")):
        if item.module != "env":
            raise ModuleError(f"calls {item.module}.{item.name}, which a page does not have")
        if item.kind != _FUNCTION:
            known = (item.name, item.kind) in (("__linear_memory", _MEMORY), ("__stack_pointer", _GLOBAL))
        else:
            known = types[item.type_index] == (bytes([_F64] * IMPORTS.get(item.name, 0)), bytes([_F64]))
        if not known:
            raise ModuleError(f"calls {item.name}, which a page does not have")
    reader = _Reader(sections.get(_EXPORT, b"\0"))
    exports = [(reader.name(), reader.byte(), reader.number()) for _ in range(reader.number())]
    if not any(export[:2] == (name, _FUNCTION) for export in exports):
        raise ModuleError(f"became a module that does not export {name}")
    if _CODE not in sections:
        raise ModuleError("became a module without code")
    end = _constants_end(sections.get(_DATA, b"\0"))
    if end > CONSTANTS_END:
        raise ModuleError(f"has {end} bytes of constants, {CONSTANTS_END} fit: pass tables as arguments")
