"""A file that is no TOML, explained to people who write TOML once in their life."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nianbao.form.faults import Fault

_WHERE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_SAID: Mapping[str, tuple[str, str]] = {
    "Expected '='": ("名称后面没有等号", "写成 名称 = 内容"),
    "Invalid value": ("等号后面的内容写法不对", "文字要加半角双引号，是否用 true、false"),
    "Expected newline": ("这一行多了东西", "一行只写一项；文字里有双引号的，改用“”"),
    "Illegal character": ("引号没有配对，或文字里有不能用的字符", "检查这一行的双引号"),
    "Unterminated string": ("引号没有配对", "在文字末尾补上半角双引号"),
    "Unescaped": ("文字里的反斜杠写法不对", "反斜杠写两个，或改用单引号"),
    "Cannot overwrite": ("同一项写了两次", "只留一处"),
    "Cannot declare": ("同一节写了两次", "几处修改各用 [[changes]] 开头，方括号是两层"),
    "Cannot mutate": ("同一项写了两次", "只留一处"),
    "Unclosed array": ("方括号没有配对", "补上 ]"),
    "Unclosed inline table": ("花括号没有配对", "补上 }；花括号里的内容要写在一行里"),
    "Expected ']": ("方括号没有配对", "一处修改以 [[changes]] 开头"),
    "Invalid initial character": ("名称写法不对", "名称用半角字母，写在等号左边"),
    "Invalid statement": ("这一行写法不对", "写成 名称 = 内容；说明文字前面加 #"),
    "Found invalid character": ("名称写法不对", "名称用半角字母"),
}
_WIDE = {
    "＝": "等号", "［": "方括号", "］": "方括号", "｛": "花括号", "｝": "花括号", "＂": "引号", "＃": "井号",
}  # fmt: skip
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')
_WRONG_QUOTES = re.compile(r"^\s*[\w.]+\s*[=＝]\s*+[\[{]?\s*+([“”‘’「])")


def explain(text: str, error: ValueError) -> list[Fault]:
    """Return where the file stops being TOML, and every line with marks of another width that cause it."""
    message = str(error)
    found = _WHERE.search(message)
    line = int(found[1]) if found and found[1] else len(text.splitlines())
    what, how = next((v for k, v in _SAID.items() if message.startswith(k)), ("写法不对", ""))
    wide = list(_wide(text))
    if any(f.line == line for f in wide):
        return wide
    return [Fault(f"文件不是正确的 TOML：{what}", how, (), line), *wide]


def _wide(text: str) -> Iterator[Fault]:
    for number, line in enumerate(text.splitlines(), 1):
        quotes = _WRONG_QUOTES.match(line)
        if quotes:
            yield Fault(f"用了全角的引号（{quotes[1]}）", '改成半角的 "', (), number)
            continue
        bare = _QUOTED.sub("", line)
        for mark, name in _WIDE.items():
            if mark in bare:
                yield Fault(f"用了全角的{name}（{mark}）", "改成半角的", (), number)
                break
