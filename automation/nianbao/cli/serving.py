"""What the verb `serve` does: 年报台 in the browser."""

from __future__ import annotations

import argparse

from nianbao.errors import OutputError

OK = 0


def serve(options: argparse.Namespace) -> int:
    """Open 年报台 and serve it until nobody uses it. Raises OutputError."""
    try:
        from nianbao.serve import service  # noqa: PLC0415 - needs the extra `serve`
    except ModuleNotFoundError as e:
        raise OutputError(
            "缺少组件 starlette 或 uvicorn，不能打开年报台；请用离线安装包安装，或联系安装程序的人"
        ) from e
    service.serve(lambda text: print(text, flush=True), show=not options.no_open)
    return OK
