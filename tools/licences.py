"""Which packages the product runs on and under which licences: the page `docs/licences.md`.

What runs is followed from `pyproject.toml` through the installed packages' own metadata, on Linux and on Windows, and
held to `requirements.lock`. A licence is what the installed metadata declares as an SPDX expression; `READ` has those
that say it in another way, or are not installed on every system.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux"},
    {"sys_platform": "win32", "platform_system": "Windows"},
)
READ = {
    "appdirs": ("MIT", ""),
    "argcomplete": ("Apache-2.0", ""),
    "babel": ("BSD-3-Clause", ""),
    "certifi": ("MPL-2.0", "its list of certificate authorities, unchanged"),
    "click-default-group": ("BSD-3-Clause", "its classifier says public domain, its licence file BSD"),
    "colorama": ("BSD-3-Clause", "on Windows"),
    "h11": ("MIT", ""),
    "httpx": ("BSD-3-Clause", ""),
    "pluggy": ("MIT", ""),
    "pynacl": ("Apache-2.0", "with libsodium (ISC) in it"),
    "pyserial": ("BSD-3-Clause", ""),
    "pyside6-essentials": ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", "used under LGPL-3.0, with Qt"),
    "python-barcode": ("MIT", ""),
    "python-dateutil": ("Apache-2.0 OR BSD-3-Clause", ""),
    "python-escpos": ("MIT", ""),
    "pyusb": ("BSD-3-Clause", ""),
    "pywin32": (
        "PSF-2.0",
        "on Windows; its parts are BSD, MIT and HPND, adodbapi, which nothing of ours loads, LGPL-2.1",
    ),
    "pyyaml": ("MIT", ""),
    "qrcode": ("BSD-3-Clause AND MIT", ""),
    "shiboken6": ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", "used under LGPL-3.0"),
    "six": ("MIT", ""),
    "sqlite-fts4": ("Apache-2.0", ""),
    "tzdata": ("Apache-2.0", "the zones themselves are in the public domain"),
    "uvloop": ("Apache-2.0 OR MIT", "not on Windows; with libuv (MIT) in it"),
}
"""Licence and remark of packages whose metadata has no SPDX expression, read in their metadata and licence files."""
FITS = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "HPND",
    "ISC",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
}
"""Licences of what may be used beside Apache-2.0: parts under LGPL and MPL are unchanged and can be exchanged."""

PAGE = """\
# Licences of what Mời runs on

{made}

Mời itself is Apache-2.0 ([LICENSE](../LICENSE)). Fonts, icons, voice and data have their own licences, in each folder
of `assets/`. These are the packages of `requirements.lock` that a running program needs; what only builds and tests is
not listed. Parts under LGPL or MPL are used unchanged; whoever has this source can put other versions of them in place,
in the frozen program too (`python3 dev.py build`).

{table}
"""


def licences() -> str:
    """Return the page."""
    rows = ["| package | licence | remark |", "|---|---|---|"]
    rows += [f"| {name} | {licence_of(name)} | {READ.get(name, ('', ''))[1]} |" for name in running()]
    return PAGE.format(made="Made by `python -m tools.pages`; do not edit it by hand.", table="\n".join(rows))


def running() -> list[str]:
    """Return the packages a running program needs, on any system, by name.

    Raises:
        LookupError: the lock does not name one of them.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: set[tuple[str, str]] = set()
    open_ = list(_named([Requirement(text) for text in project["dependencies"]], ""))
    while open_:
        one = open_.pop()
        if one not in found:
            found.add(one)
            open_ += _named(_needs(one[0]), one[1])
    names = sorted({name for name, _ in found})
    missing = set(names) - locked()
    if missing:
        raise LookupError(f"requirements.lock does not name {', '.join(sorted(missing))}; run `python3 dev.py lock`")
    return names


def locked() -> set[str]:
    """Return every package of the lock."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))


def licence_of(name: str) -> str:
    """Return a package's SPDX expression.

    Raises:
        LookupError: neither its metadata nor `READ` has one.
    """
    if name in READ:
        return READ[name][0]
    declared = metadata.metadata(name)["License-Expression"]
    if not declared:
        raise LookupError(f"The metadata of {name} has no licence expression: read its licence and add it to READ")
    return declared


def fits(licence: str) -> bool:
    """Whether a licence, or one that may be chosen, fits beside ours."""
    return any(all(part in FITS for part in choice.split(" AND ")) for choice in licence.split(" OR "))


def _needs(name: str) -> list[Requirement]:
    try:
        return [Requirement(text) for text in metadata.requires(name) or ()]
    except metadata.PackageNotFoundError:
        return []  # of another system: such ones need nothing more


def _named(needs: list[Requirement], extra: str) -> Iterator[tuple[str, str]]:
    for need in needs:
        wanted = [{**system, "extra": extra} for system in SYSTEMS]
        if need.marker is None or any(need.marker.evaluate(environment) for environment in wanted):
            name = canonicalize_name(need.name)
            yield from ((name, one) for one in ("", *need.extras))
