"""What was handed in with a dossier: each paper in one of form 01's three kinds of copy, or not at all (DOMAIN §1.3).

The catalogue says how a paper usually comes; a press of its key goes on to the next kind.
"""

from enum import StrEnum

from kiosk.domain.procedure import Document, DocumentKind, Procedure


class Came(StrEnum):
    """How a paper came, in the order of presses."""

    ORIGINAL = "original"
    CERTIFIED = "certified"
    PHOTOCOPY = "photocopy"
    NOT = "not"


_ORDER = tuple(Came)


def rows_of(procedure: Procedure) -> list[int]:
    """Return the papers a clerk may receive, by position: what everybody hands in first, then what only some do.

    What is only shown is given back and stands on no receipt, but may have come all the same (DOMAIN §2.4).
    """
    asked = [(n, d) for n, d in enumerate(procedure.documents) if d.asked]
    return [n for n, d in sorted(asked, key=lambda one: (one[1].conditional, one[1].kind is DocumentKind.SHOW, one[0]))]


def came_as(procedure: Procedure, position: int, missing: tuple[int, ...], presses: tuple[int, ...]) -> Came:
    """Return how a paper came.

    Args:
        procedure: whose paper.
        position: which.
        missing: those the citizen lacks, as her ticket says.
        presses: positions, each as often as its key was pressed.
    """
    usual = Came.NOT if position in missing else _usual(procedure.documents[position])
    return _ORDER[(_ORDER.index(usual) + presses.count(position)) % len(_ORDER)]


def count_of(document: Document, came: Came) -> int:
    """Return how many of a paper: as many as the catalogue asks for, at least one; 0 where it did not come."""
    if came is Came.NOT:
        return 0
    return max(document.original if came is Came.ORIGINAL else document.copy, 1)


def _usual(document: Document) -> Came:
    if document.kind is not DocumentKind.SUBMIT or document.conditional:
        return Came.NOT
    return Came.ORIGINAL if document.original or not document.copy else Came.PHOTOCOPY
