import copy
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.catalogue.site_file import SiteError, load_site, read_site
from tests.catalogue.sources import SITE_FILE

DEMO = json.loads(SITE_FILE.read_bytes())
Tree = dict[str, Any]


def read(change: Callable[[Tree], object]) -> object:
    tree = copy.deepcopy(DEMO)
    change(tree)
    return read_site(json.dumps(tree).encode(), "site.json")


def test_the_demo_centre_is_read() -> None:
    site = load_site(SITE_FILE)
    assert site.info.id == "s-vam-duoc"
    assert [queue.id for queue in site.queues] == list("ABCDEGHK")
    assert site.info.hours.periods("C", "sat") == (("07:00", "11:00"),)
    queue = site.queue_of_field("Cấp, quản lý căn cước")
    assert queue is not None
    assert queue.id == "C"


def test_decomposed_fields_are_normalised() -> None:
    raw = unicodedata.normalize("NFD", SITE_FILE.read_text("utf-8")).encode()
    assert read_site(raw, "x") == load_site(SITE_FILE)


def set_in(*path: str | int, to: object) -> Callable[[Tree], object]:
    def change(tree: Any) -> None:
        for step in path[:-1]:
            tree = tree[step]
        tree[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (set_in("site", "id", to=""), "The centre has no id."),
        (set_in("site", "level", to="district"), "level “district” is not known"),
        (set_in("site", "time_zone", to="Asia/Saigon2"), "time zone “Asia/Saigon2” is not known"),
        (set_in("site", "time_zone", to="../../etc/passwd"), "is not known"),
        (set_in("site", "time_zone", to=""), "is not known"),
        (set_in("site", "time_zone", to="Asia"), "time zone “Asia” is not known"),
        (set_in("site", "name", to={"en": "Centre"}), "site.name has no Vietnamese name"),
        (set_in("queues", 0, "name", to={}), "queues A has no Vietnamese name"),
        (set_in("priority", 0, "name", "vi", to=""), "priority elderly has no Vietnamese name"),
        (set_in("queues", 1, "id", to="A"), "Queue A is listed twice."),
        (set_in("queues", 0, "id", to="a1"), "must be one capital letter"),
        (set_in("queues", 0, "max_wait_minutes", to=0), "longest wait of queue A"),
        (set_in("queues", 1, "fields", to=["Hộ tịch"]), "“Hộ tịch” is taken twice"),
        (set_in("queues", to=[]), "The centre has no queue."),
        (set_in("counters", 0, "number", to=2), "Counter 2 is listed twice."),
        (set_in("counters", 0, "number", to=0), "numbers start at 1"),
        (set_in("counters", 0, "tiers", to=[]), "Counter 1 serves no queue."),
        (set_in("counters", 0, "tiers", to=[["A"], ["A"]]), "Counter 1 names queue A twice."),
        (set_in("counters", 0, "tiers", to=[["Z"]]), "Counter 1 serves queue Z, which does not exist."),
        (set_in("counters", to=[]), "No counter serves queue A"),
        (set_in("staff", 1, "id", to="nv01"), "Staff id nv01 is listed twice."),
        (set_in("staff", 1, "name", to=""), "no id or no name"),
        (set_in("staff", 1, "roles", to=["boss"]), "role “boss” of nv02"),
        (set_in("kiosks", 0, "number", to=2), "Kiosk 2 is listed twice."),
        (set_in("kiosks", 0, "number", to=10), "use 1 to 9"),
        (set_in("priority", 1, "id", to="elderly"), "Priority elderly is listed twice."),
        (set_in("priority", 0, "minutes", to=-1), "must be 0 to 240 minutes"),
        (set_in("priority", 0, "minutes", to=1000), "must be 0 to 240 minutes"),
        (set_in("priority", 0, "min_age", to=-1), "below 0"),
        (set_in("site", "hours", "days", to=["monday"]), "names the day “monday”"),
        (set_in("site", "hours", "default", to=[["7:00", "11:00"]]), "write times as 07:00"),
        (set_in("site", "hours", "default", to=[["24:00", "25:00"]]), "write times as 07:00"),
        (set_in("site", "hours", "default", to=[["11:00", "07:00"]]), "closes at 07:00, before it opens"),
        (set_in("site", "hours", "default", to=[["07:00", "12:00"], ["11:00", "17:00"]]), "overlap at 11:00"),
        (set_in("site", "hours", "queues", "Z", to={"extra": {}}), "site.hours.queues.Z names a queue"),
        (
            set_in("site", "hours", "queues", "C", "extra", "sat", 0, to=["x", "y"]),
            "site.hours.queues.C.sat holds “x–y”",
        ),
        (set_in("site", "hours", "queues", "C", "extra", "samedi", to=[]), "names the day “samedi”"),
        (set_in("queues", 0, "prefix", to="A1"), "Queue A has the prefix “A1”"),
        (set_in("queues", 0, "prefix", to=""), "Queue A has the prefix “”"),
        (set_in("queues", 0, "prefix", to="B"), "Queues A and B would give the same numbers."),
        (set_in("queues", 0, "first", to=0), "numbers of queue A must run upwards"),
        (set_in("queues", 0, "first", to=1000), "numbers of queue A must run upwards"),
        (set_in("queues", 0, "last", to=10000), "within 1 to 9999"),
        (set_in("queues", 0, "quota", to=0), "quota of queue A"),
        (set_in("queues", 0, "share_above", to=-1), "Queue A shares its load"),
        (set_in("rules", to={"recall_limit": 0}), "rules.recall_limit must be 1 to 20."),
        (set_in("rules", to={"first_hour_share": 1.5}), "rules.first_hour_share must be 0 to 1."),
        (set_in("rules", to={"person_quota": 0}), "rules.person_quota"),
        (set_in("priority", 0, "queues", to={"Z": 10}), "Priority elderly names queue Z"),
        (set_in("priority", 0, "queues", to={"A": 241}), "Priority elderly must be 0 to 240"),
        (set_in("calendar", to={"off": ["2026-2-9"]}), "calendar.off holds “2026-2-9”"),
        (set_in("calendar", to={"working": ["20260209"]}), "calendar.working holds “20260209”"),
        (set_in("calendar", to={"off": ["2026-02-09"], "working": ["2026-02-09"]}), "both off and worked"),
        (set_in("site", "hours", to={}), "Queue A is never open"),
        (set_in("journeys", to=[{"id": "j", "steps": ["A"]}]), "Journey j needs two queues"),
        (set_in("journeys", to=[{"id": "j", "steps": ["A", "Z"]}]), "Journey j names queue Z"),
        (set_in("journeys", to=[{"id": "j", "steps": ["A", "B"]}] * 2), "Journey j is listed twice."),
        (
            set_in("journeys", to=[{"id": i, "steps": ["A", "B"], "procedures": ["1.001"]} for i in "jk"]),
            "Procedure 1.001 takes two journeys.",
        ),
        (set_in("agencies", to=[{"id": "x", "name": {"vi": "Sở"}}] * 2), "Agency x is listed twice."),
        (set_in("agencies", to=[{"id": "x", "name": {"en": "Office"}}]), "no Vietnamese name"),
        (set_in("results", to={"queue": "Z"}), "Results are handed out in queue Z"),
        (set_in("results", to={"queue": "A", "counter": 99}), "at counter 99"),
        (set_in("queues", 0, "fields", to="Hộ tịch"), "has a wrong field: Expected `array`"),
        (set_in("counters", 0, "number", to="1"), "has a wrong field"),
        (lambda tree: tree.pop("site"), "missing required field `site`"),
    ],
)
def test_a_hall_that_could_not_run_is_refused_with_a_sentence(change: Callable[[Tree], object], sentence: str) -> None:
    with pytest.raises(SiteError) as error:
        read(change)
    assert sentence in str(error.value)
    assert error.value.say("vi")


def test_all_faults_are_said_at_once() -> None:
    def change(tree: Tree) -> None:
        tree["site"]["id"] = ""
        tree["staff"][1]["id"] = "nv01"

    with pytest.raises(SiteError) as error:
        read(change)
    assert len(error.value.sentences) == 2
    assert error.value.say("vi").splitlines() == ["Trung tâm chưa có mã.", "Mã cán bộ nv01 bị ghi hai lần."]


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_file_that_is_not_json_is_refused(raw: bytes) -> None:
    with pytest.raises(SiteError, match="is not valid JSON"):
        read_site(raw, "site.json")


def test_a_missing_file_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"none\.json"):
        load_site(tmp_path / "none.json")


def test_a_centre_may_number_two_queues_with_one_letter_in_two_ranges() -> None:
    def change(tree: Tree) -> None:
        tree["queues"][0] |= {"prefix": "B", "first": 500, "last": 799}
        tree["queues"][1] |= {"last": 499}

    read(change)
