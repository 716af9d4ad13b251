"""Connections to central, with the patience of a line that leaves the building."""

import os
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from kiosk.settings import SettingsError

_DEFAULTS: dict[str, str | int] = {
    "application_name": "moi",
    "connect_timeout": 5,
    # A line that died without a word is noticed after about half a minute, sending (tcp_user_timeout) or waiting.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""What a DSN may leave unsaid: seconds, `tcp_user_timeout` milliseconds."""

_THIS_MACHINE = ("", "localhost", "127.0.0.1", "::1")

Connection = psycopg.Connection[tuple[Any, ...]]


class DsnError(SettingsError):
    """A DSN that cannot be read, with a sentence that says how one looks."""


def parameters(dsn: str) -> dict[str, Any]:
    """Return a DSN's parameters with our defaults under them.

    A line that leaves this machine is encrypted and the server's certificate checked (DESIGN §7), unless the DSN (or
    `PGSSLMODE`, or the service it names) says something about `sslmode`: libpq's own default would fall back to plain
    text without a word.

    Raises:
        DsnError: it is neither a connection URI nor a list of `key=value`.
    """
    try:
        said = conninfo_to_dict(dsn)
    except psycopg.ProgrammingError:
        # The parser's own words may hold a piece of the password, so they are not passed on.
        raise DsnError("Central's DSN cannot be read. Write postgresql://login:password@host/database.") from None
    hosts = str(said.get("host") or "").split(",")
    here = all(host in _THIS_MACHINE or host.startswith(("/", "@")) for host in hosts) and not said.get("hostaddr")
    unsaid = not ({"sslmode", "service"} & said.keys() or {"PGSSLMODE", "PGSERVICE"} & os.environ.keys())
    verified = {"sslmode": "verify-full"} if unsaid and not here else {}
    return _DEFAULTS | verified | said


def connect(dsn: str) -> Connection:
    """Connect with every statement its own transaction.

    Raises:
        DsnError: the DSN cannot be read.
        psycopg.OperationalError: no server answers there, or it does not let this login in.
    """
    # Nothing is prepared by name: it costs little here, survives a migration under an open session, and lets a pooler
    # stand between.
    return psycopg.connect(autocommit=True, prepare_threshold=None, **parameters(dsn))
