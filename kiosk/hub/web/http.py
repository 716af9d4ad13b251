"""What every handler of the hub needs of HTTP: bodies in, JSON and problems out, the caller's language."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from kiosk.domain.events import Refused
from kiosk.wire import problems

MAX_BODY = 64 * 1024
LANGUAGES = ("vi", "en")
Handler = Callable[[HttpRequest], Awaitable[Response]]
T = TypeVar("T")


class ProblemError(Exception):
    """A request that ends in a problem."""

    def __init__(self, code: str, params: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code, self.params = code, dict(params or {})


async def answer_problem(request: HttpRequest, error: ProblemError) -> Response:
    """Answer a problem in the caller's language."""
    found = problems.problem(error.code, language_of(request), error.params)
    headers = {"www-authenticate": "Bearer"} if found.status == 401 else {}
    return Response(problems.encode(found), found.status, headers, media_type=problems.MEDIA_TYPE)


def granted(found: T | Refused) -> T:
    """Return what was asked for.

    Raises:
        ProblemError: it was refused.
    """
    if isinstance(found, Refused):
        raise ProblemError(found.code, found.params)
    return found


async def body_of(request: HttpRequest, limit: int = MAX_BODY) -> bytes:
    """Read a request's body of `limit` bytes at most.

    Raises:
        ProblemError: it is too large.
    """
    chunks = b""
    async for chunk in request.stream():
        chunks += chunk
        if len(chunks) > limit:
            raise ProblemError("too_large")
    return chunks


async def struct_of(request: HttpRequest, kind: type[T], limit: int = MAX_BODY) -> T:
    """Read a request's JSON as one of our types.

    Raises:
        ProblemError: it is too large, not JSON, or a field is missing or wrong.
    """
    try:
        return msgspec.json.decode(await body_of(request, limit), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ProblemError("bad_json", {"reason": str(error).rstrip(".")}) from error
    except RecursionError as error:
        raise ProblemError("bad_json", {"reason": "nested too deeply"}) from error


def language_of(request: HttpRequest, default: str = "vi") -> str:
    """Take the first of the caller's languages that we speak."""
    return spoken(request.headers.get("accept-language", ""), default)


def spoken(accepted: str, default: str = "vi") -> str:
    """Return the first language of an Accept-Language header that we speak."""
    for part in accepted.split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return default


def json_answer(content: bytes, headers: dict[str, str] | None = None, status: int = 200) -> Response:
    """Answer JSON that is encoded already."""
    return Response(content, status, headers, media_type="application/json")
