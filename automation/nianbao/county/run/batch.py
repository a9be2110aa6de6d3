"""A whole county in one run: read, judge, make, sum, tell. Killed at any moment and started again, it ends the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from nianbao.county.desk import column
from nianbao.county.desk.year_series import History
from nianbao.county.keeping import earlier_results, runs
from nianbao.county.keeping.store import Store
from nianbao.county.roster import Roster
from nianbao.county.run.collect import Progress, Wish, collect, silent
from nianbao.county.run.county_books import books
from nianbao.county.run.county_outputs import COLUMN, tell
from nianbao.county.run.judge import judge
from nianbao.county.run.judged_county import JudgedCounty
from nianbao.county.run.make_orders import make
from nianbao.county.run.outcome import RunOutcome, outcome
from nianbao.county.run.run_steps import RunSteps
from nianbao.county.run.runners import Runner
from nianbao.report import Report


def run(
    store: Store,
    folders: Sequence[Path],
    roster: Roster | None,
    wish: Wish,
    runner: Runner,
    progress: Progress = silent,
    *,
    last_year: Report | None = None,
    leave_out: Iterable[Path] = (),
) -> RunOutcome:
    """Make everything of a county into the store's folder; one bad file never stops the rest.

    `last_year` is last year's report of the whole county (rule G4). Raises NianbaoError when nothing can be done.
    """
    history = History()
    earlier = column.earlier(wish.earlier, store.folder, COLUMN, history.add)
    collected = collect(store, folders, roster, wish, runner, progress, leave_out)
    form = store.carry(wish.edition)
    earlier_results.note(store.folder, folders)
    judged = judge(store, collected, roster, wish, last_year, runner)
    county = JudgedCounty(store, collected, judged, roster, wish, last_year, form)
    # workers that are sent the files do not see the folder, in which the books' figures are
    early = () if wish.send_files else tuple(books(county, RunSteps()))
    works = make(county, early, runner, progress)
    told = tell(county, works, earlier, history)
    aside = store.finish(set(collected.keys), {**works.written, **told.books, "desk": told.written})
    if told.run:
        runs.append(store.folder, told.run)
    return outcome(county, works, told, aside)
