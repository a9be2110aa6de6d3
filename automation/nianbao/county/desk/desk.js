// The desk page's behaviour. Without it the list is plain: nothing can be filtered, no body opens.
"use strict";
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const bodies = all("tbody.body");
  const table = document.querySelector("table.bodies");
  const form = document.querySelector("form.filters");
  const [seek, byStatus, byLevel, byOrder] = ["seek", "by-status", "by-level", "by-order"].map(byId);
  const expand = byId("expand");
  const words = Object.fromEntries(all("thead .number[data-severity]", table).map((h) => [h.dataset.severity, h.textContent]));

  // ---- elements; what is given as text stays text
  const make = (name, made, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(made)) {
      if (key === "class") element.className = value;
      else element.setAttribute(key, value);
    }
    element.append(...children.filter((c) => c !== null && c !== ""));
    return element;
  };
  const own = (text, kind = "") => make("bdi", kind ? { class: kind } : {}, text);
  const note = (text, kind = "note") => make("p", { class: kind }, text);
  const link = (word, href) => {
    const made = make("a", {}, word);
    made.href = href;
    return made;
  };

  // ---- what opens below a body, made of the page's data when it is first wanted
  let data = null;
  const told = (id) => {
    data = data || JSON.parse(byId("details").textContent);
    return data[id] || {};
  };
  const finding = ([severity, rule, where, what, mend, reason, settled]) =>
    make("li", { class: `finding ${severity}${settled ? " settled" : ""}` },
      make("p", { class: "where" }, make("span", { class: `class ${severity}` }, words[severity] || ""),
        byId(`rule-${rule}`) ? make("a", { class: "rule", href: `#rule-${rule}` }, rule) : make("span", { class: "rule" }, rule), " ", own(where, "place")),
      note(what, "what"),
      mend ? make("p", { class: "mend" }, make("span", {}, "改法"), mend) : null,
      reason ? make("p", { class: "reason" }, make("span", {}, "已说明"), reason) : null);
  const grid = (head, rows, label) =>
    make("div", { class: "wide", role: "region", tabindex: "0", "aria-label": label },
      make("table", { class: "versions" },
        make("thead", {}, make("tr", {}, ...head.map((h) => make("th", { scope: "col" }, own(h))))),
        make("tbody", {}, ...rows.map(([first, ...cells]) =>
          make("tr", {}, make("th", { scope: "row" }, first), ...cells.map((c) => make("td", {}, own(c))))))));
  const drawing = (years, [label, numbers]) => {
    const NS = document.querySelector("svg").namespaceURI;
    const draw = (name, made, text) => {
      const element = document.createElementNS(NS, name);
      for (const [key, value] of Object.entries(made)) element.setAttribute(key, value);
      if (text !== undefined) element.textContent = text;
      return element;
    };
    const most = Math.max(1, ...numbers.map((n) => n || 0));
    const said = years.map((y, i) => `${y}年 ${numbers[i] === null ? "—" : numbers[i]}`).join("，");
    const svg = draw("svg", { width: 46 * years.length, height: 74, role: "img", "aria-label": `${label}：${said}` });
    numbers.forEach((n, i) => {
      const x = 46 * i + 23, tall = (36 * (n || 0)) / most;
      svg.append(draw("text", { x, y: 70, class: "small", "text-anchor": "middle" }, years[i]));
      if (n === null) return;
      svg.append(draw("rect", { x: x - 11, y: 54 - tall, width: 22, height: tall, class: i === years.length - 1 ? "bar now" : "bar before" }));
      svg.append(draw("text", { x, y: 49 - tall, class: "small", "text-anchor": "middle" }, n));
    });
    return make("div", { class: "course" }, note(label), svg);
  };
  const paste = ([subject, text]) => {
    const area = make("pre", {}, text);
    const copy = (word, what) => {
      const button = make("button", { type: "button" }, word);
      button.addEventListener("click", () => copied(what, area, button));
      return button;
    };
    return make("div", { class: "paste" }, note("催办的话", "note"), area,
      make("p", { class: "buttons" }, copy("复制短信", text), copy("复制邮件", `主题：${subject}\n\n${text}`)));
  };
  const inside = (id, shown) => {
    const d = told(id);
    const parts = [];
    if (d.note) parts.push(note(d.note));
    if (d.versions) {
      parts.push(note(`${d.versions.newer}。`), grid(["不同的地方", ...d.versions.files], d.versions.rows, `${shown}几份年报不同的地方`));
      if (d.versions.more) parts.push(note(`另有 ${d.versions.more} 处不同，未列出。`));
    }
    if (d.found) parts.push(make("ol", { class: "findings" }, ...d.found.map(finding)));
    if (d.more) parts.push(note(`另有 ${d.more} 处，见标注表的“校验结果”。`));
    if (!d.found && d.judged) parts.push(note("没有发现问题。", "note quiet"));
    if (d.figures) {
      parts.push(make("p", { class: "figures" }, ...d.figures.flatMap(([word, now, before]) =>
        [make("span", {}, `${word} `, make("b", {}, now), before ? make("small", {}, `（上年 ${before}）`) : null), " "])));
    }
    for (const far of d.far || []) parts.push(note(`明显多于同级：${far}。`, "note far"));
    if (d.years) parts.push(make("div", { class: "courses" }, ...d.years[1].map((s) => drawing(d.years[0], s))));
    for (const said of [...(d.rank ? [`${d.rank}。`] : []), ...(d.judged || [])]) parts.push(note(said, "note quiet"));
    if (d.remind) parts.push(paste(d.remind));
    const line = make("p", { class: "sources" });
    if (d.name) line.append(make("span", {}, "全称　", own(d.name)));
    if (d.contact) line.append(make("span", {}, "联系人　", own(d.contact)));
    if (d.sources) line.append(make("span", {}, "来件　", ...d.sources.flatMap((s, i) => (i ? ["、", own(s)] : [own(s)]))));
    parts.push(line);
    return parts;
  };

  // ---- one body opened or closed
  const setOpen = (body, open) => {
    const toggle = body.querySelector(".toggle");
    if (open && !body.querySelector(".more")) {
      const cell = make("td", { role: "cell", colspan: "9" }, ...inside(body.id, toggle.textContent));
      body.append(make("tr", { role: "row", class: "more", id: `${body.id}-more` }, cell));
      toggle.setAttribute("aria-controls", `${body.id}-more`);
    }
    body.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  for (const toggle of all(".toggle", table)) toggle.setAttribute("aria-expanded", "false");
  table.addEventListener("click", (event) => {
    const body = event.target.closest(".toggle") && event.target.closest("tbody.body");
    if (body) setOpen(body, !body.classList.contains("open"));
  });
  expand.addEventListener("click", () => {
    const open = expand.getAttribute("aria-pressed") !== "true";
    expand.setAttribute("aria-pressed", String(open));
    expand.textContent = open ? "全部收起" : "全部展开";
    bodies.filter((b) => !b.hidden).forEach((b) => setOpen(b, open));
  });

  // ---- filter, search, order
  const apply = () => {
    const sought = seek.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const body of bodies) {
      const { status, level, name } = body.dataset;
      const fits =
        (!byStatus.value || status === byStatus.value) &&
        (!byLevel.value || level === byLevel.value) &&
        sought.every((w) => name.includes(w));
      if (body.hidden === fits) body.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    byId("shown").textContent =
      shown === bodies.length ? `共 ${bodies.length} 个单位` : `符合 ${shown} 个，共 ${bodies.length} 个单位`;
    byId("none").hidden = shown > 0;
    for (const one of all(".tally a")) {
      one.toggleAttribute("aria-current", one.dataset.status === byStatus.value);
    }
  };
  const least = (text) => (text === "" ? Infinity : Number(text));
  const ORDERS = {
    due: (n) => Date.parse(n[0]) || Infinity,
    open: (n) => -Number(n[1]),
    score: (n) => least(n[2]),
    received: (n) => -(n[3] === "" ? -1 : Number(n[3])),
  };
  const order = () => {
    const by = ORDERS[byOrder.value];
    const keyed = bodies.map((body, at) => [by ? by(body.dataset.n.split("|")) : 0, at, body]);
    keyed.sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : a[0] - b[0]));
    table.append(...keyed.map((k) => k[2]));
  };
  const clear = () => {
    if (byOrder.value) {
      byOrder.value = "";
      order();
    }
    seek.value = byStatus.value = byLevel.value = "";
    apply();
  };
  for (const control of [seek, byStatus, byLevel]) control.addEventListener("input", apply);
  byOrder.addEventListener("input", order);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
  });
  for (const one of all(".tally a")) {
    one.addEventListener("click", () => {
      byStatus.value = one.dataset.status === byStatus.value ? "" : one.dataset.status;
      apply();
    });
  }

  // ---- what each body said against a rule, when the rule is opened
  for (const group of all("#rules details.group")) {
    group.addEventListener("toggle", () => {
      const list = group.querySelector(".breakers");
      if (!group.open || list.dataset.told) return;
      list.dataset.told = "1";
      for (const item of list.children) {
        const found = (told(item.querySelector("a").hash.slice(1)).found || []).filter((f) => f[1] === list.dataset.rule);
        item.append(make("ul", {}, ...found.map(([, , where, what, , reason, settled]) =>
          make("li", settled ? { class: "settled" } : {}, own(where, "place"), make("span", { class: "said" }, what),
            reason ? make("span", { class: "reason" }, make("span", {}, "已说明"), reason) : null))));
      }
    });
  }

  // ---- a text to the clipboard; where the browser lets nobody near it, it is marked for Ctrl+C
  const copied = async (text, shown, button) => {
    const word = button.dataset.word || button.textContent;
    button.dataset.word = word;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "已复制";
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      getSelection().selectAllChildren(shown);
      button.textContent = "已选中，请按 Ctrl+C";
    }
    setTimeout(() => (button.textContent = word), 4000);
  };
  for (const button of all("button[data-copy]")) {
    const shown = byId(button.dataset.copy);
    button.addEventListener("click", () => copied(shown.textContent, shown, button));
  }

  // ---- a link to a body or a rule shows it, filtered away or closed as it may be
  const reveal = (id) => {
    const target = id && byId(id);
    if (!target) return;
    if (target.matches("tbody.body")) {
      if (target.hidden) clear();
      setOpen(target, true);
      target.querySelector(".toggle").focus({ preventScroll: true });
    }
    if (target.matches("details")) target.open = true;
    target.scrollIntoView();
  };
  const revealHash = () => {
    try {
      reveal(decodeURIComponent(location.hash.slice(1)));
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
    }
  };
  document.addEventListener("click", (event) => {
    const clicked = event.target.closest('a[href^="#"]');
    if (clicked && clicked.hash === location.hash) revealHash();
  });
  addEventListener("hashchange", revealHash);

  // ---- how many days are left: the page itself knows no hour
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  for (const time of all("time[data-due]")) {
    const days = Math.round((Date.parse(time.dateTime) - today) / 86400000);
    if (Number.isNaN(days) || (days > 3 && !time.closest(".masthead"))) continue;
    const span = make("span", { class: days < 0 ? "left over" : "left" });
    span.textContent = days < 0 ? `已过 ${-days} 天` : days === 0 ? "今天到期" : `还有 ${days} 天`;
    time.after(span);
  }

  // ---- on paper what is closed would be lost; of many bodies only the list and what was opened is printed
  const FEW = 150;
  let closed = [];
  let opened = [];
  addEventListener("beforeprint", () => {
    const d = new Date();
    document.querySelector(".printed").textContent = `打印于 ${d.getFullYear()}年${d.getMonth() + 1}月${d.getDate()}日。`;
    closed = all("details:not([open]):not(.data)");
    closed.forEach((one) => (one.open = true));
    opened = bodies.filter((b) => !b.hidden && !b.classList.contains("open") && told(b.id).found);
    if (opened.length > FEW) opened = [];
    opened.forEach((b) => setOpen(b, true));
  });
  addEventListener("afterprint", () => {
    closed.forEach((one) => (one.open = false));
    opened.forEach((b) => setOpen(b, false));
  });

  apply();
  revealHash();
});
