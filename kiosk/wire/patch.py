"""Changes of a view as JSON Merge Patch (RFC 7386): one rule for every view, so no screen needs its own delta."""

from typing import Any

Json = Any


def diff(old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
    """Return the merge patch that turns `old` into `new`. Views never hold null: it means removal in a patch."""
    patch: dict[str, Json] = {key: None for key in old if key not in new}
    for key, value in new.items():
        before = old.get(key)
        if key in old and before == value:
            continue
        patch[key] = diff(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return patch


def merge(old: dict[str, Json], patch: dict[str, Json]) -> dict[str, Json]:
    """Return `old` with a merge patch applied; `old` itself stays as it is."""
    merged = dict(old)
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict):
            before = merged.get(key)
            merged[key] = merge(before if isinstance(before, dict) else {}, value)
        else:
            merged[key] = value
    return merged
