"""How well the house composes, in figures.

    python tests/house/figures.py [ROOT]

prints them for this tree, or for another clone of which this script need not be a part.
"""

import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from house.additions import KINDS, lists_told
from house.counts import kernels, lines_by_folder, public_names
from house.equations import places, refractory_places
from house.graph import circles, folder_imports, module_imports, upward
from house.imports import private_across_folders

ROOT = Path(__file__).parents[2]


def main(root: Path) -> None:
    graph = module_imports(root)
    _show("circles of imports between modules", [" ".join(group) for group in circles(graph)])
    _show("circles of imports between folders", [" ".join(group) for group in circles(folder_imports(root))])
    _show("imports from a floor above", [f"{name} from {other}" for name, other in upward(root)])

    taken = private_across_folders(root)
    names = {(found.module, found.name) for found in taken}
    packages = {
        (x.module, x.name) for x in taken if x.file.relative_to(root).parts[0] in ("snnlab", "widgets")
    }
    _show("private names across folders", [f"{module}.{name}".rstrip(".") for module, name in sorted(names)])
    print(f"  of these by the packages: {len(packages)}")

    print("places of each neuron's equation (files):")
    for model, found in places(root).items():
        print(f"  {model}: {_files(found)}  {' '.join(found)}")
    found = refractory_places(root)
    print(f"places of the refractory line (files): {_files(found)}  {' '.join(found)}")

    every = kernels(root)
    for which, some in (
        ("all", every),
        ("of figures", [kernel for kernel in every if kernel.name.endswith("_figure")]),
    ):
        parameters = [kernel.parameters for kernel in some] or [0]
        print(
            f"kernels in widgets, {which}: {len(some)} with {sum(kernel.lines for kernel in some)} lines; "
            f"parameters: median {median(parameters):g}, most {max(parameters)}"
        )

    public = public_names(root)
    print(
        f"public names of the sciences: {len(public.offered)}, "
        f"of which notebooks use {len(public.in_chapters)} and nothing uses {len(public.unused)}"
    )
    print("lines of code:", ", ".join(f"{folder} {count}" for folder, count in lines_by_folder(root).items()))
    for kind in KINDS:
        told = lists_told(root, kind)
        count = [len(lists) for lists in told.values()] or [0]
        example = next(reversed(told.items()), ("", []))
        print(
            f"lists told of a new {kind}: median {median(count):g}, most {max(count)} "
            f"(for example {example[0]}: {' '.join(example[1])})"
        )


def _show(what: str, found: list[str]) -> None:
    print(f"{what}: {len(found)}")
    for line in found:
        print(f"  {line}")


def _files(functions: list[str]) -> int:
    return len({function.partition(":")[0] for function in functions})


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
