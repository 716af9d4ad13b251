"""Work that is the same for every view of one hall is done once: thirty counters' views share their lines' figures."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def once_per_hall(make: F) -> F:
    """Keep what a pure function made for the hall it was called with last; it is told by identity, not compared.

    Arguments after the hall and the site must be hashable. What is returned is shared: nobody may change it.
    """
    last: list[Any] = [None, None, {}]

    @functools.wraps(make)
    def once(hall: Any, site: Any, *rest: Any) -> Any:
        if last[0] is not hall or last[1] is not site:
            last[:] = (hall, site, {})
        made = last[2]
        if rest not in made:
            made[rest] = make(hall, site, *rest)
        return made[rest]

    return once  # type: ignore[return-value]  # the same function, as far as its callers see
