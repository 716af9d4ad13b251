"""The simulated centre: small enough to see through, with every kind of queue, lane and limit that rules know."""

from kiosk.domain.site import (
    Agency,
    CounterSetup,
    Hours,
    Journey,
    KioskSetup,
    PriorityCategory,
    Queue,
    ResultLane,
    Site,
    SiteInfo,
    Staff,
)

SITE = Site(
    info=SiteInfo(
        id="s-simulated",
        name={"vi": "Trung tâm mô phỏng", "en": "Simulated centre"},
        province={"vi": "Cà Mau", "en": "Ca Mau"},
        hours=Hours(default=(("07:00", "11:00"), ("13:00", "17:00")), days=("mon", "tue", "wed", "thu", "fri")),
    ),
    queues=(
        Queue("A", {"vi": "Hộ tịch", "en": "Civil status"}, "A", ("Hộ tịch",), max_wait_minutes=5),
        Queue("B", {"vi": "Chứng thực", "en": "Certification"}, "A", ("Chứng thực",), max_wait_minutes=8),
        Queue("C", {"vi": "Đất đai", "en": "Land"}, "A", ("Đất đai",), max_wait_minutes=2, share_above=6),
    ),
    counters=(
        CounterSetup(1, "A", (("A", "B"), ("C",))),
        CounterSetup(2, "A", (("A",), ("B", "C"))),
        CounterSetup(3, "A", (("C",), ("A",), ("B",))),
        CounterSetup(4, "A", (("B", "C"),)),
    ),
    staff=tuple(Staff(f"nv{n:02d}", f"Cán bộ {n}", ("clerk",)) for n in range(1, 6)),
    kiosks=(KioskSetup(1, "A"), KioskSetup(2, "A")),
    journeys=(
        Journey("four", ("A", "C", "B"), ("p-journey",)),
        Journey("two", ("B", "A")),
    ),
    results=ResultLane("B", 4),
    agencies=(Agency("other", {"vi": "Xã bên", "en": "The next commune"}),),
    priority=(
        PriorityCategory("elderly", {"vi": "Người cao tuổi", "en": "Aged 60 or over"}, 30, min_age=60),
        PriorityCategory("disability", {"vi": "Người khuyết tật", "en": "Person with a disability"}, 40),
    ),
)
