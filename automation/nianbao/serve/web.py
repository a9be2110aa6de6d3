"""What is asked over HTTP and answered: the only module that knows Starlette. Who may ask is judged in guard.py."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from nianbao.serve.guard import App
from nianbao.serve.uploads import MOST_BOOK, MOST_JSON, SlowError, TooMuchError

Params = Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """An answer: its status, kind, content or a file of ours, and the header fields that differ from the usual."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None


def html(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Return a page."""
    return Answer(text.encode("utf-8"), status, headers=headers or {})


def told(status: int = 200, **words: object) -> Answer:
    """Return an answer for our script."""
    return Answer(json.dumps(words, ensure_ascii=False).encode("utf-8"), status, "application/json")


def download(path: Path, name: str) -> Answer:
    """Return a file to be saved under a name; it is never shown by the browser."""
    how = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='', errors='replace')}"}
    return Answer(kind="application/octet-stream", headers=how, path=path)


Shown = Callable[[Params, Params], Answer]
"""Answers a GET: what the address says, what its query says. Runs in a thread of its own."""

Done = Callable[[Params, Any], Answer]
"""Answers a POST: what the address says, the JSON that was sent. Runs in a thread of its own."""

Received = Callable[[Params, str, AsyncIterator[bytes], int | None], Any]
"""Takes an upload as it comes: what the address and its query say, its name as its sender writes it, its bytes,
how many are announced."""


def application(
    shown: Mapping[str, Shown], done: Mapping[str, Done], received: Mapping[str, Received], posted: Mapping[str, Done]
) -> App:
    """Return the routes as an ASGI application. What is `posted` is a whole workbook; else JSON is what was typed."""
    routes = [Route(path, _get(handler), methods=["GET"]) for path, handler in shown.items()]
    routes += [Route(path, _post(handler), methods=["POST"]) for path, handler in done.items()]
    routes += [Route(path, _post(handler, MOST_BOOK), methods=["POST"]) for path, handler in posted.items()]
    routes += [Route(path, _put(handler), methods=["PUT"]) for path, handler in received.items()]
    made = Starlette(routes=routes, exception_handlers={404: _lost, 405: _lost, 500: _failed})
    made.router.redirect_slashes = False
    return made


async def _lost(_request: Request, _error: Exception) -> Response:
    return _response(Answer("没有这个网址。请从“年报台”首页进入。".encode(), 404, _PLAIN))


async def _failed(_request: Request, _error: Exception) -> Response:
    return _response(Answer("程序出错了，没有做完。请刷新网页再试一次。".encode(), 500, _PLAIN))


_PLAIN = "text/plain; charset=utf-8"


def _get(handler: Shown) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        return _response(await run_in_threadpool(handler, request.path_params, dict(request.query_params)))

    return answer


def _post(handler: Done, most: int = MOST_JSON) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        try:
            async with asyncio.timeout(_SMALL):
                raw = await _small(request, most)
            sent = json.loads(raw) if raw else {}
        except (ValueError, RecursionError):
            return _response(told(400, told="请求写得不对"))
        except TooMuchError:
            return _response(told(413, told="写的内容太多，请分几次"))
        except (TimeoutError, ClientDisconnect):
            return _response(told(408, told="等了很久没有传完"))
        return _response(await run_in_threadpool(handler, request.path_params, sent))

    return answer


_SMALL = 20.0
"""Seconds for what is typed."""


async def _small(request: Request, most: int) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise TooMuchError
        parts.append(part)
    return b"".join(parts)


def _put(handler: Received) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        announced = request.headers.get("content-length", "")
        size = int(announced) if announced.isdecimal() and len(announced) < 18 else None
        name = unquote(request.headers.get("x-name", ""), errors="replace")
        try:
            asked = {**request.query_params, **request.path_params}
            return _response(await handler(asked, name, request.stream(), size))
        except TooMuchError as e:
            return _response(told(413, told=str(e)))
        except (SlowError, ClientDisconnect):
            return _response(told(408, told="等了很久没有传完，请再拖一次"))

    return answer


_UNREAD = (408, 413)
"""Answers to what was not read to its end."""


def _response(answer: Answer) -> Response:
    headers = dict(answer.headers)
    if answer.status in _UNREAD:
        headers["Connection"] = "close"
    if answer.path is not None:
        return FileResponse(answer.path, headers=headers, media_type=answer.kind)
    return Response(answer.body, answer.status, headers, answer.kind)
