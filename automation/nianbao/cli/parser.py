"""Argument parsing whose help and errors are Chinese. The verbs' modules get what it parsed."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from typing import NoReturn

PROGRAM = os.environ.get("NIANBAO_COMMAND", "nianbao")
"""How the user calls the program: start.py tells its own command, so that examples can be typed as printed."""


def _wrong_choice(found: re.Match[str]) -> str:
    """Return the sentence for a choice that does not exist, with the nearest ones where it was mistyped."""
    import difflib  # noqa: PLC0415 - only a mistake needs it

    where, typed, listed = found.groups()
    choices = [c.strip("'") for c in listed.split(", ")]
    near = difflib.get_close_matches(typed.lower(), choices, n=3)
    meant = f"是不是“{'”或“'.join(near)}”？" if near else ""
    gap = " " if where.isascii() else ""
    return f"{where}{gap}不能是“{typed}”。{meant}可以是：{'、'.join(choices)}"


_ERRORS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"the following arguments are required: (.+)", lambda found: f"还缺少：{found[1].replace(', ', '、')}"),
    (r"unrecognized arguments: (.+)", r"不认识：\1"),
    (r"argument (.+): expected one argument", r"\1 后面要写内容"),
    (r"argument (.+): expected at least one argument", r"\1 后面至少要写一项"),
    (r"argument (.+): invalid choice: '?(.*?)'? \(choose from (.+)\)", _wrong_choice),
    (r"argument (.+): invalid int value: '(.*)'", r"\1 应是整数，不能是“\2”"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 不能与 \2 同时使用"),
    (r"argument (.+): ignored explicit argument ['\"](.*)['\"]", r"\1 后面不能写“\2”"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 不够明确，可能是 \2"),
)


class UsageError(Exception):
    """The command was typed in a way that can't be understood; str() is the Chinese explanation."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser in Chinese; `example` is printed below the help."""

    def __init__(self, *, example: str = "", **options: object) -> None:
        super().__init__(
            formatter_class=_Formatter,
            add_help=False,
            epilog=f"例：\n  {example}" if example else None,
            **options,  # type: ignore[arg-type]
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_help(self) -> str:
        """Return the help with full-width colons after its headings."""
        return re.sub(r"(?m)^(参数|选项|命令):$", r"\1：", super().format_help())

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with the message in Chinese and the verb's usage."""
        translated = message
        for pattern, chinese in _ERRORS:
            if re.fullmatch(pattern, message):
                translated = re.sub(pattern, chinese, message)
                break
        raise UsageError(f"{translated}\n{self.format_usage().rstrip()}\n输入“{self.prog} --help”查看说明。")
