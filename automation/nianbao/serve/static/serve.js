"use strict";
/* 年报台: dropping files, starting tasks, telling how far they are. Everything shown is made by the service. */
(() => {
  const base = document.body.dataset.base;
  const unreachable = "年报台没有回应，多半已经结束。请再点“年报台”图标打开。";

  async function ask(method, address, body, headers) {
    const answer = await fetch(address, {method, body, headers, cache: "no-store", credentials: "same-origin"});
    let told = {};
    try { told = await answer.json(); } catch { told = {told: "年报台没有答复，请刷新网页再试"}; }
    return {status: answer.status, ...told};
  }
  const send = (address, words) => ask("POST", address, JSON.stringify(words || {}), {"Content-Type": "application/json"});
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const ended = () => { document.getElementById("ended").hidden = false; };

  /* ---- files: those chosen, by the drop zone they were laid on */
  const chosen = new Map();

  function list(drop) {
    const shown = drop.querySelector(".chosen");
    const files = chosen.get(drop) || [];
    shown.replaceChildren(...files.slice(0, 8).map(({name}) => {
      const line = document.createElement("li");
      line.textContent = name;
      return line;
    }));
    if (files.length > 8) {
      const line = document.createElement("li");
      line.textContent = `等 ${files.length} 个文件`;
      shown.append(line);
    }
    if (files.length) {
      const line = document.createElement("li");
      const away = document.createElement("button");
      away.type = "button";
      away.className = "plain";
      away.textContent = "拿走";
      away.addEventListener("click", () => { chosen.delete(drop); list(drop); drop.querySelector("input").focus(); });
      line.append(away);
      shown.append(line);
    }
    drop.classList.toggle("full", files.length > 0);
  }

  function take(drop, files) {
    if (!files.length) return;
    const many = drop.dataset.many;
    chosen.set(drop, many ? [...(chosen.get(drop) || []), ...files] : files.slice(0, 1));
    list(drop);
    drop.dispatchEvent(new CustomEvent("taken", {bubbles: true}));
  }

  async function within(entry, path) {
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      return [{name: path + file.name, file}];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!some.length) return found;
      for (const inner of some) found.push(...await within(inner, `${path}${entry.name}/`));
    }
  }

  async function dropped(event, many) {
    const entries = [...event.dataTransfer.items].map((i) => i.webkitGetAsEntry && i.webkitGetAsEntry()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => ({name: file.name, file}));
    if (!many || !entries.some((e) => e.isDirectory)) return plain;
    const found = [];
    for (const entry of entries) found.push(...await within(entry, ""));
    return found;
  }

  for (const drop of document.querySelectorAll(".drop")) {
    for (const input of drop.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => {
        take(drop, [...input.files].map((file) => ({name: file.webkitRelativePath || file.name, file})));
        input.value = "";
      });
    }
    const over = (on) => (event) => { event.preventDefault(); drop.classList.toggle("over", on); };
    drop.addEventListener("dragover", over(true));
    drop.addEventListener("dragleave", over(false));
    drop.addEventListener("drop", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      drop.classList.remove("over");
      take(drop, await dropped(event, drop.dataset.many));
    });
  }
  /* A file dropped beside a zone must not replace the page; it goes to the first zone. */
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", async (event) => {
    event.preventDefault();
    const first = document.querySelector(".drop");
    if (first) take(first, await dropped(event, first.dataset.many));
  });

  /* ---- saying */
  function teller(form) {
    const said = form.querySelector(".said"), wrong = form.querySelector(".wrong-said");
    const going = form.querySelector(".going"), bar = going && going.querySelector("progress");
    const stop = form.querySelector(".stop"), button = form.querySelector("[type=submit]");
    let stopAt = "";
    if (stop) stop.addEventListener("click", () => { if (stopAt) { stop.disabled = true; send(stopAt); } });
    return {
      begin(text) { said.textContent = text; wrong.textContent = ""; if (button) button.disabled = true; form.setAttribute("aria-busy", "true"); if (going) { going.hidden = false; bar.removeAttribute("value"); } },
      far(done, total, what) {
        if (!total) return;
        said.textContent = `${what} ${done}/${total}`;
        if (bar) { bar.max = total; bar.value = done; }
      },
      stoppable(address) { stopAt = address; if (stop) { stop.hidden = !address; stop.disabled = false; } },
      end(text, wrongly) {
        said.textContent = wrongly ? "" : text; wrong.textContent = wrongly ? text : "";
        if (button) button.disabled = false;
        form.removeAttribute("aria-busy");
        if (going) going.hidden = true;
        this.stoppable("");
      },
    };
  }

  async function upload(link, drops, most, tell, words = "") {
    for (const drop of drops) {
      const files = chosen.get(drop) || [];
      for (const [n, {name, file}] of files.entries()) {
        if (files.length > 1) tell.far(n, files.length, "正在收文件");
        if (file.size > most) return `“${name}”太大（${Math.round(file.size / 1048576)} MB），请核对是不是拖错了文件`;
        const told = await ask("PUT", `${link}file/${drop.dataset.slot}${words}`, file, {"X-Name": encodeURIComponent(name), "Content-Type": "application/octet-stream"});
        if (told.status !== 200) return told.told;
      }
    }
    return "";
  }

  async function finish(told, tell) {
    let asked = told;
    if (asked.state) tell.stoppable(asked.stop);
    for (let wait = 150; asked.status === 202; wait = Math.min(700, wait + 150)) {
      await pause(wait);
      asked = {state: told.state, ...await ask("GET", told.state)};
      if (asked.status === 202) tell.far(asked.done, asked.total, asked.what);
    }
    return asked;
  }

  async function carried(tell, doing) {
    try {
      const told = await doing();
      if (typeof told === "string") { tell.end(told, true); return; }
      const last = await finish(told, tell);
      if (last.go) { tell.end("做好了", false); leave(last.go); } else tell.end(last.told || unreachable, true);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      tell.end(unreachable, true);
      ended();
    }
  }

  function leave(address) {
    if (address.split("#")[0] === location.pathname) { location.hash = address.split("#")[1] || ""; location.reload(); } else location.assign(address);
  }

  const typed = (form) => Object.fromEntries([...form.querySelectorAll("[name]")].filter((f) => f.type !== "checkbox" || f.checked).map((f) => [f.name, f.value]));

  /* ---- a form of its own page */
  for (const form of document.querySelectorAll("form.task")) {
    const tell = teller(form);
    const drops = [...form.querySelectorAll(".drop")];
    const must = drops.filter((d) => d.dataset.required);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const lacking = must.find((d) => !(chosen.get(d) || []).length);
      if (lacking) { tell.end(`请先放进${lacking.dataset.label}`, true); lacking.querySelector("input").focus(); return; }
      const empty = [...form.querySelectorAll("[required]")].find((f) => !f.value.trim());
      if (empty) { tell.end(`请先填写${form.querySelector(`label[for="${empty.id}"]`).firstChild.textContent.trim()}`, true); empty.focus(); return; }
      tell.begin("正在处理……");
      carried(tell, async () => {
        const begun = await send(`${base}begin/${form.dataset.form}`);
        if (!begun.work) return begun.told || unreachable;
        const link = `${base}work/${begun.work}/`;
        const wrong = await upload(link, drops, Number(form.dataset.most), tell);
        if (!wrong) tell.begin("正在处理……");
        return wrong || send(`${link}go`, {fields: typed(form)});
      });
    });
    /* What needs one file only starts when it is there, unless more is being laid beside it. */
    const aside = form.querySelector("details.aside");
    if (must.length === 1 && !must[0].dataset.many && !form.querySelector("[required]") && drops.filter((d) => !d.closest("details")).length === 1) {
      must[0].addEventListener("taken", () => { if (!aside || !aside.open) form.requestSubmit(); });
    }
  }

  /* ---- what a piece of work gave */
  const work = document.querySelector(".work");
  if (work) {
    const link = work.dataset.link, turn = work.dataset.turn;
    /* What this page lays is kept apart from what another page that shows the same lays. */
    const page = `${Date.now()}-${Math.random()}`;
    const refused = document.getElementById("refused");
    const refuse = (text) => { refused.textContent = text; refused.hidden = !text; if (text) { refused.focus(); refused.scrollIntoView({block: "nearest"}); } };
    const reasons = () => JSON.stringify([...work.querySelectorAll("textarea[data-print]")].filter((t) => t.value.trim()).map((t) => ({fingerprint: t.dataset.print, reason: t.value.trim()})));

    const again = work.querySelector("form.again");
    if (again) {
      const tell = teller(again);
      again.addEventListener("submit", (event) => event.preventDefault());
      again.addEventListener("taken", (event) => {
        refuse("");
        tell.begin("正在核对……");
        carried({...tell, end(text, wrongly) { tell.end(wrongly ? "" : text, false); if (wrongly) { chosen.delete(event.target); list(event.target); refuse(text); } }}, async () => {
          const wrong = await upload(link, [event.target], Number(work.dataset.most), tell, `?page=${page}&turn=${turn}`);
          return wrong || send(`${link}go`, {page, turn, fields: {reasons: reasons()}});
        });
      });
    }
    const save = work.querySelector("form.reasons");
    if (save) {
      const tell = teller(save);
      save.addEventListener("submit", (event) => {
        event.preventDefault();
        tell.begin("正在核对……");
        carried(tell, async () => {
          const told = await finish(await send(`${link}go`, {page, turn, fields: {reasons: reasons()}}), tell);
          return told.go ? {...told, go: `${told.go}#reasons`} : told;
        });
      });
    }
    const make = work.querySelector("form.make");
    if (make) {
      const tell = teller(make);
      make.addEventListener("submit", (event) => {
        event.preventDefault();
        const formats = [...make.querySelectorAll("[name=formats]:checked")].map((f) => f.value).join(",");
        if (!formats) { tell.end("请先选要生成什么", true); return; }
        tell.begin(formats.includes("pdf") ? "正在生成，PDF 要等一会儿……" : "正在生成……");
        carried(tell, async () => {
          const told = await finish(await send(`${link}more`, {turn, fields: {...typed(make), formats, reasons: reasons()}}), tell);
          return told.go ? {...told, go: `${told.go}#made`} : told;
        });
      });
    }
    if (location.hash === "#reasons") (work.querySelector("textarea[aria-invalid]") || document.getElementById("main")).focus();
    if (location.hash === "#made") document.getElementById("made")?.focus();
  }

  /* ---- the desk itself */
  setInterval(() => { send(`${base}beat`).then((t) => { if (t.status !== 200) ended(); }, ended); }, Number(document.body.dataset.beat) * 1000);
  document.getElementById("end").addEventListener("click", async () => {
    if (!confirm("结束年报台？没有下载的文件会一并删除。")) return;
    try { await send(`${base}end`); } catch { /* it may be gone before it answers */ }
    ended();
  });
  addEventListener("hashchange", () => {
    const at = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (at) at.focus({preventScroll: true});
  });
})();
