"""Placing a table's printed cells.

Explicit header cells flow as in an HTML table. Spans of labels follow from their paths: rows that share the first
labels share those cells, the last label takes the label columns left.
"""

from __future__ import annotations

from typing import Any

from nianbao.form.model import Cell, CellKind, Kind, Table, Value, plain

Raw = dict[str, Any]

_ROW_HEIGHT = 340
"""Twips a row is high at least where the form does not say; 0 for as high as its text."""


class GridBuilder:
    """Collects the cells of one table and every problem met while placing them."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.id: str = raw["id"]
        self.width = len(raw["widths"])
        self.columns: dict[str, Raw] = {c["id"]: c for c in raw.get("columns", [])}
        self.cells: list[Cell] = []
        self.values: list[Value] = []
        self.heights: list[int] = []
        self.taken: set[tuple[int, int]] = set()
        self.problems: list[str] = []
        if len(self.columns) != len(raw.get("columns", [])):
            self.problems.append(f"表 {self.id} 的列 id 重复")

    def table(self) -> Table:
        """Place everything and return the table; look at `problems` before using it."""
        header = self.raw.get("header", [])
        for row in header:
            self._header_row(row)
        self._body()
        self._check_coverage()
        return Table(
            id=self.id,
            word=self.raw["word"],
            sheet=self.raw["sheet"],
            title=self.raw.get("title", ""),
            printed=self.raw.get("printed", True),
            required=self.raw.get("required", True),
            help=self.raw.get("help", False),
            widths=tuple(self.raw["widths"]),
            label_columns=self.raw.get("label_columns", 0),
            header_rows=len(header),
            heights=tuple(self.heights),
            cells=tuple(self.cells),
            values=tuple(self.values),
        )

    def _put(self, cell: Cell) -> None:
        for r in range(cell.row, cell.row + cell.rows):
            for c in range(cell.column, cell.column + cell.columns):
                if (r, c) in self.taken or c >= self.width:
                    self.problems.append(f"表 {self.id} 第{r + 1}行第{c + 1}列放了两个格子或超出表宽")
                self.taken.add((r, c))
        self.cells.append(cell)

    def _header_row(self, row: list[Raw]) -> None:
        r = len(self.heights)
        self.heights.append(0)
        column = 0
        for item in row:
            while (r, column) in self.taken:
                column += 1
            text = item["text"] if "text" in item else self._column(item["column"])["label"]
            span = item.get("columns", 1)
            kind = CellKind(item.get("style", "head"))
            align = "left" if kind is CellKind.CORNER else "center"
            self._put(Cell(r, column, item.get("rows", 1), span, kind, text, align=align))
            column += span

    def _column(self, column_id: str) -> Raw:
        if column_id not in self.columns:
            self.problems.append(f"表 {self.id} 没有 id 为 {column_id} 的列")
            return {"id": column_id, "label": column_id, "word": column_id}
        return self.columns[column_id]

    def _body(self) -> None:
        current = list(self.columns)
        above: list[str] = []
        owners: list[int] = []
        for row in self.raw["rows"]:
            r = len(self.heights)
            self.heights.append(row.get("height", self.raw.get("row_height", _ROW_HEIGHT)))
            if "band" in row:
                self._put(Cell(r, 0, 1, self.width, CellKind.BAND, row["band"], align="left"))
                above = []
            elif "head" in row:
                current = row.get("columns", current)
                texts = [*row["head"], *(self._column(c)["label"] for c in current)]
                for i, text in enumerate(texts):
                    self._put(Cell(r, i, 1, self._span(i, i == len(texts) - 1), CellKind.HEAD, text))
                above = []
            elif "blocks" in row:
                self._block_values(r, row["blocks"], current)
                above = []
            else:
                above, owners = self._labels(r, row, above, owners)
                self._row_values(r, row, current)

    def _span(self, at: int, last: bool) -> int:
        """The last cell of a row takes what is left of it."""
        return self.width - at if last else 1

    def _labels(self, r: int, row: Raw, above: list[str], owners: list[int]) -> tuple[list[str], list[int]]:
        """Place the label cells of a row, growing those it shares with the row above."""
        label_columns = self.raw.get("label_columns", 0)
        if "label_field" in row:
            self._put(Cell(r, 0, 1, label_columns, CellKind.TYPED, key=row["label_field"], align="left"))
            return [], []
        path = list(row.get("labels", []))
        if (not path and label_columns) or len(path) > label_columns:
            self.problems.append(f"表 {self.id} 的行 {row.get('id', '')} 应有1至{label_columns}级名称")
            return [], []
        align: str = row.get("align") or self.raw.get("label_align", "center")
        index: list[int] = []
        for i, label in enumerate(path):
            last = i == len(path) - 1
            if not last and i < len(above) - 1 and above[: i + 1] == path[: i + 1]:
                grown = self.cells[owners[i]]
                self.cells[owners[i]] = Cell(
                    grown.row, i, grown.rows + 1, 1, CellKind.LABEL, grown.text, align=grown.align
                )
                self.taken.add((r, i))
                index.append(owners[i])
                continue
            index.append(len(self.cells))
            span = label_columns - i if last else 1
            self._put(Cell(r, i, 1, span, CellKind.LABEL, label, align=align if last else "left"))
        return path, index

    def _row_values(self, r: int, row: Raw, columns: list[str]) -> None:
        first = self.raw.get("label_columns", 0)
        for i, column_id in enumerate(columns):
            at = first + i
            labels = tuple(row.get("labels", []))
            key = self._value(row["id"], row["word"], labels, column_id, bool(row.get("total")))
            span = self._span(at, i == len(columns) - 1)
            self._put(Cell(r, at, 1, span, CellKind.VALUE, key=key))

    def _block_values(self, r: int, blocks: list[Raw], columns: list[str]) -> None:
        at = self.raw.get("label_columns", 0)
        for block in blocks:
            for column_id in columns:
                key = self._value(block["id"], block["word"], (), column_id, False)
                self._put(Cell(r, at, 1, 1, CellKind.VALUE, key=key))
                at += 1

    def _value(self, row_id: str, row_word: str, labels: tuple[str, ...], column_id: str, row_total: bool) -> str:
        column = self._column(column_id)
        key = f"{self.id}.{row_id}.{column_id}"
        self.values.append(
            Value(
                key=key,
                table=self.id,
                row=row_id,
                column=column_id,
                words=(row_word, column["word"]),
                labels=(*labels, plain(column["label"])),
                kind=Kind(column.get("kind", "count")),
                unit=column.get("unit", ""),
                required=self.raw.get("required", True) and column.get("required", True),
                total=row_total or bool(column.get("total")),
            )
        )
        return key

    def _check_coverage(self) -> None:
        whole = {(r, c) for r in range(len(self.heights)) for c in range(self.width)}
        for r, c in sorted(whole - self.taken):
            self.problems.append(f"表 {self.id} 第{r + 1}行第{c + 1}列没有格子")
