"""Ballots (phiếu đánh giá): sealed on the tablet, so that hub, standby and journal hold what they cannot read.

A ballot is a public-key sealed box to the site's ballot key (DESIGN §9). The plaintext always has the same length:
the size of a sealed ballot must not tell a satisfied citizen from one who named reasons.
"""

import base64
import binascii

import msgspec
from msgspec import Struct
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from kiosk.domain.text import Text

PLAIN_LENGTH = 256
"""Bytes of every plaintext; eight reasons of 24 letters fit."""
SEALED_LENGTH = PLAIN_LENGTH + 48
"""Bytes of every sealed ballot: a sealed box adds a 32-byte key and a 16-byte tag."""


class Label(Struct, frozen=True):
    """One answer on a scale: what is stored, and what citizens read."""

    choice: str
    text: Text


class LabelSet(Struct, frozen=True):
    """A scale. Its id is stored with every ballot, so a figure can always be read as it was asked (DOMAIN §8)."""

    id: str
    labels: tuple[Label, ...]


LEGAL_3 = LabelSet(
    "vn-legal-3/1",
    (
        Label("very_satisfied", {"vi": "Rất hài lòng", "en": "Very satisfied"}),
        Label("satisfied", {"vi": "Hài lòng", "en": "Satisfied"}),
        Label("not_satisfied", {"vi": "Không hài lòng", "en": "Not satisfied"}),
    ),
)
"""The three labels of the law, good to bad and without a middle (DOMAIN §1.4, §8); "/1" is the version."""


class Ballot(Struct, frozen=True, omit_defaults=True):
    """What a citizen said: a choice of a label set, and the reasons given for it."""

    choice: str
    reasons: tuple[str, ...] = ()


class BallotError(ValueError):
    """A ballot that cannot be sealed or opened, with a sentence that says why."""


def seal(choice: str, reasons: tuple[str, ...], ballot_key: str, length: int = PLAIN_LENGTH) -> bytes:
    """Seal a ballot to the site's key.

    Args:
        choice: a `Label.choice` of the set whose id travels beside the ballot.
        reasons: ids of reasons, may be empty.
        ballot_key: the site's public key, base64 of 32 bytes (`TabletView.ballot_key`).
        length: plaintext length in bytes, the same for every ballot of a site.

    Raises:
        BallotError: the key is no key, or the reasons do not fit.
    """
    key = _public_key(ballot_key)
    if key is None:
        raise BallotError("The site's ballot key is not the base64 of 32 bytes.")
    plain = msgspec.json.encode(Ballot(choice, reasons))
    if len(plain) > length:
        raise BallotError(f"The ballot needs {len(plain)} bytes and only {length} are kept for it.")
    return SealedBox(key).encrypt(plain.ljust(length))


def can_seal(ballot_key: str) -> bool:
    """Tell whether ballots can be sealed to a key: without one a citizen must not be asked."""
    return _public_key(ballot_key) is not None


def open_ballot(sealed: bytes, secret_key: bytes) -> Ballot:
    """Open a sealed ballot: for central, or the supervisor of a site that stands alone.

    Args:
        sealed: what `seal` returned.
        secret_key: the site's secret key, 32 bytes.

    Raises:
        BallotError: another key, or not a ballot.
    """
    try:
        plain = SealedBox(PrivateKey(secret_key)).decrypt(sealed)
        return msgspec.json.decode(plain, type=Ballot)
    except (CryptoError, ValueError, msgspec.MsgspecError) as error:
        raise BallotError("The ballot cannot be opened with this key.") from error


def _public_key(ballot_key: str) -> PublicKey | None:
    try:
        return PublicKey(base64.b64decode(ballot_key, validate=True))
    except (binascii.Error, CryptoError, ValueError):
        return None
