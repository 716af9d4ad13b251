"""What is known of a printer by its model: whether it has TCVN-3's pages and draws codes itself.

Read from the list that python-escpos brings along (its file alone takes a millisecond; the library itself is not
imported for it), and from DOMAIN §9 where that names more.
"""

import importlib.util
import time
from functools import lru_cache
from pathlib import Path

import msgspec

from printers.text.tcvn import CAPITAL_PAGE, SMALL_PAGE
from printers.transport import Transport

_MORE = frozenset(("TM-T20III", "TM-T70II", "TM-m30III", "SRP-S300"))
"""Models of DOMAIN §9 (escpos-printer-db, 27 Jul 2026) that python-escpos 3.1 does not list yet."""
_NO_MODEL = "default"


class _Profile(msgspec.Struct):
    codePages: dict[str, str] = {}  # noqa: N815 - the file's own name
    features: dict[str, bool] = {}


class _Capabilities(msgspec.Struct):
    profiles: dict[str, _Profile]


@lru_cache(maxsize=1)
def with_vietnamese_letters() -> frozenset[str]:
    """Return the models that print Vietnamese letters from TCVN-3's two pages, and codes by themselves."""
    spec = importlib.util.find_spec("escpos")
    folders = (spec.submodule_search_locations or []) if spec else []
    known = set(_MORE)
    for folder in folders:
        read = msgspec.json.decode((Path(folder) / "capabilities.json").read_bytes(), type=_Capabilities)
        known |= {name for name, profile in read.profiles.items() if _has_both(profile)}
    return frozenset(known - {_NO_MODEL})


def ask_model(transport: Transport, timeout_s: float) -> str:
    """Ask a printer that is ready what it calls itself (GS I 67); "" where it does not say within `timeout_s`.

    Raises:
        OSError: the connection is broken.
    """
    if not transport.answers:
        return ""
    transport.send(b"\x1dIC")
    heard, until = b"", time.monotonic() + timeout_s
    while (left := until - time.monotonic()) > 0 and b"\0" not in heard.partition(b"_")[2]:
        heard += transport.receive(left)
    name, end, _ = heard.partition(b"_")[2].partition(b"\0")
    return name.decode("ascii", "replace") if end else ""


def _has_both(profile: _Profile) -> bool:
    pages = (profile.codePages.get(str(SMALL_PAGE)), profile.codePages.get(str(CAPITAL_PAGE)))
    return pages == ("TCVN-3-1", "TCVN-3-2") and profile.features.get("qrCode", False)
