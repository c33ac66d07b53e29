"""The Python of a page without a page: the same MicroPython and the same `inside.py`, run by wasmtime."""

import contextlib
import functools
import json
import tempfile
from pathlib import Path

import snnlab_widgets
from snnlab_widgets.programs.interpreter import interpreter_file

__all__ = ["in_page_python", "tried_in_page"]

INSIDE = Path(snnlab_widgets.__file__).with_name("programs") / "inside.py"


@functools.cache
def _module():
    import wasmtime

    config = wasmtime.Config()
    config.wasm_exceptions = True
    engine = wasmtime.Engine(config)
    return engine, wasmtime.Module.from_file(engine, str(interpreter_file()))


def in_page_python(task: dict, program: str) -> dict:
    """What becomes of a program, as the worker of a page says it to the page."""
    return _answer(program, task["variable"], [*task["cases"], task["cases"][0]], task["named"])


def tried_in_page(
    variable: str, program: str, arguments: str, before: str = "", named: dict | None = None
) -> dict:
    """What becomes of one call, as the page of a class has it tried."""
    return _answer(program, variable, [f"({arguments},)"], named or {}, before, 1)


def _answer(*given) -> dict:
    call = f"answer({', '.join(json.dumps(each) for each in given)})"
    out, err = _run([
        "micropython",
        "-X",
        "heapsize=256M",
        "-c",
        f"{INSIDE.read_text(encoding='utf-8')}\n{call}",
    ])
    printed, _, said = [*out.split("\x01"), "", ""][:3]
    ran = json.loads(said) if said else {"stopped": "late" if "MemoryError" in err else "died"}
    return {**ran, "printed": printed}


def _run(words: list[str]) -> list[str]:
    import wasmtime

    engine, module = _module()
    store, linker, wasi = wasmtime.Store(engine), wasmtime.Linker(engine), wasmtime.WasiConfig()
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("out", "err")]  # a callback would come from another thread
        wasi.argv, wasi.stdout_file, wasi.stderr_file = words, *map(str, files)
        store.set_wasi(wasi)
        linker.define_wasi()
        for other in module.imports:  # what only that package's own programs call
            if other.module != "wasi_snapshot_preview1":
                linker.define(
                    store, other.module, other.name, wasmtime.Func(store, other.type, lambda *_: -1)
                )
        with contextlib.suppress(wasmtime.ExitTrap, wasmtime.Trap):
            linker.instantiate(store, module).exports(store)["_start"](store)
        return [file.read_text(encoding="utf-8") for file in files]
