"""Numba to WebAssembly: `export` makes of a kernel the module that a page runs; `exporter` says how."""

from snnlab_widgets.wasm.exporter import IMPORTS, STACK_TOP, TRIED, ExportError, export

__all__ = ["IMPORTS", "STACK_TOP", "TRIED", "ExportError", "export"]
