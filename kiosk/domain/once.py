"""What follows from the very same objects is worked out once: halls share all that an event does not change."""

import functools
from collections.abc import Callable
from operator import is_
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def once_for(parts: Callable[..., tuple[Any, ...]]) -> Callable[[F], F]:
    """Keep what a pure function made last, as long as it is called with the same parts.

    Args:
        parts: takes the function's arguments and returns the objects it looks at. They are told by identity and not
            compared, so they must be such as never change; what is made is shared and must not be changed either.

    Two threads may call at the same time: at worst both work it out.
    """

    def keeping(make: F) -> F:
        kept: list[tuple[tuple[Any, ...], Any]] = []

        @functools.wraps(make)
        def once(*arguments: Any) -> Any:
            wanted = parts(*arguments)
            for known, made in kept:
                if all(map(is_, known, wanted)):
                    return made
            made = make(*arguments)
            kept[:] = [(wanted, made)]
            return made

        return once  # type: ignore[return-value]  # the same function, as far as its callers see

    return keeping
