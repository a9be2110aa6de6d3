// The desk page's behaviour. Without it the page is plain: everything is shown, nothing can be filtered.
"use strict";
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const byId = (id) => document.getElementById(id);
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const bodies = all("tbody.body");
  const form = document.querySelector("form.filters");
  const seek = byId("seek");
  const byStatus = byId("by-status");
  const byLevel = byId("by-level");
  const expand = byId("expand");

  // ---- one body opened or closed
  const setOpen = (body, open) => {
    body.classList.toggle("open", open);
    body.querySelector(".toggle").setAttribute("aria-expanded", String(open));
  };
  for (const body of bodies) {
    setOpen(body, false);
    body.querySelector(".toggle").addEventListener("click", () => setOpen(body, !body.classList.contains("open")));
  }
  expand.addEventListener("click", () => {
    const open = expand.getAttribute("aria-pressed") !== "true";
    expand.setAttribute("aria-pressed", String(open));
    expand.textContent = open ? "全部收起" : "全部展开";
    bodies.filter((b) => !b.hidden).forEach((b) => setOpen(b, open));
  });

  // ---- filter and search
  const apply = () => {
    const words = seek.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const body of bodies) {
      const { status, level, name } = body.dataset;
      const fits =
        (!byStatus.value || status === byStatus.value) &&
        (!byLevel.value || level === byLevel.value) &&
        words.every((w) => name.includes(w));
      body.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    byId("shown").textContent =
      shown === bodies.length ? `共 ${bodies.length} 个单位` : `符合 ${shown} 个，共 ${bodies.length} 个单位`;
    byId("none").hidden = shown > 0;
    for (const link of all(".tally a")) {
      link.toggleAttribute("aria-current", link.dataset.status === byStatus.value);
    }
  };
  const clear = () => {
    seek.value = byStatus.value = byLevel.value = "";
    apply();
  };
  for (const control of [seek, byStatus, byLevel]) control.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
  });
  for (const link of all(".tally a")) {
    link.addEventListener("click", () => {
      byStatus.value = link.dataset.status === byStatus.value ? "" : link.dataset.status;
      apply();
    });
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
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) revealHash();
  });
  addEventListener("hashchange", revealHash);

  // ---- how many days are left: the page itself knows no date
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  for (const time of all("time[data-due]")) {
    const days = Math.round((Date.parse(time.dateTime) - today) / 86400000);
    if (Number.isNaN(days) || (days > 3 && time.closest("table"))) continue;
    const span = document.createElement("span");
    span.className = days < 0 ? "left over" : "left";
    span.textContent = days < 0 ? `已过 ${-days} 天` : days === 0 ? "今天到期" : `还有 ${days} 天`;
    time.after(span);
  }

  // ---- on paper what is closed would be lost
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((d) => (d.open = true));
  });
  addEventListener("afterprint", () => closed.forEach((d) => (d.open = false)));

  apply();
  revealHash();
});
