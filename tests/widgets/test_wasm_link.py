"""The module is checked before it is used: what a page could not run is noticed in Python."""

import numba
import pytest
from numba import float64
from snnlab_widgets.wasm import IMPORTS, export
from snnlab_widgets.wasm import cache as wasm_cache
from snnlab_widgets.wasm._link import ModuleError, link, verify


@pytest.fixture(scope="module")
def module(tmp_path_factory):
    @numba.njit(error_model="numpy")
    def grow(x):
        for k in range(x.size):
            x[k] = 1.5 ** x[k]

    place = tmp_path_factory.mktemp("wasm")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wasm_cache, "folder", lambda: place)
        return export(grow, (float64[::1],))


def test_good_module(module):
    verify(module, "kernel")
    assert b"\x03pow" in module


def test_name_that_is_not_exported(module):
    with pytest.raises(ModuleError, match=r"^became a module that does not export step$"):
        verify(module, "step")


def test_import_that_the_page_does_not_have(module):
    with pytest.raises(ModuleError, match=r"^calls erf, which a page does not have$"):
        verify(module.replace(b"\x03pow", b"\x03erf"), "kernel")
    with pytest.raises(ModuleError, match=r"^calls got\.\w+, which a page does not have$"):
        verify(module.replace(b"\x03env", b"\x03got"), "kernel")


def test_import_with_another_number_of_arguments(module):
    assert IMPORTS["pow"] == 2 and IMPORTS["exp"] == 1
    with pytest.raises(ModuleError, match=r"^calls exp, which a page does not have$"):
        verify(module.replace(b"\x03pow", b"\x03exp"), "kernel")


def test_every_shortened_module_is_refused(module):
    for length in range(8, len(module)):
        with pytest.raises(ModuleError):
            verify(module[:length], "kernel")


@pytest.mark.parametrize("data", [b"", b"\0asm", b"\x7fELF0000", b"\0asm\1\0\0\0"])
def test_something_else(data):
    with pytest.raises(ModuleError):
        verify(data, "kernel")
    with pytest.raises(ModuleError):
        link(data, "kernel")
