"""The same seed is the same run, byte for byte: a failure that was seen once can be looked at for ever."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tools.processes import ROOT
from tools.simulate.run import run_seed


def test_a_seed_played_twice_leaves_the_same_trace() -> None:
    told: list[list[str]] = [[], []]
    first, again = (run_seed(7, lines.append) for lines in told)
    assert told[0] == told[1]
    assert first == again
    assert first.digest != run_seed(8).digest


def test_another_order_of_hashes_and_another_process_change_nothing(tmp_path: Path) -> None:
    for hash_seed in ("1", "2"):
        command = [sys.executable, str(ROOT / "main.py"), "simulate", "--seed", "7", "--count", "2"]
        file = tmp_path / f"{hash_seed}.json"
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        subprocess.run([*command, "--json", str(file)], check=True, env=environment, capture_output=True, timeout=300)
    first, again = (json.loads((tmp_path / f"{n}.json").read_bytes()) for n in "12")
    assert first == again
    assert first["seeds"][0]["digest"] == run_seed(7).digest
