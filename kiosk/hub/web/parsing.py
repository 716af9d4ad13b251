"""How a request's address and JSON body become a command: in one step, by a type made for each command."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from kiosk.domain import commands as cmd
from kiosk.hub.web.routes import CommandRoute


class BadRequestError(ValueError):
    """The request does not make a command; the message names the field."""


class Parsed(Struct, frozen=True):
    """A request body taken apart."""

    command: cmd.AnyCommand
    not_after: int | None
    pin: str


class Beside(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may stand in any body beside the command's own fields."""

    not_after: int | None = None
    """Hub time, UTC milliseconds."""
    pin: str = ""
    """For opening a counter."""


def parse(route: CommandRoute, path: Mapping[str, Any], body: bytes) -> Parsed:
    """Make a command from a path and a JSON body.

    Fields of `Beside` stand in the same JSON object. A field that is in the path may stand in the body too; the
    path counts.

    Raises:
        BadRequestError: not JSON, an unknown shape, or a field that is missing or wrong.
    """
    form = _form(route.command, frozenset(path))
    try:
        read = form.decode(body or b"{}")
        return Parsed(form.command(read, path), read.not_after, read.pin)
    except RecursionError as error:
        raise BadRequestError("nested too deeply") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRequestError(str(error).rstrip(".")) from error


class _Form:
    """How the body of one command looks when some of its fields are in the path."""

    def __init__(self, command: type[cmd.Command], in_path: Iterable[str]) -> None:
        fields = {f.name: f for f in msgspec.structs.fields(command)}
        self._command = command
        self._in_path = [(name, fields[name].type) for name in in_path if name in fields]
        self._in_body = [name for name in fields if name not in dict(self._in_path)]
        overruled = [(name, Any, None) for name, _ in self._in_path]
        body = msgspec.defstruct(
            command.__name__,
            [*(_field(fields[name]) for name in self._in_body), *overruled],
            bases=(Beside,),
            frozen=True,
            kw_only=True,
            forbid_unknown_fields=True,
        )
        self.decode: Callable[[bytes], Any] = msgspec.json.Decoder(body).decode
        self._values = _getter(self._in_body)

    def command(self, read: Any, path: Mapping[str, Any]) -> Any:
        """Put the command together."""
        values = dict(zip(self._in_body, self._values(read), strict=True))
        for name, kind in self._in_path:
            values[name] = msgspec.convert(path[name], kind)
        return self._command(**values)


_form = cache(_Form)


def _field(field: FieldInfo) -> tuple[str, Any] | tuple[str, Any, Any]:
    if field.default is not msgspec.NODEFAULT:
        return field.name, field.type, field.default
    if field.default_factory is not msgspec.NODEFAULT:
        return field.name, field.type, msgspec.field(default_factory=field.default_factory)
    return field.name, field.type


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what takes several fields at once."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda read: tuple(getattr(read, name) for name in names)
