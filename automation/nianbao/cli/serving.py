"""What the verb `serve` does: 年报台 in the browser."""

from __future__ import annotations

import argparse

from nianbao.errors import OutputError

OK = 0


def serve(options: argparse.Namespace) -> int:
    """Open 年报台 and serve it until nobody uses it, or end the one that is open. Raises OutputError."""
    if options.end:
        return _end()
    try:
        from nianbao.excel import service_buttons  # noqa: PLC0415 - needs the extra `serve`
        from nianbao.serve import service  # noqa: PLC0415
    except ModuleNotFoundError as e:
        raise OutputError(
            "缺少组件 starlette 或 uvicorn，不能打开年报台；请用离线安装包安装，或联系安装程序的人"
        ) from e
    service.serve(lambda text: print(text, flush=True), service_buttons.offered(), show=not options.no_open)
    return OK


def _end() -> int:
    from nianbao.serve import instance, service_folders  # noqa: PLC0415 - only where a desk may be open

    if service_folders.usual().exists() and not instance.end(service_folders.own()):
        raise OutputError("年报台没有回应，没有结束；请稍等再试")
    print("年报台已经结束。")
    return OK
