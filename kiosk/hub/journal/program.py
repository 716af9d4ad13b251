"""Which rules this very program follows, as one hash."""

import hashlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterator
from functools import cache
from importlib.abc import InspectLoader
from types import CodeType

import kiosk.domain


@cache
def rules_hash() -> bytes:
    """Hash the compiled code of everything that decides what a hall is.

    A snapshot is only what replay would have led to by *these* rules: a changed field, default or line of `apply`
    changes this hash, without anybody having to remember a number. Comments and line numbers do not count.
    """
    digest = hashlib.sha256(sys.version.encode())
    for name in _modules():
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert isinstance(spec.loader, InspectLoader)
        code = spec.loader.get_code(name)
        assert code is not None
        digest.update(repr((name, _content(code))).encode())
    return digest.digest()


def _modules() -> Iterator[str]:
    found = pkgutil.walk_packages(kiosk.domain.__path__, f"{kiosk.domain.__name__}.")
    yield from sorted(module.name for module in found)


def _content(code: CodeType) -> tuple[object, ...]:
    constants = tuple(_constant(one) for one in code.co_consts)
    return code.co_code, code.co_names, code.co_varnames, code.co_exceptiontable, constants


def _constant(one: object) -> object:
    if isinstance(one, CodeType):
        return _content(one)
    # The order of a set of text changes from process to process.
    return sorted(map(repr, one)) if isinstance(one, frozenset) else one
