"""A ticket's token: the secret behind its QR, which the journal knows only by its hash (DESIGN §9)."""

import hashlib

from kiosk.domain.site import DAY_MS

TOKEN_LENGTH = 16
TOKEN_KEPT_MS = 2 * DAY_MS
"""A ticket's page answers until the day after the visit."""


def hash_token(token: str) -> str:
    """Return the SHA-256 (hex) under which a ticket's token is looked up; the token itself is side data."""
    return hashlib.sha256(token.encode()).hexdigest()
