"""Fonts that a machine lacks: what stands in for them in LibreOffice, what a user is told.

Only names are handled here; no font is shipped, embedded into a Word file or fetched.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from nianbao import programs

_SONG = ("宋体", "SimSun", "思源宋体", "Source Han Serif SC", "Noto Serif CJK SC", "AR PL UMing CN")
_FANGSONG = ("仿宋", "FangSong", "华文仿宋", "STFangsong", "FZFangSong-Z02", "方正仿宋_GBK", *_SONG)
_KAI = (
    "楷体",
    "KaiTi",
    "华文楷体",
    "STKaiti",
    "方正楷体_GBK",
    "AR PL UKai CN",
    "霞鹜文楷 GB",
    "LXGW WenKai GB",
    *_SONG,
)
_HEI = ("黑体", "SimHei", "华文黑体", "微软雅黑", "Microsoft YaHei", "思源黑体", "Source Han Sans SC",
        "Noto Sans CJK SC", "WenQuanYi Zen Hei", "文泉驿正黑")  # fmt: skip
_TITLE = ("方正小标宋_GBK", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S", "小标宋", "华文中宋", "STZhongsong", *_SONG)

STAND_INS: Mapping[str, tuple[str, ...]] = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", *_TITLE),
    "方正小标宋_GBK": ("方正小标宋简体", *_TITLE),
    "仿宋_GB2312": ("FangSong_GB2312", *_FANGSONG),
    "仿宋": ("FangSong", "仿宋_GB2312", "FangSong_GB2312", *_FANGSONG),
    "楷体_GB2312": ("KaiTi_GB2312", *_KAI),
    "楷体": ("KaiTi", "楷体_GB2312", "KaiTi_GB2312", *_KAI),
    "黑体": _HEI,
    "宋体": _SONG,
}
"""What comes nearest to a font of official documents, best first: without this LibreOffice may take a Japanese face."""

_SAME: Mapping[str, str] = {
    "方正小标宋简体": "FZXiaoBiaoSong", "方正小标宋_GBK": "FZXiaoBiaoSong",
    "仿宋_GB2312": "FangSong", "仿宋": "FangSong",
    "楷体_GB2312": "KaiTi", "楷体": "KaiTi", "黑体": "SimHei", "宋体": "SimSun", "华文中宋": "STZhongsong",
    "华文仿宋": "STFangsong", "华文楷体": "STKaiti", "华文黑体": "STHeiti",
    "微软雅黑": "MicrosoftYaHei", "等线": "DengXian",
}  # fmt: skip
"""How the fonts of Windows call themselves inside a PDF; 仿宋_GB2312 and 仿宋 are taken for the same."""


@cache
def installed() -> frozenset[str] | None:
    """Return every name of every font family on this machine, folded; None where nobody can be asked."""
    program = programs.find("fc-list")
    if program is None:
        return None
    done = subprocess.run([program, ":", "family"], capture_output=True, timeout=60, check=False)  # noqa: S603
    names = done.stdout.decode("utf-8", "replace").replace("\n", ",").split(",")
    return frozenset(folded(n.replace("\\", "")) for n in names if n.strip())


def replaced(asked: Iterable[str]) -> Mapping[str, str]:
    """Return for each font that is missing here the nearest one that is there, as LibreOffice is told to use it."""
    there = installed()
    if there is None:
        return {}
    missing = [f for f in asked if folded(f) not in there]
    nearest = {f: next((s for s in STAND_INS.get(f, ()) if folded(s) in there), "") for f in missing}
    return {f: s for f, s in nearest.items() if s}


def lacking(asked: Sequence[str], used: Mapping[str, str], stand_ins: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the fonts a PDF was made without, each with what stands in its place.

    `used` are the fonts found in the finished PDF, by the font asked for; `stand_ins` what the program was told to use.
    """
    there = installed()
    found = []
    for font in asked:
        if there is not None and folded(font) in there:
            continue
        inside = used.get(font, "")
        same = folded(inside).startswith((folded(font), folded(_SAME.get(font, font))))
        if font in stand_ins or (inside and not same):
            found.append((font, stand_ins.get(font) or inside))
    return tuple(found)


def warning(lacking: Iterable[tuple[str, str]]) -> str:
    """Return the sentence for the user, or '' when nothing is missing."""
    listed = "、".join(f"{font}（用 {other} 代替）" for font, other in lacking)
    if not listed:
        return ""
    return f"这台电脑上没有公文用的字体：{listed}。PDF 的字形与规定的不同；要正式印发，请在装有这些字体的电脑上转换"


def folded(name: str) -> str:
    """Return a font's name as it is compared: without case, blanks, hyphens and underscores."""
    return "".join(c for c in name.casefold() if c not in " -_")
