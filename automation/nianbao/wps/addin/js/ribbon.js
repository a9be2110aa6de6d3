// @ts-check
// The ribbon's callbacks: which button was clicked, one at a time, and every trouble one message.

/** @type {Record<string, {name: string, image: string, asks?: "file" | "folder"}>} */
const BUTTONS = {
    nbCheck: {name: "check", image: "check"},
    nbNext: {name: "next", image: "next"},
    nbMake: {name: "make", image: "make"},
    nbSheet: {name: "sheet", image: "sheet"},
    nbPdf: {name: "pdf", image: "pdf"},
    nbNew: {name: "new", image: "new"},
    nbZeros: {name: "zeros", image: "zeros"},
    nbLastYear: {name: "last_year", image: "last_year", asks: "file"},
    nbBatch: {name: "batch", image: "batch", asks: "folder"},
    nbRollup: {name: "rollup", image: "rollup", asks: "folder"},
    nbHelp: {name: "help", image: "help"},
    nbAbout: {name: "about", image: "about"},
};

/** Questions of one click; the desk has two. */
const MOST_QUESTIONS = 10;

let running = false;

/** @param {string} text in the status bar; '' gives it back */
function say(text) {
    Application.StatusBar = text || false;
}

/** @param {"file" | "folder"} what @returns {string} its path, '' where none was chosen */
function chosen(what) {
    const dialog = Application.FileDialog(what === "file" ? 3 : 4);
    dialog.Title = what === "file" ? "选择上年的填报表、年报数据或已公布的年报" : "选择放着各单位填报表的文件夹";
    dialog.AllowMultiSelect = false;
    return dialog.Show() === -1 ? String(dialog.SelectedItems.Item(1)) : "";
}

/** @param {Et.Workbook} book @param {string} want @param {any} of @returns {any} what only this program knows */
function known(book, want, of) {
    if (want === "yes") {
        return Boolean(confirm(of));
    }
    if (want === "unlocked") {
        return unlockedOf(book, of);
    }
    throw new Refused("加载项与年报程序的版本不一致，请重新安装加载项。");
}

/** @param {Et.Workbook} book @param {any} step */
function perform(book, step) {
    if (step.do === "write") {
        write(book, step);
    } else if (step.do === "select") {
        select(book, step);
    } else if (step.do === "tell") {
        alert(step.text);
    } else if (step.do === "open") {
        Application.OAAssist.ShellExecute(step.path);
    }
}

/** @param {Et.Workbook} book @param {string} button @param {string} path */
async function press(book, button, path) {
    /** @type {Record<string, any>} */
    const answers = {};
    for (let i = 0; i < MOST_QUESTIONS; i++) {
        say("正在读取工作簿……");
        const told = await deskPress({button: button, path: path, book: bookOf(book), answers: answers});
        say("");
        if (told.want) {
            answers[told.as] = known(book, told.want, told.of);
            continue;
        }
        for (const step of told.steps) {
            perform(book, step);
        }
        return;
    }
}

/** @param {{Id: string}} control @returns {Promise<void>} */
async function clicked(control) {
    const button = BUTTONS[control.Id];
    const book = Application.ActiveWorkbook;
    if (!book) {
        alert("请先打开填报表，再点这个按钮。");
        return;
    }
    if (running) {
        alert("上一次点的按钮还在运行，请等它做完再点。屏幕下方的状态栏显示它做到了哪里。");
        return;
    }
    running = true;
    try {
        const path = button.asks ? chosen(button.asks) : "";
        if (path || !button.asks) {
            await press(book, button.name, path);
        }
    } catch (e) {
        say("");
        const why = e instanceof Error ? e.message : String(e);
        alert(e instanceof Refused ? why
            : "WPS 没有接受这个操作（" + why + "）。如果工作表设了密码或工作簿只读，请先解除。");
    } finally {
        running = false;
    }
}

/** @param {object} ribbon @returns {boolean} */
function OnAddinLoad(ribbon) {
    return Boolean(ribbon) || true;
}

/** @param {{Id: string}} control @returns {boolean} */
function OnAction(control) {
    clicked(control);
    return true;
}

/** @param {{Id: string}} control @returns {string} */
function GetImage(control) {
    return "images/" + BUTTONS[control.Id].image + ".svg";
}
