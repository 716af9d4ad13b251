"""The page of a printer's troubles: `python -m tools.paper_faults` plays every scene and writes it anew."""

import tempfile
from pathlib import Path

from tools.paper_scene import TROUBLES, Outcome, Trouble, When, open_hub, play

PAGE = """\
# What a printer's trouble means, at every moment

Made by `python -m tools.paper_faults` from scenes that are played on a real hub, spool and printer on TCP; a test plays
them again. Do not edit it by hand.

**Paper** is every piece that has come out so far, **journal** what the hub wrote of the ticket's paper. *Mended* is
what came of it when somebody had loaded, closed or switched on the printer while the holder still stood there (180 s
at most). What a silent printer was sent has most likely come out, so no second paper follows by itself.

{table}
"""
DOC = Path(__file__).resolve().parent.parent / "docs" / "paper-faults.md"


def row(trouble: Trouble, when: When, outcome: Outcome) -> str:
    """Return the page's line for a scene."""
    seen, then = outcome.during, outcome.mended
    changed = then.screen != seen.screen or then.paper != seen.paper or then.journal != seen.journal
    after = f"{then.screen}; {_list(then.paper)}; {_list(then.journal)}" if changed else "the same"
    cells = (trouble.name, when.value, seen.screen, _list(seen.paper), _list(seen.journal), seen.clerk or "–", after)
    return f"| {' | '.join(cells)} |"


def _list(words_: tuple[str, ...]) -> str:
    return ", then ".join(words_) or "–"


def page() -> str:
    """Play all scenes and return the page."""
    heads = ("trouble", "moment", "screen", "paper", "journal", "clerk", "mended: screen; paper; journal")
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    with tempfile.TemporaryDirectory() as folder:
        hub = open_hub(Path(folder) / "hub")
        try:
            lines += [row(t, when, play(Path(folder), hub, t, when)) for t in TROUBLES for when in When]
        finally:
            hub.close()
    return PAGE.format(table="\n".join(lines))


if __name__ == "__main__":
    DOC.write_text(page(), encoding="utf-8")
