"""A chart of several years: a row of columns for each measure."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.county.desk.svg import Chart, element, picture, share

_TALL, _ROW = 60, 118


def columns(
    identity: str, title: str, note: str, series: Sequence[tuple[str, Sequence[tuple[int, int | None]]]]
) -> Chart:
    """Draw each measure's figures (None: not known) as columns, the last year's in colour; series are (word, years)."""
    kept = [(word, points) for word, points in series if any(n is not None for _, n in points)]
    drawn = []
    for i, (word, points) in enumerate(kept):
        top = i * float(_ROW)
        most = max(n or 0 for _, n in points) or 1
        drawn.append(element("text", word, x="0", y=top + 13, class_="name"))
        for k, (year, number) in enumerate(points):
            middle, wide = (k + 0.5) / len(points), 0.5 / len(points)
            base = top + 34 + _TALL
            drawn.append(element("text", str(year), x=share(middle), y=base + 16, class_="small", text_anchor="middle"))
            if number is None:
                continue
            tall = _TALL * number / most
            name = "bar now" if k == len(points) - 1 else "bar before"
            at = {"x": share(middle - wide / 2), "width": share(wide)}
            drawn.append(element("rect", y=base - tall, height=tall, class_=name, **at))
            drawn.append(
                element("text", str(number), x=share(middle), y=base - tall - 5, class_="small", text_anchor="middle")
            )
    years = [str(year) for year, _ in (kept[0][1] if kept else ())]
    rows = tuple((word, *("—" if n is None else str(n) for _, n in points)) for word, points in kept)
    told = "；".join(f"{w}：" + "，".join(f"{y}年 {n}" for y, n in zip(years, row, strict=True)) for w, *row in rows)
    drawing = picture(identity, title, f"{told}。", _ROW * len(kept), drawn)
    return Chart(identity, title, note, drawing, ("项目", *years), rows)
