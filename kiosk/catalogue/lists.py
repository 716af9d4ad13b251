"""The centre's own lists about procedures, edited by hand: everyday words, and what is asked for most."""

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from kiosk.catalogue.importer import CatalogueError
from kiosk.catalogue.sentence import sentence
from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.domain.site import Site
from kiosk.settings import ASSETS_DIR

SYNONYMS_FILE = ASSETS_DIR / "catalogue" / "synonyms.json"
MOST_ASKED_FILE = ASSETS_DIR / "catalogue" / "most-asked.json"


class Said(Struct, frozen=True):
    """What people say, and the keys of the procedures they mean."""

    words: tuple[str, ...]
    procedures: tuple[str, ...]


class Synonyms(Struct, frozen=True):
    """Everyday words for procedures."""

    said: tuple[Said, ...] = ()
    fillers: tuple[str, ...] = ()
    """Words that tell no procedure from another ("làm giấy tờ"), passed over where others remain."""
    source: str = ""


class MostAsked(Struct, frozen=True):
    """Keys of the procedures asked for most, first one first."""

    procedures: tuple[str, ...] = ()
    source: str = ""


@lru_cache(maxsize=4)
def load_synonyms(path: Path = SYNONYMS_FILE) -> Synonyms:
    """Read the everyday words.

    Raises:
        CatalogueError: the file is missing or wrong.
    """
    return _load(path, Synonyms)


@lru_cache(maxsize=4)
def load_most_asked(path: Path = MOST_ASKED_FILE) -> MostAsked:
    """Read the list of what is asked for most.

    Raises:
        CatalogueError: the file is missing or wrong.
    """
    return _load(path, MostAsked)


def most_asked(catalogue: Catalogue, n: int, path: Path = MOST_ASKED_FILE) -> tuple[Procedure, ...]:
    """Return the first `n` procedures of the list that this centre's catalogue has."""
    found = (catalogue.find(key) for key in load_most_asked(path).procedures)
    return tuple(procedure for procedure in found if procedure is not None)[:n]


def procedures_of_queue(catalogue: Catalogue, site: Site, queue_id: str) -> tuple[Procedure, ...]:
    """Return the procedures a queue takes: field by field as the site lists them, the most asked first in each."""
    queue = site.queue(queue_id)
    if queue is None:
        return ()
    rank = {key: place for place, key in enumerate(load_most_asked().procedures)}
    mine = [procedure for procedure in catalogue.procedures if procedure.field in queue.fields]
    return tuple(sorted(mine, key=lambda p: (queue.fields.index(p.field), rank.get(p.key, len(rank)), p.key)))


_List = TypeVar("_List", Synonyms, MostAsked)


def _load(path: Path, kind: type[_List]) -> _List:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise CatalogueError(
            sentence("Cannot read the list {path}: {why}. Check the path.", path=path, why=error.strerror)
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(sentence("The list {path} is wrong: {why}.", path=path.name, why=error)) from error
