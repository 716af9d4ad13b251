"""What was played, as a few lines for a person and as a page for `docs/`."""

from collections import Counter
from collections.abc import Sequence

from tools.simulate.run import Result

TOLD = {
    "events": "things that happened",
    "commands": "commands that reached a hub",
    "carried out": "commands carried out",
    "repeated answers": "answers given again to the same command",
    "rows": "rows written",
    "tickets": "tickets given",
    "calls": "calls",
    "messages": "messages",
    "lost: dropped": "messages lost",
    "lost: cut off": "messages lost because a machine was cut off",
    "repeated": "messages that came twice",
    "slow": "messages that were overtaken",
    "streams cut": "view streams cut",
    "streams broken": "view streams begun anew",
    "view messages": "views and changes sent",
    "devices die": "devices that died and started again",
}
"""The figures a person may want to know first, in this order; the others follow by name."""


def summary(results: Sequence[Result], figures: Counter[str], seconds: float) -> str:
    """Say in a few lines what was played."""
    broken = [r.seed for r in results if r.broken]
    lines = [f"{len(results)} seeds in {seconds:.1f} s: " + (f"BROKEN {broken}" if broken else "every invariant held")]
    lines += [f"  {figures[name]:>9,} {says}" for name, says in _rows(figures)]
    return "\n".join(lines)


def page(seed: int, results: Sequence[Result], figures: Counter[str]) -> str:
    """Write the summary as a page."""
    broken = [r for r in results if r.broken]
    last = seed + len(results) - 1
    verdict = f"{len(broken)} seeds broke an invariant" if broken else "Every invariant held in all of them"
    rows = "\n".join(f"| {says} | {figures[name]:,} |" for name, says in _rows(figures))
    return f"""# The simulation

Made by `main.py simulate --seed {seed} --count {len(results)} --markdown docs/simulation.md`.

Seeds {seed} to {last}: {len(results)} centres, each in virtual time with a network, machines and people of its own.
{verdict}.

| what | how often |
|---|---:|
{rows}
"""


def _rows(figures: Counter[str]) -> list[tuple[str, str]]:
    others = sorted(name for name in figures if name not in TOLD)
    return [(name, says) for name, says in TOLD.items() if figures[name]] + [(name, name) for name in others]
