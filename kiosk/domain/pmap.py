"""A map that never changes, so that a hall that failed to commit can simply be dropped."""

from collections.abc import Iterator
from typing import Generic, TypeVar

V = TypeVar("V")
_SHARDS = 256


class PMap(Generic[V]):
    """Persistent map from text to values: `put` and `drop` return a new map and share all but one shard.

    A day's tickets are some thousands and every event touches one of them; copying one of 256 shards keeps the cost
    of an event the same in the morning and in the evening (DESIGN §4: "call next costs the same").
    """

    __slots__ = ("_shards", "_size")

    def __init__(self, shards: tuple[dict[str, V], ...] | None = None, size: int = 0) -> None:
        self._shards: tuple[dict[str, V], ...] = shards if shards is not None else tuple({} for _ in range(_SHARDS))
        self._size = size

    def get(self, key: str) -> V | None:
        """Return the value under `key`, or None."""
        return self._shards[hash(key) % _SHARDS].get(key)

    def put(self, key: str, value: V) -> "PMap[V]":
        """Return a map in which `key` holds `value`."""
        index = hash(key) % _SHARDS
        shard = dict(self._shards[index])
        grown = self._size + (key not in shard)
        shard[key] = value
        return PMap((*self._shards[:index], shard, *self._shards[index + 1 :]), grown)

    def drop(self, key: str) -> "PMap[V]":
        """Return a map without `key`."""
        index = hash(key) % _SHARDS
        if key not in self._shards[index]:
            return self
        shard = {k: v for k, v in self._shards[index].items() if k != key}
        return PMap((*self._shards[:index], shard, *self._shards[index + 1 :]), self._size - 1)

    def values(self) -> Iterator[V]:
        """Go through all values, in no promised order."""
        for shard in self._shards:
            yield from shard.values()

    def items(self) -> Iterator[tuple[str, V]]:
        """Go through all keys with their values, in no promised order."""
        for shard in self._shards:
            yield from shard.items()

    def __len__(self) -> int:
        return self._size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PMap):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self._shards, other._shards, strict=True))

    __hash__ = None  # type: ignore[assignment]  # its values need not be hashable
