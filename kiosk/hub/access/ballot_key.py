"""The site's ballot key: its public half seals ballots on the tablets, its secret half opens reports (DESIGN §9)."""

import base64
from pathlib import Path

from nacl.public import PrivateKey

from kiosk.hub.journal.private import write_private

SECRET_NAME = "ballot-key.secret"
PUBLIC_NAME = "ballot-key.public"


def public_key(folder: Path) -> str:
    """Return the public key, base64; a site that stands alone makes the pair and keeps the secret half to its owner.

    A site that reports to a province gets the public half from there and never holds the secret one: put the province's
    `ballot-key.public` into the data folder before the first start.
    """
    public = folder / PUBLIC_NAME
    if not public.exists():
        key = PrivateKey.generate()
        write_private(folder / SECRET_NAME, base64.b64encode(bytes(key)))
        # Last, and whole or not at all: a half-written key would be taken for one, and nobody could rate.
        write_private(public, base64.b64encode(bytes(key.public_key)))
    return public.read_text().strip()
