"""Identifiers that are made where a person acts, so that a retry can be recognised (DESIGN §3)."""

import secrets
import uuid

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
TOKEN_BITS = 80


def uuid7(now_ms: int) -> str:
    """Make a UUIDv7: time-ordered, so that a table keyed by it grows at its end.

    Args:
        now_ms: UTC milliseconds of the moment the person acted.

    Returns:
        The id in its 36-character form.
    """
    value = (now_ms & 0xFFFF_FFFF_FFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def new_token() -> str:
    """Make a ticket's secret: 80 random bits in 16 letters that cannot be misread (DESIGN §9)."""
    value = secrets.randbits(TOKEN_BITS)
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(TOKEN_BITS - 5, -1, -5))
