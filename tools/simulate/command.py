"""`main.py simulate`: play seeds, say in plain words what broke, and write down what was played."""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import msgspec

from tools.simulate.report import page, summary
from tools.simulate.run import Result, run_seed

CHUNK = 4


def play(seeds: Iterable[int], jobs: int | None = None) -> Iterator[Result]:
    """Play seeds in processes of their own, as many at once as the machine has cores; results come in order.

    Args:
        seeds: which.
        jobs: how many processes; 1 plays them here.
    """
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1:
        yield from map(run_seed, seeds)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(run_seed, seeds, chunksize=CHUNK)


def run(
    seed: int,
    count: int,
    *,
    json: Path | None,
    markdown: Path | None,
    trace: bool,
    say: Callable[[str], object] = print,
) -> int:
    """Play `count` seeds from `seed` on.

    Args:
        seed: the first seed.
        count: how many.
        json: file for everything that was counted.
        markdown: file for the summary as a page.
        trace: print every step; one seed only.
        say: told every line.

    Returns:
        0, or 1 where an invariant did not hold.
    """
    began = time.monotonic()
    if trace:
        results = [run_seed(seed, say)]
    else:
        results = []
        for result in play(range(seed, seed + count), 1 if count < CHUNK else None):
            results.append(result)
            if result.broken:
                say(told(result))
            if sys.stdout.isatty():
                print(f"\r{len(results)} of {count}", end="", file=sys.stderr, flush=True)
    broken = [result for result in results if result.broken]
    figures = sum((Counter(result.figures) for result in results), Counter[str]())
    seconds = time.monotonic() - began
    say(summary(results, figures, seconds))
    if trace and broken:
        say(told(broken[0]))
    if json is not None:
        seeds = [{"seed": r.seed, "digest": r.digest, "broken": r.broken} for r in results]
        whole = {"seed": seed, "count": len(results), "figures": dict(sorted(figures.items())), "seeds": seeds}
        _write(json, msgspec.json.format(msgspec.json.encode(whole)))
    if markdown is not None:
        _write(markdown, page(seed, results, figures).encode())
    return 1 if broken else 0


def told(result: Result) -> str:
    """Say what broke, and what happened just before."""
    steps = "\n".join(f"  {line}" for line in result.last)
    return f"Seed {result.seed} broke: {result.broken}.\nThe last steps:\n{steps}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
