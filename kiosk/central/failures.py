"""Failures of central, typed by what to do next (DESIGN §7)."""

import re
import sqlite3
from enum import StrEnum

import psycopg
from msgspec import Struct


class NextStep(StrEnum):
    """What a failure asks for."""

    RETRY = "retry"
    """It may pass: try again later."""
    REJECTED = "rejected"
    """Sending the same again cannot help: stop, and let a person look."""
    REVOKED = "revoked"
    """This site may not send any more: stop, and say so."""


class Failure(Struct, frozen=True):
    """What went wrong, for a person, and what follows from it."""

    next_step: NextStep
    sentence: str


class DivergedError(Exception):
    """Central holds another history than this hub; only a person can say which is right."""


_DATA_CLASSES = ("21", "22", "23")
"""SQLSTATE classes of what lies in the rows themselves: cardinality, data, integrity."""

_NOT_SET_UP = ("3F000", "42883", "42P01")
"""No such schema, function or table: central waits for `central migrate`."""

# While connecting, libpq passes on the server's words without a SQLSTATE. A server that speaks another language is
# not understood here; the pusher then keeps trying, at its slowest, and shows those words.
_LET_IN_REFUSED = re.compile(
    r"password authentication failed|is not permitted to log in|no pg_hba\.conf entry|role \".*\" does not exist"
    r"|certificate authentication failed"
)


EXPECTED = (DivergedError, psycopg.Error, sqlite3.Error, OSError)
"""What connecting, pushing and reading the journal may raise; anything else is an error of the program."""


def failure_of(error: Exception) -> Failure:
    """Type one of the `EXPECTED` errors by what to do next."""
    match error:
        case psycopg.Error():
            return _of_server(error)
        case DivergedError():
            return Failure(NextStep.REJECTED, str(error))
        case _:
            return Failure(NextStep.RETRY, f"The journal cannot be read right now: {error}.")


def _of_server(error: psycopg.Error) -> Failure:
    state = error.sqlstate or ""
    words = _first_line(error)
    if state == "42501" or state.startswith("28") or (not state and _LET_IN_REFUSED.search(words)):
        return Failure(NextStep.REVOKED, f"Central does not let this site send any more: {words}")
    if state in _NOT_SET_UP:
        return Failure(NextStep.RETRY, "Central's database is not set up yet: run `central migrate` there.")
    if state[:2] in _DATA_CLASSES or (not state and isinstance(error, psycopg.DataError)):
        return Failure(NextStep.REJECTED, f"Central cannot take what this site sends: {words}")
    trouble = "cannot take rows right now" if state else "cannot be reached"
    return Failure(NextStep.RETRY, f"Central {trouble}: {words}")


def _first_line(error: psycopg.Error) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
