"""The append-only, hash-chained journal (DESIGN §3; docs/decisions/0006)."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from kiosk.domain.events import Recorded, SideData, SideErased
from kiosk.domain.hall import Hall
from kiosk.hub.journal import parcels, schema, snapshots
from kiosk.hub.journal.chain import GENESIS, JournalDamagedError, applied, chained_rows, hash_at, last_day_end, row_hash
from kiosk.hub.journal.projection import Row
from kiosk.hub.journal.statements import Statements
from kiosk.log.catalogue_of_data import JournalReplayed
from kiosk.log.event import log
from kiosk.wire.kept import Parcel, new_key

KEY = "journal_key"
"""In `meta`: what devices keep is sealed with it (`kiosk.wire.kept`), hex. Standby and backup have it too."""
_encoder = msgspec.json.Encoder()
_INTO_JOURNAL = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)"
_ADDRESS = b'"url":'
ANSWERS_KEPT = timedelta(days=14)
"""How long a command's id is recognised: a fact may have been done on Friday, its answer lost, and its device off until
the holidays are over (DESIGN §3; DOMAIN §10). A day's answers are some megabytes."""
_INTO_SIDE = "INSERT INTO side VALUES (?, ?, ?, ?, ?)"
_INTO_COMMANDS = (
    "INSERT INTO commands (id, day, role, request_hash, answer, rows, last_seq) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INTO_META, _OUT_OF_META = "INSERT OR REPLACE INTO meta VALUES (?, ?)", "DELETE FROM meta WHERE key = ?"


Notes = Mapping[str, str | None]
"""Facts of a machine itself, as they stand in `meta`; None for one that ends."""


class Draft(Struct, frozen=True):
    """A row that is about to be appended: its event, encoded once."""

    recorded: Recorded
    epoch: int
    command_id: str
    body: bytes
    hash: bytes
    type: str = ""
    """Its stored tag, where an earlier release wrote it; empty: the tag the event has today."""


class KnownAnswer(Struct, frozen=True):
    """What a command was answered, to be given again word for word."""

    role: str
    request_hash: str
    answer: bytes
    rows: int = 0
    """How many rows the command made; 0 where that is not known."""
    last_seq: int = 0
    """The last of them."""


class PastTicket(Struct, frozen=True):
    """A ticket the hall may hold no more."""

    number: str
    rated: bool


class Append(Struct, frozen=True):
    """Everything one command writes."""

    command_id: str
    role: str
    request_hash: str
    answer: bytes
    """Empty where it is not remembered any more."""
    day: str
    drafts: tuple[Draft, ...]
    side: tuple[tuple[int, SideData], ...]
    """Side data with the seq of the row it belongs to."""
    rows: tuple[Row, ...]
    notes: Notes = {}
    """Facts of this machine itself that become true with it."""


def draft(recorded: Recorded, epoch: int, command_id: str, previous: bytes) -> Draft:
    """Encode an event and chain it to the row before."""
    body = _encoder.encode(recorded.event)
    return Draft(
        recorded, epoch, command_id, body, row_hash(previous, epoch, recorded.seq, recorded.at, command_id, body)
    )


class Journal:
    """The journal's one writing connection. Use it in the thread that made it."""

    def __init__(self, path: Path, site_id: str) -> None:
        """Open or create the journal of a site.

        Raises:
            NewerFolderError: a newer program wrote the file.
            JournalDamagedError: the file belongs to another site, or its newest rows do not fit together.
            OSError: SQLite cannot use the file.
        """
        try:
            self._db = schema.open_for_writing(path)
        except sqlite3.Error as error:
            raise OSError(f"{path} cannot be used as a journal: {error}.") from error
        self.epoch = int(self._meta("epoch", "1"))
        if self._meta("site_id", site_id) != site_id:
            raise JournalDamagedError(f"{path} is the journal of another centre. Use another data folder.")
        self.key = bytes.fromhex(self._meta(KEY, new_key().hex()))
        self.head, self.replayed_from = GENESIS, 0
        self.hall = self._replayed(snapshots.folder_of(path))

    def _meta(self, key: str, default: str) -> str:
        with self._db.atomic():
            self._db.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (key, default))
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0])

    def _replayed(self, folder: Path) -> Hall:
        """Fold the open day, from its newest snapshot or, without one, from its beginning.

        The end of a day leaves a hall that holds only what its row says, so nothing before it is needed.
        """
        hall, after = Hall(), max(0, last_day_end(self._db) - 1)
        kept = snapshots.newest(folder, self._db, after)
        if kept is not None:
            hall, self.head = kept
            after = hall.seq
        for stored, recorded in chained_rows(self._db, after):
            hall = applied(hall, recorded)
            self.head = stored
        log.note(JournalReplayed(hall.seq - after, after, kept is not None))
        self.replayed_from = after
        return hall

    def answers_to(self, command_ids: list[str]) -> dict[str, KnownAnswer]:
        """Return what commands were answered, those that were carried out."""
        sql = (
            f"SELECT id, role, request_hash, answer, rows, last_seq FROM commands WHERE id IN ({_places(command_ids)})"
        )
        rows = self._db.execute(sql, command_ids)
        return {row[0]: KnownAnswer(*row[1:]) for row in rows}

    def visited(self, ticket_id: str, counter: int) -> bool:
        """Tell whether a ticket of any day was called to a counter, as far as it is committed."""
        found = self._db.execute(
            "SELECT 1 FROM steps WHERE id >= ? || '#' AND id < ? || '$' AND counter = ?",
            (ticket_id, ticket_id, counter),
        )
        return found.fetchone() is not None

    def past_tickets(self, ticket_ids: list[str]) -> dict[str, PastTicket]:
        """Return what the tables know of tickets of any day, as far as they are committed."""
        sql = (
            "SELECT id, number, EXISTS (SELECT 1 FROM ratings WHERE ratings.id = tickets.id) FROM tickets"
            f" WHERE id IN ({_places(ticket_ids)})"
        )
        rows = self._db.execute(sql, ticket_ids)
        return {row[0]: PastTicket(row[1], bool(row[2])) for row in rows}

    def person_ref(self, pseudonym: str) -> str:
        """Return what the side data that knows a person of today is called, as far as it is committed, or ""."""
        sql = "SELECT ref FROM side WHERE kind = 'person' AND payload = ? ORDER BY seq LIMIT 1"
        row = self._db.execute(sql, (pseudonym.encode(),)).fetchone()
        return str(row[0]) if row else ""

    def append(self, appends: Sequence[Append], notes: Notes | None = None) -> None:
        """Write a whole batch in one transaction: after this returns, it survives a power cut.

        Args:
            appends: what to write, in order.
            notes: facts of this machine itself that become true with it, for `meta`; None ends one.

        Raises:
            sqlite3.Error: nothing of the batch is stored, unless the error came from the commit itself.
        """
        statements = Statements()
        for one in appends:
            for d in one.drafts:
                row = (
                    d.recorded.seq,
                    d.epoch,
                    d.recorded.at,
                    d.command_id,
                    d.type or type_of(d.recorded),
                    d.body,
                    d.hash,
                )
                statements.add(_INTO_JOURNAL, row)
                if isinstance(d.recorded.event, SideErased):
                    self._forget(statements, d.recorded.event.refs)
            for seq, s in one.side:
                statements.add(_INTO_SIDE, (s.ref, seq, s.kind, s.payload, s.expires_at))
            for changed in one.rows:
                statements.add(changed.sql, changed.values)
            if one.answer:
                last = one.drafts[-1].recorded.seq if one.drafts else 0
                known = (one.command_id, one.day, one.role, one.request_hash, one.answer, len(one.drafts), last)
                statements.add(_INTO_COMMANDS, known)
        for facts in (*(one.notes for one in appends), notes or {}):
            for key, value in facts.items():
                statements.add(*((_OUT_OF_META, (key,)) if value is None else (_INTO_META, (key, value))))
        with self._db.atomic():
            statements.run(self._db.conn)
        for one in reversed(appends):
            if one.drafts:
                self.head = one.drafts[-1].hash
                break

    def _forget(self, statements: Statements, refs: tuple[str, ...]) -> None:
        """Delete side data in the transaction that says so; SQLite overwrites it (`schema`)."""
        statements.add(f"DELETE FROM side WHERE ref IN ({_places(refs)})", refs)

    def note(self, notes: Notes) -> None:
        """Write down facts of this machine itself."""
        self.append((), notes)

    def hash_at(self, seq: int) -> bytes | None:
        """Return the hash of a row; None where there is none."""
        return hash_at(self._db, seq)

    def parcels_after(self, seq: int, limit: int) -> tuple[Parcel, ...]:
        """Return what commands wrote after a row, each command whole; see `parcels.after`."""
        return parcels.after(self._db, seq, limit)

    def forget_answers(self, today: str) -> None:
        """Drop answers that are older than `ANSWERS_KEPT`; `today` is a day, "2026-11-23".

        One that holds a ticket's address, which is its secret, goes when its day does (DESIGN §9): a ticket is not
        given twice in any case, for its id is known.
        """
        oldest = date.fromisoformat(today) - ANSWERS_KEPT
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM commands WHERE day < ? OR (day < ? AND instr(answer, ?) > 0)",
                (oldest.isoformat(), today, _ADDRESS),
            )

    def close(self) -> None:
        """Fold the log file back and close."""
        self._db.close()


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def type_of(recorded: Recorded) -> str:
    """Return an event's tag with its version, such as "ticket_issued/1"."""
    return str(type(recorded.event).__struct_config__.tag)
