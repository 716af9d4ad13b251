"""The hub's own journal in central: what SQLite holds and what PostgreSQL holds are the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from kiosk.central.pusher import Pusher
from kiosk.central.sites import verify_chain
from kiosk.domain import commands as cmd
from kiosk.domain.commands import Role
from kiosk.domain.ticket import Outcome
from kiosk.hub.journal.projection import COLUMNS
from kiosk.hub.journal.reader import Reader
from kiosk.hub.journal.schema import open_for_reading
from kiosk.hub.work import Done, Request
from kiosk.hub.writer import Writer
from kiosk.ids import new_token
from tests.halls import FixedClock, demo_site, envelope, new_id
from tests.postgres.conftest import PATIENCE_S, Central, Site


def test_central_holds_exactly_what_the_hub_does(
    central: Central, site: Site, pushers: Callable[..., Pusher], tmp_path: Path
) -> None:
    clock, wake = FixedClock(), list[Callable[[], None]]()
    path = tmp_path / "hub.db"
    writer = Writer(
        path,
        demo_site(),
        clock,
        public_url=lambda: "http://hub",
        on_commit=lambda _: [call() for call in wake],
        on_failure=lambda error: None,
    )
    writer.start()
    writer.wait_ready()
    reader = Reader(path)

    def do(command: cmd.AnyCommand, role: Role = Role.COUNTER) -> Any:
        clock.at += 1000
        outcome = writer.submit(Request(envelope(command, role), "h")).result(10)
        assert isinstance(outcome, Done), outcome
        return msgspec.json.decode(outcome.answer)

    pusher = pushers(reader, central.dsn(site), batch=7, poll_s=3600)
    wake.append(pusher.wake)
    do(cmd.OpenCounter(1, "nv01"))
    for _ in range(6):
        issued = cmd.IssueTicket(new_id(), new_token(), "A")
        do(issued, Role.KIOSK)
        do(cmd.MarkPrinted(issued.ticket_id, cmd.PrintResult.PRINTED), Role.KIOSK)
    for _ in range(3):
        ticket_id = do(cmd.CallNext(1))["ticket"]["id"]
        do(cmd.StartTicket(ticket_id, 1))
        do(cmd.FinishTicket(ticket_id, 1, Outcome.SERVED))
        do(cmd.RateTicket(ticket_id, b"sealed", "legal3"), Role.TABLET)
    do(cmd.NoShowTicket(do(cmd.CallNext(1))["ticket"]["id"], 1))
    do(cmd.PauseCounter(1, "break"))
    do(cmd.ResumeCounter(1))
    do(cmd.CloseCounter(1))
    do(cmd.CloseDay(), Role.SUPERVISOR)
    head, _ = reader.head()
    assert pusher.push_until(head, PATIENCE_S)
    assert pusher.state.quarantined == 0

    sqlite = open_for_reading(path)
    assert central.query("SELECT seq, epoch, at_ms, command_id, body, hash FROM moi.journal ORDER BY seq") == list(
        sqlite.execute("SELECT seq, epoch, at, command_id, body, hash FROM journal ORDER BY seq")
    )
    for table, columns in COLUMNS.items():
        of_central = ", ".join(f"{column}::text" if column in ("day", "service_day") else column for column in columns)
        ours = sqlite.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id").fetchall()
        assert ours
        assert central.query(f"SELECT {of_central} FROM moi.{table} ORDER BY id") == ours
    side = "SELECT ref, seq, kind, payload, expires_at FROM {}side ORDER BY ref"
    assert central.query(side.format("moi.")) == sqlite.execute(side.format("")).fetchall()
    assert verify_chain(central.admin, site.id).broken_at is None

    assert pusher.stop(PATIENCE_S)
    sqlite.close()
    reader.close()
    writer.stop()
