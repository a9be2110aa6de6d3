// @ts-check
// What the desk tells to do in the open workbook. Nothing here saves it.

/** @typedef {{do: string, area: Area, what: any}} Step one change of a sheet (nianbao.ribbon.book.Step) */

/** @type {Record<string, (range: Et.Range, what: any, sheet: Et.Worksheet, area: Area) => void>} */
const CHANGES = {
    clear: (range, what, sheet) => { sheet.Cells.Clear(); },
    unlink: (range) => { range.ClearHyperlinks(); },
    format: (range, what) => { range.NumberFormat = what; },
    values: (range, what) => { range.Value2 = what; },
    blanks: (range, what, sheet, area) => { fillBlanks(sheet, area, what); },
    lock: (range, what) => { range.Locked = what; },
    colour: (range, what) => { range.Interior.Color = what[0] + what[1] * 256 + what[2] * 65536; },
    link: (range, what, sheet) => {
        sheet.Hyperlinks.Add(range, "", what.address.replace(/^#/, ""), what.tip, what.text);
    },
    height: (range, what) => { range.RowHeight = what; },
    width: (range, what) => { range.ColumnWidth = what; },
    merge: (range) => { range.Merge(); },
    dress: (range) => {
        range.WrapText = true;
        range.VerticalAlignment = -4108;  // xlCenter
        range.Font.Name = "宋体";
        range.Font.Size = 10;
    },
    hide: (range) => { range.EntireColumn.Hidden = true; },
};

/** The user may have typed since the workbook was read: only what is still blank is filled.
 * @param {Et.Worksheet} sheet @param {Area} area @param {any} what */
function fillBlanks(sheet, area, what) {
    for (let row = area[0]; row <= area[2]; row++) {
        for (let column = area[1]; column <= area[3]; column++) {
            const cell = cells(sheet, [row, column, row, column]);
            if (plain(cell.Value2 === undefined ? null : cell.Value2, () => "") === null && !cell.Formula) {
                cell.Value2 = what;
            }
        }
    }
}

/** Lift a protection without password, and put the same one back afterwards.
 * @param {Et.Worksheet} sheet @param {() => void} work */
function unprotected(sheet, work) {
    if (!sheet.ProtectContents) {
        work();
        return;
    }
    const p = sheet.Protection, drawings = sheet.ProtectDrawingObjects, scenarios = sheet.ProtectScenarios;
    /** @type {[boolean, boolean, boolean, boolean, boolean, boolean, boolean, boolean, boolean, boolean, boolean]} */
    const allowed = [
        p.AllowFormattingCells, p.AllowFormattingColumns, p.AllowFormattingRows, p.AllowInsertingColumns,
        p.AllowInsertingRows, p.AllowInsertingHyperlinks, p.AllowDeletingColumns, p.AllowDeletingRows,
        p.AllowSorting, p.AllowFiltering, p.AllowUsingPivotTables,
    ];
    sheet.Unprotect("");
    if (sheet.ProtectContents) {
        throw new Error("工作表“" + sheet.Name + "”设有密码");
    }
    try {
        work();
    } finally {
        sheet.Protect("", drawings, true, scenarios, false, ...allowed);
    }
}

/** @param {Et.Worksheet} sheet @param {Step[]} steps */
function change(sheet, steps) {
    for (const step of steps) {
        CHANGES[step.do](cells(sheet, step.area), step.what, sheet, step.area);
    }
}

/** @param {Et.Workbook} book @param {{sheet: string, unprotect: boolean, steps: Step[]}} told */
function write(book, told) {
    const sheet = /** @type {Et.Worksheet} */ (book.Worksheets.Item(told.sheet));
    const before = Application.ScreenUpdating;
    Application.ScreenUpdating = false;
    try {
        if (told.unprotect) {
            unprotected(sheet, () => change(sheet, told.steps));
        } else {
            change(sheet, told.steps);
        }
    } finally {
        Application.ScreenUpdating = before;
    }
}

/** @param {Et.Workbook} book @param {{sheet: string, ref: string}} told */
function select(book, told) {
    const sheet = /** @type {Et.Worksheet} */ (book.Worksheets.Item(told.sheet));
    book.Activate();
    sheet.Activate();
    sheet.Range(told.ref).Select();
}
