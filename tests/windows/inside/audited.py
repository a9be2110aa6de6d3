"""Run verbs one after the other in one process; tell which programs were started, and what the verbs said.

python audited.py VERBS.json: a list of lists of words; prints one JSON.
"""

import json
import sys
from pathlib import Path

STARTS = (
    "subprocess.Popen",
    "os.system",
    "os.startfile",
    "os.startfile/2",
    "os.exec",
    "os.spawn",
    "_winapi.CreateProcess",
)
started: list[str] = []


def note(event, arguments):
    if event in STARTS:
        started.append(f"{event} {arguments!r}")


def main():
    lines = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.addaudithook(note)
    from verbs import run  # noqa: PLC0415 - what importing starts is of interest too

    told = []
    for words in lines:
        before = len(started)
        done = run(words)
        told.append(
            {"words": words, "code": done["code"], "said": done["out"] + done["err"], "started": started[before:]}
        )
    print(json.dumps(told))


if __name__ == "__main__":
    main()
