"""Build the site of the documentation: `python docs/website.py -o site`, then open site/index.html.

The pages are those of the repository, unchanged; only the table of contents is added here. A page nobody can reach, a
link that leads nowhere and a picture that is missing each stop the build.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONTENTS = {
    "开始": ("start", "clerk", "county", "admin"),
    "按事情找": (
        "excel",
        "wps",
        "register",
        "publish",
        "pdf-picture",
        "template",
        "variant",
        "notice",
        "/templates/README",
    ),
    "查": ("faq", "rules", "commands", "changelog", "rule-changes"),
    "Developers": (
        "developers/README",
        "developers/api",
        "developers/architecture",
        "developers/adding",
        "developers/contracts",
        "developers/text-rules",
        "developers/bodies",
        "developers/proof",
        "performance",
        "developers/windows",
        "developers/linux",
        "developers/excel-checklist",
        "developers/releasing",
        "/CONTRIBUTING",
        "/SECURITY",
        "security",
    ),
}
"""The order of the pages, as paths from docs/ or, with a slash, from the root."""

_FORWARD = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=docs/README.html"><title>nianbao</title>\n'  # noqa: E501


def stage(folder: Path) -> Path:
    """Copy what the site is made of, with the table of contents added to its first page."""
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("*.py", "__pycache__", "releases"))
    shutil.copytree(ROOT / ".github", folder / ".github")
    (folder / "templates").mkdir()
    for name in ("templates/README.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"):
        shutil.copyfile(ROOT / name, folder / name)
    shutil.copyfile(ROOT / "docs" / "conf.py", folder / "conf.py")
    trees = [
        "\n".join(["", "```{toctree}", ":hidden:", f":caption: {caption}", *names, "```", ""])
        for caption, names in CONTENTS.items()
    ]
    if (folder / "docs" / "security.md").is_file():
        trees.append("\n```{toctree}\n:hidden:\nsecurity\n```\n")
    with (folder / "docs" / "README.md").open("a", encoding="utf-8") as first:
        first.write("".join(trees))
    return folder


def build(out: Path) -> int:
    """Build the site into `out`; return Sphinx's exit code, which is not 0 for any warning."""
    with tempfile.TemporaryDirectory(prefix="nianbao-site-") as scratch:
        source = stage(Path(scratch) / "source")
        made = Path(scratch) / "made"
        command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--nitpicky", "--quiet", "-b", "html"]
        code = subprocess.run([*command, str(source), str(made)], check=False).returncode
        if code == 0:
            shutil.rmtree(made / ".doctrees", ignore_errors=True)
            (made / "index.html").write_text(_FORWARD, encoding="utf-8")
            shutil.copytree(made, out, dirs_exist_ok=True)
        return code


def main() -> int:
    """Build where the user says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", default="site")
    return build(Path(parser.parse_args().output))


if __name__ == "__main__":
    sys.exit(main())
