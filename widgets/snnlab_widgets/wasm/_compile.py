"""Numba kernel -> WebAssembly object, in a process of its own: a request on stdin, the answer on stdout.

LLVM ends the process when it meets code that it cannot lower, so this file is a script and never imported.
It changes three private methods of Numba, in this process only. Numba optimises the code of every function
for the host, with the host's size of a pointer; from then on it is of no use to WebAssembly, whose pointers
have half that size. The methods are replaced so that a function's code is kept as Numba wrote it, and is
what its callers are linked with. A third is replaced because it would import the module of every function,
and with it the panels: the globals that a function reads have come with it.
"""

import os
import pickle
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import llvmlite.binding as llvm
from numba.core import codegen, errors, funcdesc, types

sys.path.insert(0, str(Path(__file__).parent))
import _reasons  # type: ignore[import-not-found]  # not by way of the package: that takes longer

sys.path.pop(0)

TRIPLE = "wasm32-unknown-unknown"
# What every browser since 2021 has. No SIMD: kernels step through time, one step after the other.
FEATURES = "+bulk-memory,+sign-ext,+nontrapping-fptoint,+mutable-globals"
# Reference counts are of no use without allocation. The bodies would need a part of Numba's runtime.
COUNTING = re.compile(r"^(define [^\n]*@NRT_(?:incref|decref)\([^\n]*\{)\n.*?^\}", re.MULTILINE | re.DOTALL)


class Refused(Exception):
    """One sentence without its subject, which is the kernel."""


def keep_code_as_written() -> None:
    """Keep the code of every function from now on as Numba wrote it."""
    library = codegen.CPUCodeLibrary
    for name in ("_optimize_functions", "_optimize_final_module"):
        if not hasattr(library, name):
            raise Refused(f"needs a Numba that has {library.__name__}.{name}")

    def keep(self: Any) -> None:
        module = self._final_module.clone()
        for function in module.functions:
            if not function.is_declaration and function.linkage == llvm.Linkage.external:
                function.linkage = "linkonce_odr"  # it may be linked in more than once
        self._shared_module = module

    nowhere = ModuleType("nowhere")
    funcdesc.FunctionDescriptor.lookup_module = lambda self: nowhere  # type: ignore[method-assign]
    library._optimize_functions = lambda self, module: None  # type: ignore[method-assign]
    library._optimize_final_module = keep  # type: ignore[method-assign]


def to_object(dispatcher: Any, args: tuple, name: str) -> bytes:
    """Optimise the kept code for WebAssembly and write the object."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine(
        cpu="generic", features=FEATURES, opt=3, reloc="static", codemodel="default"
    )
    compiled = dispatcher.overloads[args]
    code = COUNTING.sub(r"\1\n  ret void\n}", str(compiled.library._shared_module))
    module = llvm.parse_assembly(code)
    module.triple, module.data_layout = TRIPLE, str(machine.target_data)
    for function in module.functions:
        if function.name == compiled.fndesc.mangled_name:
            function.name, function.linkage = name, "external"
        elif not function.is_declaration:
            function.linkage = "internal"
    for variable in module.global_variables:
        if not variable.is_declaration:
            variable.linkage = "internal"
    module.verify()
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    options.loop_vectorization = options.slp_vectorization = False
    passes = llvm.create_pass_builder(machine, options)
    passes.getModulePassManager().run(module, passes)
    called = [function.name for function in module.functions if function.is_declaration]
    if any(function.startswith("NRT_") for function in called):
        raise Refused(_reasons.allocation(dispatcher, args))
    if any(variable.name.startswith(".numba.unresolved$") for variable in module.global_variables):
        raise Refused("calls itself: write a loop")
    if any(function.startswith(("llvm.fma.", "llvm.fmuladd.")) for function in called):
        raise Refused("multiplies and adds in one rounding, which a page cannot: write a * b + c")
    return machine.emit_object(module)


def answer(request: bytes) -> dict[str, Any]:
    """The object, or a refusal."""
    try:
        keep_code_as_written()
        dispatcher, args, wanted, name = pickle.loads(request)
        if args not in dispatcher.overloads:  # the decorator may have had signatures
            dispatcher.compile(args if wanted is None else wanted(*args))
        if reason := _reasons.forbidden(dispatcher, args):
            raise Refused(reason)
        result = dispatcher.overloads[args].signature.return_type
        if not isinstance(result, types.Number | types.Boolean | types.NoneType):
            raise Refused(f"returns {result}: return one number, and write the rest into array arguments")
        return {"object": to_object(dispatcher, args, name)}
    except Refused as refused:
        return {"refused": str(refused)}
    except errors.NumbaError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        kept = [line for line in lines if not line.startswith("Failed in nopython mode pipeline")]
        return {"refused": f"does not compile: {kept[0] if kept else type(error).__name__}"}
    except Exception as error:  # an untried Numba, a name that cannot be imported here
        return {"refused": f"does not compile: {type(error).__name__}: {error}"}


if __name__ == "__main__":
    with os.fdopen(os.dup(1), "wb") as reply:
        os.dup2(2, 1)  # what a module prints when it is imported must not end up in the answer
        reply.write(pickle.dumps(answer(sys.stdin.buffer.read())))
