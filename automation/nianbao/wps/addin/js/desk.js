// @ts-check
// Asking the desk on this machine, started where it isn't open. Where it is, and the key, stand in the user's own file.

/** What `nianbao addin install --wps` wrote beside this file: that file, and what starts the desk.
 * @typedef {{address: string, program: string, arguments: string, doctor: string}} Place */

/** Seconds for the desk to start, and between two looks. */
const PATIENCE = 30, TURN = 0.25;

/** Something to tell the user, in a sentence. */
class Refused extends Error {}

/** @param {number} seconds @returns {Promise<void>} */
function rest(seconds) {
    return new Promise((done) => { setTimeout(done, seconds * 1000); });
}

/** @returns {{url: string, key: string} | null} where the desk is, as its file says; null where there is none */
function found() {
    try {
        const told = JSON.parse(Application.FileSystem.ReadFile(PLACE.address));
        const isOurs = /^http:\/\/127\.0\.0\.1:\d+\/[\w-]+\/$/.test(told.url) && typeof told.key === "string";
        return isOurs ? told : null;
    } catch (e) {
        return null;
    }
}

/** @param {string} what @param {string} body @returns {Promise<Response | null>} null where no desk answers */
async function asked(what, body) {
    const desk = found();
    if (desk === null) {
        return null;
    }
    try {
        return await fetch(desk.url + "addin/" + what, {
            method: "POST",
            headers: {"Authorization": "Bearer " + desk.key, "Content-Type": "application/json"},
            body: body,
            cache: "no-store",
            credentials: "omit",
        });
    } catch (e) {
        return null;
    }
}

/** @param {string} what @param {string} body @returns {Promise<Response>} */
async function askedOrStarted(what, body) {
    const end = Date.now() + PATIENCE * 1000;
    let answer = await asked(what, body);
    if (answer === null) {
        say("正在启动年报程序……");
        Application.OAAssist.ShellExecute(PLACE.program, PLACE.arguments);
    }
    while (answer === null && Date.now() < end) {
        await rest(TURN);
        answer = await asked(what, body);
    }
    if (answer === null) {
        throw new Refused("年报程序没有启动。请从“年报台”图标打开它，再点一次；还是这样的，请在命令行里运行 "
            + PLACE.doctor + " 看原因。");
    }
    return answer;
}

/** Press a button and wait until it is done.
 * @param {object} press @returns {Promise<any>} steps, or what is wanted first */
async function deskPress(press) {
    let answer = await askedOrStarted("press", JSON.stringify(press));
    while (answer.status === 202) {
        const told = await answer.json();
        say(told.what || "正在运行……");
        await rest(TURN);
        const next = await asked("state", JSON.stringify({run: told.run}));
        if (next === null) {
            throw new Refused("年报程序中途退出了，没有做完。请再点一次。");
        }
        answer = next;
    }
    const text = await answer.text();
    if (answer.status === 200) {
        return JSON.parse(text);
    }
    let told = text;
    try {
        told = JSON.parse(text).told;
    } catch (e) {
        // a refusal in plain words
    }
    throw new Refused(told || "年报程序没有回答，请再点一次。");
}
