// @ts-check
// What the open workbook says, in blocks, as the desk wants it posted (nianbao.ribbon.posted).

/** No sheet of the form is larger, no workbook of ours has more sheets; the rest is not posted. */
const MOST_ROWS = 1500, MOST_COLUMNS = 60, MOST_SHEETS = 60;

/** The only defined name that is asked for: where the workbook says which form it is. */
const NAMES = ["nb_form_edition"];

/** Sheets that only serve the workbook's own formulas: they are named, and nobody reads them. */
const UNREAD = ["逐格核对"];

/** Excel's numbers of errors, which a program may hand out instead of their texts.
 * @type {Record<string, string>} */
const ERRORS = {
    "-2146826281": "#DIV/0!", "-2146826246": "#N/A", "-2146826259": "#NAME?", "-2146826288": "#NULL!",
    "-2146826252": "#NUM!", "-2146826265": "#REF!", "-2146826273": "#VALUE!",
};

/** @typedef {[number, number, number, number]} Area first row and column, last row and column, from 1 */

/** @param {number} column @returns {string} */
function letters(column) {
    let found = "";
    for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) {
        found = String.fromCharCode(65 + (left - 1) % 26) + found;
    }
    return found;
}

/** @param {Area} area @returns {string} its address, D7 or D7:E9 */
function address(area) {
    const first = letters(area[1]) + area[0], last = letters(area[3]) + area[2];
    return first === last ? first : first + ":" + last;
}

/** @param {Et.Worksheet} sheet @param {Area} area @returns {Et.Range} */
function cells(sheet, area) {
    return sheet.Range(address(area));
}

/** Rows of a block, whatever shape a program gives a single cell, row or column.
 * @param {any} block @param {number} rows @param {number} columns @returns {any[][]} */
function rowsOf(block, rows, columns) {
    let found = Array.isArray(block) ? block : [block];
    if (!Array.isArray(found[0])) {
        found = rows === 1 ? [found] : found.map((/** @type {any} */ x) => [x]);
    }
    const whole = [];
    for (let r = 0; r < rows; r++) {
        const row = [];
        for (let c = 0; c < columns; c++) {
            row.push(found[r] === undefined || found[r][c] === undefined ? null : found[r][c]);
        }
        whole.push(row);
    }
    return whole;
}

/** One value as JSON can say it; an error is its text, a day the number that is held.
 * @param {any} value @param {() => any} shown what the cell displays @returns {string | number | boolean | null} */
function plain(value, shown) {
    if (value === null || value === "") {
        return null;
    }
    if (typeof value === "number") {
        return ERRORS[String(value)] || value;
    }
    if (typeof value === "string" || typeof value === "boolean") {
        return value;
    }
    if (value instanceof Date) {
        const parts = [value.getFullYear(), value.getMonth(), value.getDate(), value.getHours(), value.getMinutes()];
        return (Date.UTC(parts[0], parts[1], parts[2], parts[3], parts[4], value.getSeconds()) - Date.UTC(1899, 11, 30)) / 864e5;
    }
    const text = shown();
    return text === null || text === undefined ? null : String(text);
}

/** The number formats of the cells that hold numbers: an area of one format is asked once.
 * @param {Et.Worksheet} sheet @param {any[][]} values @returns {any[][]} [top, left, bottom, right, format] */
function formatsOf(sheet, values) {
    /** @type {any[][]} */
    const found = [];
    /** @param {Area} area */
    function look(area) {
        const [top, left, bottom, right] = area;
        const rows = values.slice(top - 1, bottom);
        if (!rows.some((row) => row.slice(left - 1, right).some((v) => typeof v === "number"))) {
            return;
        }
        const code = cells(sheet, area).NumberFormat;
        if (typeof code === "string") {
            found.push([...area, code]);
        } else if (bottom > top && bottom - top >= right - left) {
            const middle = Math.floor((top + bottom) / 2);
            look([top, left, middle, right]);
            look([middle + 1, left, bottom, right]);
        } else if (right > left) {
            const middle = Math.floor((left + right) / 2);
            look([top, left, bottom, middle]);
            look([top, middle + 1, bottom, right]);
        }
    }
    look([1, 1, values.length, values[0].length]);
    return found;
}

/** The hidden ones of so many lines; a run of lines that are all alike is asked once.
 * @param {number} count @param {(first: number, last: number) => any} ask @returns {number[]} */
function hiddenOf(count, ask) {
    /** @type {number[]} */
    const found = [];
    /** @param {number} first @param {number} last */
    function look(first, last) {
        const hidden = ask(first, last);
        if (hidden === true || (first === last && hidden !== false && hidden !== null)) {
            for (let line = first; hidden && line <= last; line++) {
                found.push(line);
            }
        } else if (hidden !== false && first < last) {
            const middle = Math.floor((first + last) / 2);
            look(first, middle);
            look(middle + 1, last);
        }
    }
    look(1, count);
    return found;
}

/** @param {Et.Worksheet} sheet @returns {object} */
function sheetOf(sheet) {
    if (UNREAD.includes(sheet.Name)) {
        return {title: sheet.Name, shown: Number(sheet.Visible) === -1};
    }
    const used = sheet.UsedRange;
    const bottom = Math.min(used.Row + used.Rows.Count - 1, MOST_ROWS);
    const right = Math.min(used.Column + used.Columns.Count - 1, MOST_COLUMNS);
    const block = cells(sheet, [1, 1, bottom, right]);
    const formulas = rowsOf(block.Formula, bottom, right).map((row) => row.map((f) => f === null ? "" : String(f)));
    const values = rowsOf(block.Value2, bottom, right).map((row, r) => row.map((v, c) =>
        plain(v, () => cells(sheet, [r + 1, c + 1, r + 1, c + 1]).Text)));
    return {
        title: sheet.Name,
        shown: Number(sheet.Visible) === -1,
        values: values,
        formulas: formulas,
        formats: formatsOf(sheet, values),
        hiddenRows: hiddenOf(bottom, (a, b) => cells(sheet, [a, 1, b, 1]).EntireRow.Hidden),
        hiddenColumns: hiddenOf(right, (a, b) => cells(sheet, [1, a, 1, b]).EntireColumn.Hidden),
    };
}

/** What may be missing in a program: then it counts as not there.
 * @template T @param {() => T} ask @param {T} otherwise @returns {T} */
function perhaps(ask, otherwise) {
    try {
        return ask();
    } catch (e) {
        return otherwise;
    }
}

/** @param {Et.Workbook} book @returns {Et.Worksheet[]} */
function sheetsOf(book) {
    const found = [];
    for (let i = 1; i <= Math.min(book.Worksheets.Count, MOST_SHEETS); i++) {
        found.push(/** @type {Et.Worksheet} */ (book.Worksheets.Item(i)));
    }
    return found;
}

/** @returns {string[]} the sheet and the upper left cell of the selection; none where something else is selected */
function selectedOf() {
    /** @type {any} */
    const selection = Application.Selection;
    const row = selection && selection.Row, column = selection && selection.Column;
    if (typeof row !== "number" || typeof column !== "number") {
        return [];
    }
    return [selection.Worksheet.Name, letters(column) + row];
}

/** @param {Et.Workbook} book @returns {object} */
function bookOf(book) {
    /** @type {Record<string, string>} */
    const names = {};
    for (const name of NAMES) {
        const stands = perhaps(() => book.Names.Item(name).RefersTo, "");
        if (typeof stands === "string" && stands) {
            names[name] = stands;
        }
    }
    return {
        name: book.Name,
        fullname: book.FullName,
        sheets: sheetsOf(book).map(sheetOf),
        names: names,
        macros: perhaps(() => book.HasVBProject === true, false),
        links: perhaps(() => Boolean(book.LinkSources(1)), false),
        since1904: perhaps(() => book.Date1904 === true, false),
        selected: perhaps(selectedOf, []),
    };
}

/** @param {Et.Workbook} book @param {string[]} asked a sheet's title, then cells @returns {string[]} those not locked */
function unlockedOf(book, asked) {
    const sheet = /** @type {Et.Worksheet} */ (book.Worksheets.Item(asked[0]));
    return asked.slice(1).filter((ref) => sheet.Range(ref).Locked === false);
}
