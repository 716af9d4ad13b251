"""Measure what the product promises as ratios to a floor of the same run; print it, keep it as JSON and as a page."""

import json
import platform
import tempfile
from pathlib import Path

from tools.bench import bare, hub_load, hub_rows, page, paper_rows, screens, size_rows, stages
from tools.bench.figures import Goal, Row, against
from tools.processes import end_on_signals
from tools.tour.stage import screen_environment

TAP, NEWS = Goal(60.0), Goal(3000.0)
"""From the tap to the printer's first byte, and until a clerk hears of missing paper (issue 4), in ms."""


def run(path: Path, markdown: Path | None, *, quick: bool) -> int:
    """Measure everything and write it to a file; `quick` takes about a minute.

    Args:
        path: the JSON file to write.
        markdown: the page to write, if one is wanted.
        quick: shorter stretches, fewer citizens, a shorter past.
    """
    end_on_signals()
    seconds, citizens = (1.2, 3) if quick else (8.0, 20)
    with tempfile.TemporaryDirectory(prefix="moi-bench-") as folder:
        rows = hub_rows.measure(Path(folder), seconds)
        site = hub_load.bench_site(Path(folder) / "site.json")
        parts = stages.measure(Path(folder) / "staged", site, seconds)
        rows += size_rows.measure(Path(folder) / "sizes", size_rows.QUICK if quick else size_rows.FULL)
        rows += paper_rows.measure(30 if quick else 300)
        rows += _screen_rows(screens.measure(Path(folder) / "screens", citizens), rows)
    for row in rows:
        print(row.line(), flush=True)
    for part, took in parts.items():
        print(f"one issue: {part:<53} {took:>10g} ms", flush=True)
    machine = {"system": platform.platform(), "python": platform.python_version()}
    whole = {
        "quick": quick,
        "machine": machine,
        "floor": hub_rows.FLOOR,
        "rows": [row.as_json() for row in rows],
        "one_issue_ms": parts,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if markdown is not None:
        markdown.parent.mkdir(parents=True, exist_ok=True)
        markdown.write_text(page.page(rows, parts, machine, quick=quick), encoding="utf-8")
    return 0


def _screen_rows(felt: screens.Felt, rows: list[Row]) -> list[Row]:
    """Felt figures beside what they cannot be quicker or smaller than: the hub's own answer, and bare peers."""
    values = {row.name: row.value for row in rows}
    issue, call = values["issue, 1 client, p50"], values[f"{hub_rows.CALL}, 1 client, p50"]
    env = screen_environment()
    window, server = bare.measure(bare.EMPTY_WINDOW, env), bare.measure(bare.EMPTY_SERVER, env)
    return [
        against("tap to first byte at the printer, median", felt.tap_to_first_byte_ms, "ms", {"issue p50": issue}),
        against(
            "tap to first byte at the printer, p99", felt.tap_to_first_byte_p99_ms, "ms", {"issue p50": issue}, TAP
        ),
        against(
            "paper out to the clerk's screen, slowest", felt.paper_out_to_clerk_ms, "ms", {"issue p50": issue}, NEWS
        ),
        against("clerk's key to board's paint, median", felt.key_to_paint_ms, "ms", {"call p50": call}),
        against("kiosk start to first interactive frame", felt.kiosk_start_ms, "ms", {"empty window": window.start_ms}),
        against("resident memory, kiosk", felt.kiosk_mib, "MiB", {"empty window": window.mib}),
        against("resident memory, hub", felt.hub_mib, "MiB", {"empty web server": server.mib}),
    ]
