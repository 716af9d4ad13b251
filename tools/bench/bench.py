"""Measure what the product promises, print it as ratios to a floor of the same run, and keep it as JSON."""

import json
import platform
import tempfile
from pathlib import Path

import msgspec

from tools.bench import bare, hub_load, screens
from tools.bench.bare_http import BareServer
from tools.bench.figures import Latencies, Row, against
from tools.bench.floor import one_row_per_commit
from tools.processes import HubProcess, end_on_signals
from tools.tour.stage import screen_environment

FLOOR = "bare sqlite3, one row per commit"
WARM_TICKETS = 200
CALL = "call (start and finish between)"


def run(path: Path, *, quick: bool) -> int:
    """Measure everything and write it to a file; `quick` ends within 50 s.

    Args:
        path: the JSON file to write.
        quick: shorter stretches and fewer citizens.
    """
    end_on_signals()
    seconds, citizens = (1.2, 3) if quick else (8.0, 20)
    with tempfile.TemporaryDirectory(prefix="moi-bench-") as folder:
        rows = _hub_rows(Path(folder), seconds)
        rows += _screen_rows(screens.measure(Path(folder) / "screens", citizens), rows)
    for row in rows:
        print(row.line(), flush=True)
    whole = {
        "quick": quick,
        "machine": {"system": platform.platform(), "python": platform.python_version()},
        "floor": FLOOR,
        "rows": msgspec.to_builtins(rows),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _hub_rows(folder: Path, seconds: float) -> list[Row]:
    disk = one_row_per_commit(folder / "floor.db", seconds)
    with BareServer(folder / "bare.db") as server:
        bare_http = {clients: hub_load.issue_load(server, clients, seconds) for clients in hub_load.CLIENTS}
    rows = _plain_rows(f"floor: {FLOOR}", disk)
    for clients, measured in bare_http.items():
        rows += _plain_rows(f"floor: bare HTTP, one commit per request, {_clients(clients)}", measured)
    hub = HubProcess(folder / "hub", "--site", str(hub_load.bench_site(folder / "site.json")))
    try:
        hub_load.issue_many(hub, WARM_TICKETS)
        for clients in hub_load.CLIENTS:
            rows += _load_rows("issue", clients, hub_load.issue_load(hub, clients, seconds), disk, bare_http[clients])
        hub_load.open_counters(hub)
        for clients in hub_load.CLIENTS:
            rows += _load_rows(CALL, clients, hub_load.call_load(hub, clients, seconds), disk, bare_http[clients])
    finally:
        hub.stop()
    return rows


def _plain_rows(name: str, measured: Latencies) -> list[Row]:
    return [
        Row(f"{name}, p50", measured.p50_ms, "ms"),
        Row(f"{name}, p99", measured.p99_ms, "ms"),
        Row(f"{name}, throughput", measured.per_s, "/s"),
    ]


def _load_rows(what: str, clients: int, measured: Latencies, disk: Latencies, http: Latencies) -> list[Row]:
    name = f"{what}, {_clients(clients)}"
    return [
        against(f"{name}, p50", measured.p50_ms, "ms", {"disk": disk.p50_ms, "bare HTTP": http.p50_ms}),
        against(f"{name}, p99", measured.p99_ms, "ms", {"disk": disk.p99_ms, "bare HTTP": http.p99_ms}),
        against(f"{name}, throughput", measured.per_s, "/s", {"disk": disk.per_s, "bare HTTP": http.per_s}),
    ]


def _clients(count: int) -> str:
    return f"{count} client{'s' if count > 1 else ''}"


def _screen_rows(felt: screens.Felt, rows: list[Row]) -> list[Row]:
    """Felt figures beside what they cannot be quicker or smaller than: the hub's own answer, and bare peers."""
    values = {row.name: row.value for row in rows}
    issue, call = values["issue, 1 client, p50"], values[f"{CALL}, 1 client, p50"]
    env = screen_environment()
    window, server = bare.measure(bare.EMPTY_WINDOW, env), bare.measure(bare.EMPTY_SERVER, env)
    return [
        against("tap to first byte at the printer, median", felt.tap_to_first_byte_ms, "ms", {"issue p50": issue}),
        against("clerk's key to board's paint, median", felt.key_to_paint_ms, "ms", {"call p50": call}),
        against("kiosk start to first interactive frame", felt.kiosk_start_ms, "ms", {"empty window": window.start_ms}),
        against("resident memory, kiosk", felt.kiosk_mib, "MiB", {"empty window": window.mib}),
        against("resident memory, hub", felt.hub_mib, "MiB", {"empty web server": server.mib}),
    ]
