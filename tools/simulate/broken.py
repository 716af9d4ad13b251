"""What it means that an invariant does not hold."""


class BrokenError(AssertionError):
    """Something that must always hold does not; the message says it in plain words."""


def must(holds: bool, otherwise: str) -> None:
    """Demand an invariant.

    Raises:
        BrokenError: it does not hold.
    """
    if not holds:
        raise BrokenError(otherwise)
