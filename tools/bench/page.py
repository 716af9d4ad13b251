"""The bench table as a page for people: what was promised first, then everything that was measured."""

from collections.abc import Mapping, Sequence

from tools.bench.figures import Row

ABOUT = """\
Written by `main.py bench --json FILE --markdown docs/bench.md`; do not edit it by hand.

Figures depend on the machine, so each stands beside a floor timed in the same run. **disk** is a bare `sqlite3` loop
with one durable commit per row (WAL, `synchronous=FULL`). **bare HTTP** is the smallest raw-asyncio HTTP server that
does one such commit per request: no rights, no checks, no exactly-once, no journal. Load, hub and floors share the
machine's processors.
"""


def page(rows: Sequence[Row], parts: Mapping[str, float], machine: Mapping[str, str], *, quick: bool) -> str:
    """Write the page.

    Args:
        rows: all that was measured.
        parts: where the time of one issue goes, in ms.
        machine: what it was measured on.
        quick: it was a quick run.
    """
    promised = [row for row in rows if row.goal is not None]
    missed = [row for row in promised if not row.met]
    system = f"{machine['system']}, Python {machine['python']}{', a quick run' if quick else ''}"
    lines = ["# Speed, as measured", "", ABOUT, f"Machine: {system}.", "", "## What is promised", ""]
    lines += ["| figure | value | ratio | target | |", "|---|---:|---|---|---|"]
    lines += [
        f"| {r.name} | {_value(r)} | {_ratios(r)} | {r.goal.says()} | {'met' if r.met else '**missed**'} |"
        for r in promised
        if r.goal is not None
    ]
    lines += ["", f"{len(promised) - len(missed)} of {len(promised)} targets are met.", ""]
    whole = sum(parts.values())
    lines += ["## Where the time of one issue goes", "", "One client; the median of each part.", ""]
    lines += ["| part | ms | share |", "|---|---:|---:|"]
    lines += [f"| {part} | {took:.3f} | {took / whole:.0%} |" for part, took in parts.items()]
    lines += ["", "## Everything", "", "| figure | value | ratio |", "|---|---:|---|"]
    lines += [f"| {r.name} | {_value(r)} | {_ratios(r)} |" for r in rows]
    return "\n".join(lines) + "\n"


def _value(row: Row) -> str:
    return f"{row.value:g} {row.unit}".rstrip()


def _ratios(row: Row) -> str:
    return ", ".join(f"{ratio:g} × {floor}" for floor, ratio in row.ratios.items())
