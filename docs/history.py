"""What changed in editions and rules from release to release: a snapshot of each, and the page that compares them.

`docs/releases/VERSION.json` is written when a version is released and never changed; the page is generated.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from nianbao import __version__
from nianbao.findings import Severity
from nianbao.form import edition_names, load_edition

RELEASES = Path(__file__).parent / "releases"
Catalogue = dict[str, dict[str, dict[str, Any]]]

_EDITION = {"name": "名称", "basis": "依据", "years": "适用年度", "form": "表、行、栏、各部分或固定文字"}
_SHAPE = ("report_title", "introduction", "contact", "fields", "sections", "tables")
_RULE = {
    "name": "名称",
    "statement": "查什么",
    "beyond": "不看什么",
    "basis": "依据",
    "explainable": "能否写明原因后放行",
}


def catalogue() -> Catalogue:
    """Return what the program knows now: editions and rules by id, each with what a user would notice."""
    known: Catalogue = {"editions": {}, "rules": {}}
    for edition in map(load_edition, edition_names()):
        shape = [
            getattr(edition, f) for f in ("report_title", "introduction", "contact", "fields", "sections", "tables")
        ]
        known["editions"][edition.id] = {
            "name": edition.name,
            "basis": edition.basis,
            "years": f"{edition.from_year}–{edition.to_year or ''}",
            "form": _digest(shape),
        }
        for rule in edition.rules:
            entry = known["rules"].setdefault(
                rule.id,
                {
                    "name": rule.name,
                    "class": Severity(rule.severity).label,
                    "explainable": rule.explainable,
                    "statement": rule.statement,
                    "beyond": rule.beyond,
                    "basis": rule.basis,
                    "editions": {},
                },
            )
            what = (rule.scope, rule.from_year, rule.to_year, rule.check, rule.cells, rule.identities)
            entry["editions"][edition.id] = _digest(what)
    return known


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def snapshot(folder: Path = RELEASES) -> Path:
    """Keep the catalogue of this version, once. Raises FileExistsError when another is kept under it."""
    path = folder / f"{__version__}.json"
    text = json.dumps(catalogue(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise FileExistsError(f"{path} is already there with other rules; a released version is never changed")
    folder.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def released(folder: Path = RELEASES) -> list[tuple[str, Catalogue]]:
    """Return the snapshots, oldest first."""
    paths = sorted(folder.glob("*.json"), key=lambda p: [int(x) for x in p.stem.split(".")])
    return [(p.stem, json.loads(p.read_text(encoding="utf-8"))) for p in paths]


def changes(before: Catalogue, now: Catalogue) -> list[str]:
    """Return what changed, one sentence each: editions first, then rules."""
    said = []
    for kind, word in (("editions", "格式"), ("rules", "规则")):
        old, new = before.get(kind, {}), now[kind]
        for name in sorted({*old, *new}, key=_order):
            if name not in old:
                rank = f"（{new[name]['class']}）" if kind == "rules" else ""
                said.append(f"{word} {name}：新增，{new[name]['name']}{rank}")
            elif name not in new:
                said.append(f"{word} {name}：去掉，原为{old[name]['name']}")
            else:
                said += [f"{word} {name}：{x}" for x in _differences(kind, old[name], new[name])]
    return said


def _order(name: str) -> tuple[str, int, str]:
    letters = name.rstrip("0123456789")
    return letters, int(name[len(letters) :] or 0), name


def _differences(kind: str, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    watched = _EDITION if kind == "editions" else _RULE
    said = [f"{word}有变化" for key, word in watched.items() if old.get(key) != new[key]]
    if kind == "rules":
        if old["class"] != new["class"]:
            said.insert(0, f"类别由{old['class']}改为{new['class']}")
        gone, come = (sorted({*a["editions"]} - {*b["editions"]}) for a, b in ((old, new), (new, old)))
        said += [f"不再用于格式 {'、'.join(gone)}"] if gone else []
        said += [f"也用于格式 {'、'.join(come)}"] if come else []
        both = {*old["editions"]} & {*new["editions"]}
        differing = sorted(e for e in both if old["editions"][e] != new["editions"][e])
        said += [f"核对的格子或办法有变化（格式 {'、'.join(differing)}）"] if differing else []
    return said


def page() -> str:
    """Return the page of changes as Markdown, newest version first."""
    kept = released()
    now = (__version__, catalogue())
    versions = kept if kept and kept[-1][0] == __version__ else [*kept, now]
    lines = [
        "# 格式和规则的变化",
        "",
        "本页由 `python docs/build.py` 生成：各版本之间，哪个格式、哪条规则新增、去掉或有了变化。",
        "程序其他方面的变化见[更新记录](changelog.md)。",
    ]
    for i in reversed(range(len(versions))):
        version, known = versions[i]
        open_ = "" if any(version == v for v, _ in kept) else "（未发布）"
        lines += ["", f"## {version}{open_}", ""]
        said = changes(versions[i - 1][1], known) if i else _first(known)
        lines += [f"- {sentence}。" for sentence in said] or ["格式和规则没有变化。"]
    return "\n".join(lines) + "\n"


def _first(known: Catalogue) -> list[str]:
    """Say what the first version has, in fewer words: every edition, the rules by class."""
    said = [f"格式 {name}：{e['name']}（{e['basis']}）" for name, e in sorted(known["editions"].items())]
    for label in (s.label for s in Severity):
        ids = sorted((i for i, r in known["rules"].items() if r["class"] == label), key=_order)
        said.append(f"规则，{label} {len(ids)} 条：{'、'.join(ids)}")
    return said
