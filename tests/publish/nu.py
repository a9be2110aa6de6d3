"""W3C's Nu HTML checker (npm vnu-jar): what it says of pages, all in one start of Java."""

import json
import shutil
import subprocess
from pathlib import Path

import office

JAR = Path(__file__).parents[1] / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def errors(folder: Path, pages: dict[str, str]) -> list[str]:
    """Check these pages (by name); return a line for each error."""
    office.need(JAR.exists() and shutil.which("java"), "the Nu HTML checker and Java")
    paths = []
    for name, text in pages.items():
        paths.append(folder / f"{name}.html")
        paths[-1].write_text(text, encoding="utf-8")
    command = ["java", "-jar", str(JAR), "--format", "json", "--exit-zero-always", "--stdout", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, timeout=300, check=True)
    said = json.loads(done.stdout)["messages"]
    return [f"{m['url'].rsplit('/', 1)[-1]}: {m['message']}" for m in said if m["type"] == "error"]


def wrapped(fragment: str) -> str:
    """A page of a site with the fragment in it."""
    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">{viewport}<title>站点</title></head>'
    return f"{head}<body><main>{fragment}</main></body></html>"
