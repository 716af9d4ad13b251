"""What one transaction runs, table by table: a statement with many rows costs less than many statements."""

import re
import sqlite3
from functools import cache
from typing import Any

Values = tuple[Any, ...]
_TABLE = re.compile(r"(?:INSERT INTO|INSERT OR REPLACE INTO|UPDATE|DELETE FROM) (\w+)")


class Statements:
    """Statements in the order they were added within each table, in no order between tables.

    One that reads from a table is run between all that were added before and after it.
    """

    def __init__(self) -> None:
        self._stretches: list[dict[str, list[tuple[str, list[Values]]]]] = [{}]

    def add(self, sql: str, values: Values) -> None:
        """Add a statement that changes one table.

        Raises:
            ValueError: it does not say which.
        """
        table, reads = _about(sql)
        if reads:
            self._stretches += [{table: [(sql, [values])]}, {}]
            return
        runs = self._stretches[-1].setdefault(table, [])
        if runs and runs[-1][0] == sql:
            runs[-1][1].append(values)
        else:
            runs.append((sql, [values]))

    def run(self, connection: sqlite3.Connection) -> None:
        """Run everything.

        Raises:
            sqlite3.Error: a statement cannot be run; those before it were.
        """
        for stretch in self._stretches:
            for runs in stretch.values():
                for sql, rows in runs:
                    connection.executemany(sql, rows)


@cache
def _about(sql: str) -> tuple[str, bool]:
    """Return which table a statement changes, and whether it reads from one."""
    found = _TABLE.match(sql)
    if found is None:
        raise ValueError(f"which table does this change? {sql}")
    return found[1], "SELECT" in sql
