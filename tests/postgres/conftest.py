"""A fresh central on every server found, and sites that may push to it."""

import secrets
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import psycopg
import pytest

from kiosk.central import push
from kiosk.central.connecting import Connection, connect
from kiosk.central.migrate import migrate
from kiosk.central.pusher import BackOff, Pusher, PushState
from kiosk.central.sites import add_site
from kiosk.ports import JournalRow, JournalSource, PushBatch
from tests.postgres.journals import MemoryJournal, OneBatch
from tools.postgres import Install, Server, installs

QUICK = BackOff(first_s=0.05, cap_s=0.2)
PATIENCE_S = 30
"""How long a test waits for something that must happen; far more than it ever takes."""


class Site(NamedTuple):
    """A registered site."""

    id: str
    login: str
    password: str


class Central:
    """A migrated database of its own on a running server."""

    def __init__(self, server: Server, database: str) -> None:
        self.server = server
        self.database = database
        self.admin = server.dsn(database)
        self._session: Connection | None = None

    def query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement as the administrator, in one session."""
        if self._session is None:
            self._session = psycopg.connect(self.admin, autocommit=True)
        cursor = self._session.execute(statement.encode(), values or None)
        return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """End the administrator's session."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def value(self, statement: str, *values: object) -> Any:
        """Run a statement that returns one value."""
        return self.query(statement, *values)[0][0]

    def add_site(self) -> Site:
        """Register a site with a login of its own."""
        name = f"s{secrets.token_hex(4)}"
        site = Site(name, f"login_{name}", secrets.token_urlsafe(12))
        add_site(self.admin, *site)
        return site

    def dsn(self, site: Site, port: int | None = None) -> str:
        """Return a site's DSN, through another port if asked."""
        return self.server.dsn(self.database, site.login, site.password, port)

    def connect(self, site: Site) -> Connection:
        """Connect as a site; to be closed by the caller."""
        return connect(self.dsn(site))

    def send_all(self, site: Site, source: JournalSource, limit: int = 500) -> push.Cursor:
        """Send all a journal holds and return where central stands then."""
        with self.connect(site) as connection:
            cursor = push.ask(connection)
            while (done := push.step(connection, source, cursor, limit)).cursor != cursor:
                cursor = done.cursor
            return cursor

    def offer(self, site: Site, cursor: push.Cursor, *rows: JournalRow, **changed: Any) -> push.Step:
        """Push one batch as a site that believes central to stand at `cursor`."""
        here = JournalRow(cursor.seq, cursor.epoch, 0, "", b"", cursor.hash)
        with self.connect(site) as connection:
            return push.step(connection, OneBatch(PushBatch(rows, changed), [here]), cursor, 1000)

    def holds_exactly(self, site: Site, journal: MemoryJournal) -> bool:
        """Whether central has every row once, and the ticket each of them issued."""
        tickets = self.value("SELECT count(*) FROM moi.tickets WHERE site_id = %s", site.id)
        return self.hashes(site) == journal.hashes() and tickets == len(journal.rows)

    def hashes(self, site: Site) -> list[tuple[int, str]]:
        """Return seq and hash of all journal rows held of a site."""
        rows = self.query("SELECT seq, encode(hash, 'hex') FROM moi.journal WHERE site_id = %s ORDER BY seq", site.id)
        return [(seq, held) for seq, held in rows]


_EMPTIED = (
    "sites", "journal", "journal_fork", "query_fork", "side", "tickets", "steps", "ratings", "periods", "days",
    "quarantine", "inbox",
)  # fmt: skip


class Servers:
    """The servers of this run, each started when first asked for."""

    def __init__(self) -> None:
        self._running: dict[Install, Server] = {}

    def get(self, install: Install) -> Server:
        """Return a running server with a migrated database `ready` and an empty one, `blank`."""
        if install not in self._running:
            server = self._running[install] = Server(install)
            with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
                connection.execute("CREATE DATABASE ready")
                connection.execute("CREATE DATABASE blank")
            migrate(server.dsn("ready"))
        return self._running[install]

    def close(self) -> None:
        """Stop and remove them all."""
        for server in self._running.values():
            server.close()


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """All servers of the run, gone at its end."""
    found = Servers()
    yield found
    found.close()


@pytest.fixture(params=installs(), ids=lambda install: install.name)
def server(request: pytest.FixtureRequest, servers: Servers) -> Server:
    """One of the servers: each test runs on each."""
    return servers.get(request.param)


@pytest.fixture
def empty(server: Server) -> Iterator[Central]:
    """A database nobody has migrated, which the test may change as it likes."""
    blank = Central(server, "blank")
    blank.query("DROP SCHEMA IF EXISTS moi CASCADE")
    yield blank
    blank.close()


@pytest.fixture
def central(server: Server) -> Iterator[Central]:
    """A migrated database without sites and rows. Months stay; to make them, or a database, takes far longer."""
    ready = Central(server, "ready")
    ready.query("; ".join(f"DELETE FROM moi.{table}" for table in _EMPTIED))
    yield ready
    ready.close()


@pytest.fixture
def site(central: Central) -> Site:
    """A site of that central."""
    return central.add_site()


@pytest.fixture
def pushers() -> Iterator[Callable[..., Pusher]]:
    """Start pushers that are stopped at the end of the test."""
    made: list[Pusher] = []

    def start(source: JournalSource, dsn: str, **options: Any) -> Pusher:
        pusher = Pusher(source, dsn, **{"poll_s": 0.02, "back_off": QUICK, **options})
        made.append(pusher)
        pusher.start()
        return pusher

    yield start
    stopped = [pusher.stop(PATIENCE_S) for pusher in made]
    assert all(stopped)


def eventually(holds: Callable[[], object]) -> None:
    """Wait until something holds; fails if it never does."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.01)


def state_of(pusher: Pusher, wanted: Callable[[PushState], object]) -> PushState:
    """Wait until a pusher's state is as wanted, and return it."""
    seen: list[PushState] = []

    def holds() -> object:
        seen[:] = [pusher.state]
        return wanted(seen[0])

    eventually(holds)
    return seen[0]
