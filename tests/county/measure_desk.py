"""What a county of thousands costs: `python tests/county/measure_desk.py [bodies [format]]`.

Prints of a run over so many invented towns in processes of its own, then of the same run again: seconds, the parent's
peak memory, what was made; the size of the page; and in Chromium, of a phone and a desktop: when the page was first
painted and loaded, what a filter, a search, a new order and opening a body take until the next frame is drawn.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from county import towns
from county_desk import browser

RUN = """
import resource, sys
from nianbao.cli import main
if __name__ == "__main__":
    code = main(sys.argv[1:])
    print("code", code, "peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""

DRAWN = """
const [change, done] = arguments;
const begun = performance.now();
new Function(change)();
requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
"""
PAINTED = """
const done = arguments[0];
setTimeout(() => {
const paint = performance.getEntriesByType('paint').find(p => p.name === 'first-contentful-paint');
const load = performance.getEntriesByType('navigation')[0];
done([paint.startTime, load.domContentLoadedEventEnd, load.loadEventEnd]) }, 1500)"""
CHANGE = "const c = document.getElementById('{}'); c.value = '{}'; c.dispatchEvent(new Event('input'))"
ACTS = {
    "filter by state": CHANGE.format("by-status", "wrong"),
    "all again": CHANGE.format("by-status", ""),
    "search": CHANGE.format("seek", "12"),
    "search cleared": CHANGE.format("seek", ""),
    "order by score": CHANGE.format("by-order", "score"),
    "open a body": "document.querySelector('.toggle').click()",
}


def run(*arguments):
    """Seconds and the last line of a run of the program in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "run.py"
        script.write_text(RUN, encoding="utf-8")
        begun = time.perf_counter()
        command = [sys.executable, script, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, done.stdout


def shown(page):
    """Print what the page takes in Chromium."""
    with browser.chromium() as driver:
        for name, width in (("desktop", 1280), ("phone", 390)):
            browser.show(driver, page, width)
            paint, ready, loaded = driver.execute_async_script(PAINTED)
            print(f"{name:8}: first paint {paint:5.0f} ms, script ready {ready:5.0f} ms, loaded {loaded:5.0f} ms")
            for act, change in ACTS.items():
                print(f"          {act:16} {driver.execute_async_script(DRAWN, change):5.0f} ms")


def main(bodies=3000, form="json"):
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        roster, delivered = towns.many(scratch, bodies)
        for n, path in enumerate(sorted(delivered.iterdir())):
            if n % 7 == 3:
                path.unlink()  # one in seven has sent nothing
        for what in ("run", "run again"):
            took, said = run("batch", delivered, "--roster", roster, "-o", scratch / "结果", "--to", form)
            told = next(x for x in said.splitlines() if "本次新读" in x).strip()
            print(f"{what}: {took:.1f} s with start-up, {told} {said.splitlines()[-1]} MB")
        for name in ("总览.html", "desk.json", "情况一览.xlsx"):
            print(f"{name}: {(scratch / '结果' / name).stat().st_size / 1e6:.2f} MB")
        shown(scratch / "结果" / "总览.html")


def page_only(path):
    shown(Path(path))


if __name__ == "__main__":
    given = sys.argv[1:]
    if given and given[0].endswith(".html"):
        page_only(given[0])
    else:
        main(*(int(g) for g in given[:1]), *given[1:2])
