"""The build backend: hatchling, and what exports the panels where a wheel is made.

Only a wheel carries WebAssembly modules, and only they need the compiler and the panels' own library; an
editable install does not wait for them. Intel Macs get the last Numba that is made for them.
"""

from hatchling.build import (
    build_editable,
    build_sdist,
    build_wheel,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
)
from hatchling.build import get_requires_for_build_wheel as _requires

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
]

_INTEL_MAC = "sys_platform == 'darwin' and platform_machine == 'x86_64'"


def get_requires_for_build_wheel(config_settings=None):
    """Hatchling's own needs, Numba and anywidget, for `hatch_build.py`."""
    export = [f"numba>=0.61,<0.63; {_INTEL_MAC}", "numba>=0.61", "anywidget>=0.9.13"]
    return [*_requires(config_settings), *export]
