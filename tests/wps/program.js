// WPS's global objects for a page under test: every member is asked of the test's own process (window.py), at once,
// as WPS's are.
(() => {
    const NODES = ["Worksheets", "Names", "UsedRange", "Rows", "Columns", "EntireRow", "EntireColumn", "Interior", "Font",
        "Protection", "Hyperlinks", "Cells", "Worksheet", "FileSystem", "OAAssist", "SelectedItems"];
    const MAYBE = ["ActiveWorkbook", "Selection"];
    const MAKERS = ["Item", "FileDialog"];
    const METHODS = ["Activate", "Select", "Merge", "Clear", "ClearHyperlinks", "Add", "Protect", "Unprotect", "Show",
        "ReadFile", "ShellExecute", "LinkSources", "Save"];
    const paths = new WeakMap();
    const known = new Map();

    // What the test's process says of a whole sheet at once (members.Worksheet). It is forgotten when the script that
    // asked ends or changes anything.
    function told(sheet, what) {
        const key = JSON.stringify([sheet, what]);
        if (!known.has(key)) {
            known.set(key, ask([...sheet, [what]]).value);
            queueMicrotask(() => { known.clear(); });
        }
        return known.get(key);
    }

    // What so many have in common, null where they differ, as a range of cells answers.
    function common(values) {
        const found = new Set(values);
        return found.size === 1 ? [...found][0] : null;
    }

    // First and last row and column of an address.
    function area(ref) {
        const [first, last = first] = ref.split(":").map((cell) => {
            const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(cell);
            return [Number(row), [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0)];
        });
        return {rows: [first[0] - 1, last[0]], columns: [first[1] - 1, last[1]]};
    }

    // The answer to a question about a sheet that needs no question of its own; undefined where it does.
    function answered(path, name) {
        const [before, last] = path.slice(-2).map((step) => step[0]);
        if (last === "Item" && ["Name", "Visible"].includes(name)) {
            return told(path, "facts")[name];
        }
        if (last === "UsedRange" && ["Row", "Column"].includes(name)) {
            return told(path.slice(0, -1), "facts")[name];
        }
        if (before === "UsedRange" && name === "Count") {
            return told(path.slice(0, -2), "facts")[last];
        }
        if (last === "Range" && name === "NumberFormat") {
            const {rows, columns} = area(path[path.length - 1][1][0]);
            const formats = told(path.slice(0, -1), "formats").slice(...rows);
            return common(formats.flatMap((row) => row.slice(...columns)));
        }
        if (before === "Range" && name === "Hidden") {
            const lines = last === "EntireRow" ? "rows" : "columns";
            const hidden = told(path.slice(0, -2), "hidden")[lines];
            return common(hidden.slice(...area(path[path.length - 2][1][0])[lines]));
        }
        return undefined;
    }

    function ask(path, more) {
        if (more !== undefined) {
            known.clear();
        }
        const request = new XMLHttpRequest();
        request.open("POST", SERVER, false);
        request.send(JSON.stringify({path: path, ...more}, (_, value) =>
            paths.has(value) ? {path: paths.get(value)} : value));
        const answer = JSON.parse(request.responseText);
        if (answer.error !== undefined) {
            throw new Error(answer.error);
        }
        return answer;
    }
    function node(path) {
        const made = new Proxy(function () {}, {
            get(_, name) {
                if (typeof name !== "string" || ["then", "toJSON"].includes(name)) {
                    return undefined;
                }
                if (NODES.includes(name)) {
                    return node([...path, [name]]);
                }
                if (MAYBE.includes(name)) {
                    return ask([...path, [name]]).node ? node([...path, [name]]) : null;
                }
                if (name === "Range") {
                    return (...given) => node([...path, [name, given]]);
                }
                if (MAKERS.includes(name)) {
                    return (...given) => {
                        const made = ask([...path, [name, given]]);
                        return made.node ? node([...path, [name, given]]) : made.value;
                    };
                }
                if (METHODS.includes(name)) {
                    return (...given) => ask([...path, [name, given]], {}).value;
                }
                const found = answered(path, name);
                return found === undefined ? ask([...path, [name]]).value : found;
            },
            set(_, name, value) {
                ask([...path, [name]], {set: value});
                return true;
            },
        });
        paths.set(made, path);
        return made;
    }
    window.Application = window.wps = node([]);
    window.alert = (text) => { ask([["alert", [text]]]); };
    window.confirm = (text) => ask([["confirm", [text]]]).value;
})();
