"""A fault of an edition file or a notice: where in it, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Where something stands in a TOML file: keys, and places in lists counted from 0."""

_MANY = ("changes", "rules", "fields", "levels", "texts", "sections", "tables", "numbers", "phrases", "lengths")
"""What a file writes as one section after the other."""


@dataclass(frozen=True)
class Fault:
    """One fault. `line` is counted from 1, 0 where it belongs to no line; `key` is the place in TOML's own words."""

    what: str
    how: str = ""
    path: Path = ()
    line: int = 0

    @property
    def key(self) -> str:
        """Name the place: [[changes]] 第2项的 row."""
        said = ""
        for part in self.path:
            if isinstance(part, str):
                said = f"{said} 的 {part}" if said and not said.endswith("项") else f"{said}的 {part}" if said else part
            else:
                said = f"[[{said}]] 第{part + 1}项" if said in _MANY else f"{said} 第{part + 1}项"
        return said

    @property
    def place(self) -> str:
        """Name line and key as far as they are known."""
        return "".join((f"第{self.line}行" if self.line else "", f"（{self.key}）" if self.key else ""))

    def __str__(self) -> str:
        where = f"{self.place}：" if self.place else ""
        return f"{where}{self.what}{f'，{self.how}' if self.how else ''}"


def nearest(name: object, known: Iterable[str] | Mapping[str, str]) -> str:
    """Return the advice that names the most similar of the known names, or all of them where none is similar.

    A mapping has what each name stands for; a name may also be found by that.
    """
    import difflib  # noqa: PLC0415 - only where something is wrong

    words = dict(known) if isinstance(known, Mapping) else dict.fromkeys(known, "")
    meant = {**{w: n for n, w in words.items() if w}, **{n: n for n in words}}
    found = difflib.get_close_matches(str(name), meant, n=1, cutoff=0.75)
    shown = [f"{n}（{w}）" if w and w != n else n for n, w in words.items()]
    if found:
        return f"是不是“{shown[list(words).index(meant[found[0]])]}”"
    return f"可用的有：{'、'.join(shown)}" if shown else ""
