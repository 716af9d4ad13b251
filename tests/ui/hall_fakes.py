"""A hub, an announcer and views for the screens of the hall: tests say what the hub answers, and when."""

import itertools
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from kiosk.domain.procedure import Catalogue, Document, DocumentKind, Procedure
from kiosk.ports import Answered
from kiosk.wire import views as v


class Sent(Struct):
    path: str
    body: dict[str, Any]
    on_answer: Callable[[Answered], None]
    command_id: str
    fact: bool

    def answer(self, status: int = 200, **body: Any) -> None:
        self.on_answer(Answered(self.command_id, status, body))


class FakeLink:
    """A hub that remembers what it was asked and answers when the test says so."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.on_view: Callable[[dict[str, Any], bool], None] | None = None
        self._ids = (f"c{n}" for n in itertools.count(1))

    def send(self, path, body, on_answer, *, command_id=None, fact=False):
        self.sent.append(Sent(path, body, on_answer, command_id or next(self._ids), fact))
        return self.sent[-1].command_id

    def follow(self, on_view):
        self.on_view = on_view

    def close(self):
        pass

    def show(self, view: Struct | None, connected: bool = True) -> None:
        assert self.on_view is not None
        self.on_view({} if view is None else msgspec.to_builtins(view), connected)


class FakeAnnouncer:
    def __init__(self) -> None:
        self.spoken: list[tuple[str, int, tuple[str, ...]]] = []
        self.ages: list[float] = []
        self.withdrawn: list[tuple[str, int]] = []

    def announce(self, number, counter, languages, age_s):
        self.spoken.append((number, counter, languages))
        self.ages.append(age_s)

    def withdraw(self, number, counter):
        self.withdrawn.append((number, counter))

    def close(self):
        pass


SITE = {"vi": "Trung tâm Phục vụ hành chính công xã Vàm Đước", "en": "Vàm Đước Commune Public Service Centre"}
QUEUES = {
    "A": v.QueueView({"vi": "Hộ tịch", "en": "Civil status"}, 3),
    "B": v.QueueView({"vi": "Chứng thực", "en": "Certification"}, 2),
    "C": v.QueueView({"vi": "Cư trú, căn cước", "en": "Residence and ID"}, 4),
}
STAFF = {"nv01": "Trần Minh Khang", "nv02": "Nguyễn Thị Hồng Đào"}
BIRTH = Procedure(
    code="1.001193.000.00.00.H12",
    key="1.001193",
    name="Thủ tục đăng ký khai sinh",
    short="Đăng ký khai sinh",
    name_en="Birth registration",
    field="Hộ tịch",
    level="commune",
    assisted=False,
    documents=(
        Document("Tờ khai đăng ký khai sinh theo mẫu", DocumentKind.SUBMIT, original=1),
        Document("Giấy chứng sinh", DocumentKind.SUBMIT, original=1),
        Document("Biên bản về việc trẻ bị bỏ rơi", DocumentKind.SUBMIT, original=1, conditional=True),
        Document("Giấy tờ tùy thân", DocumentKind.SHOW, original=1),
        Document("Nộp trực tuyến thì khai biểu mẫu điện tử", DocumentKind.NOTE),
    ),
)
CATALOGUE = Catalogue("2026-07-01", "test", "", (BIRTH,))
NOW = 1_795_000_000_000
MINUTE = 60_000


def ticket(state: str = "called", **changes: Any) -> v.TicketAtCounter:
    return v.TicketAtCounter(
        **{
            "id": "t27",
            "number": "A027",
            "queue": "A",
            "state": state,
            "issued_at": NOW - 12 * MINUTE,
            "procedure": "1.001193",
            "missing": (1,),
            "calls": 1,
            "called_at": NOW - 18_000,
            "started_at": NOW if state == "serving" else 0,
            **changes,
        }
    )


def counter_view(state: str = "open", at: v.TicketAtCounter | None = None, **changes: Any) -> v.CounterView:
    signed_in = state != "closed"
    return v.CounterView(
        **{
            "site_name": SITE,
            "counter": 2,
            "state": state,
            "queues": QUEUES,
            "serves": (("A", "B"), ("C",)),
            "staff": STAFF,
            "staff_id": "nv02" if signed_in else "",
            "staff_name": STAFF["nv02"] if signed_in else "",
            "ticket": at,
            "upcoming": (
                v.WaitingTicket("t28", "A028", "A", "1.001193", NOW - 9 * MINUTE),
                v.WaitingTicket("t32", "B032", "B", "", NOW - 6 * MINUTE),
            ),
            "served_today": 9,
            **changes,
        }
    )


def board_view(*calls: v.CallView) -> v.BoardView:
    return v.BoardView(SITE, QUEUES, calls)


def call(seq: int, number: str = "A027", counter: int = 2, at: int = NOW, **changes: Any) -> v.CallView:
    return v.CallView(seq, at, number, counter, number[0], **changes)
