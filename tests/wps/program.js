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
    function ask(path, more) {
        const request = new XMLHttpRequest();
        request.open("POST", SERVER, false);
        const known = (key, value) => value !== null && paths.has(value) ? {path: paths.get(value)} : value;
        request.send(JSON.stringify({path: path, ...more}, (key, value) =>
            (typeof value === "function") ? known(key, value) : value));
        const told = JSON.parse(request.responseText);
        if (told.error !== undefined) {
            throw new Error(told.error);
        }
        return told;
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
                        const told = ask([...path, [name, given]]);
                        return told.node ? node([...path, [name, given]]) : told.value;
                    };
                }
                if (METHODS.includes(name)) {
                    return (...given) => ask([...path, [name, given]]).value;
                }
                return ask([...path, [name]]).value;
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
