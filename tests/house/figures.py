"""How well the house composes, in figures.

    python tests/house/figures.py [ROOT]

prints them for this tree or for another clone.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from house.imports import Import, folder_of, imports, modules, readers

__all__ = ["ROOT", "private_across_folders"]

ROOT = Path(__file__).parents[2]


def private_across_folders(root: Path = ROOT) -> list[Import]:
    """The names with an underscore, of modules too, that a file takes from another folder than its own."""
    ours = modules(root)
    found = []
    for file in readers(root):
        own = folder_of(file, root)
        for taken in imports(file, ours):
            private = [part for part in (*taken.module.split("."), taken.name) if _is_private(part)]
            if private and not _same_folder(own, folder_of(ours[taken.module], root), file):
                found.append(taken)
    return found


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _same_folder(own: str, theirs: str, file: Path) -> bool:
    """A test of the classroom may look into every one of its rooms."""
    return own == theirs or (file.name.startswith("test_") and theirs.startswith(f"{own}/"))


def main(root: Path) -> None:
    taken = private_across_folders(root)
    names = {(found.module, found.name) for found in taken}
    print(f"private names across folders: {len(names)}, in {len({found.file for found in taken})} files")
    for module, name in sorted(names):
        files = sorted({str(x.file.relative_to(root)) for x in taken if (x.module, x.name) == (module, name)})
        print(f"  {module}.{name}".rstrip("."), *files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
