"""Run verbs one after the other in one process; tell what they started or reached out to, and what they said.

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
REACHES = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")
noted: list[str] = []


def note(event, arguments):
    if event in STARTS + REACHES:
        noted.append(f"{event} {arguments!r}")


def main():
    lines = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.addaudithook(note)
    from verbs import run  # noqa: PLC0415 - what importing starts is of interest too

    told = []
    for words in lines:
        before = len(noted)
        done = run(words)
        told.append({"words": words, "code": done["code"], "said": done["out"] + done["err"], "noted": noted[before:]})
    print(json.dumps(told))


if __name__ == "__main__":
    main()
