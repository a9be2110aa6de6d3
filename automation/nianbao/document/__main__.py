"""Write every shipped edition's Word template anew: `python -m nianbao.document [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

from nianbao import resources
from nianbao.document.template import build_template
from nianbao.form import edition_names, load_edition


def main(arguments: list[str]) -> int:
    """Write FOLDER/<edition>/report.docx for each edition; FOLDER is by default the checkout's templates/."""
    folder = Path(arguments[0]) if arguments else resources.checkout_templates()
    for name in edition_names():
        path = folder / name / "report.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(build_template(load_edition(name)))
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
