/* The dashboard: renews what the page says while somebody looks. */
(() => {
  "use strict";
  const board = document.getElementById("dashboard");
  if (!board) return;
  const EVERY_MS = 5000, SLOWEST_MS = 60000, IDLE_MS = 30 * 60000, RISKS_MS = 60000;
  const words = document.getElementById("words").dataset;
  const byId = (id) => document.getElementById(id);
  let figures = JSON.parse(byId("figures").textContent);
  let etag = "";
  const { draw, readColours } = window.drawing(() => figures);

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function table(chart) {
    const rows = chart.labels.map((label, i) => {
      const row = element("tr"), head = element("th", "", { scope: "row" });
      head.append(chart.links[i] ? element("a", label, { href: chart.links[i] + location.search }) : label);
      row.append(head, ...chart.series.map((one) => element("td", one.texts[i], { class: "num" })));
      return row;
    });
    if (rows.length) byId(`t-${chart.name}`)?.replaceChildren(...rows);
  }

  function show() {
    for (const place of document.querySelectorAll("[data-live]")) {
      const [text, tone] = figures.texts[place.dataset.live] ?? ["", ""];
      if (place.textContent !== text) place.textContent = text;
      if (place.classList.contains("moved")) place.className = `moved ${tone}`;
    }
    for (const chart of figures.charts) { draw(chart); table(chart); }
  }

  /* What keeps the figures from being new, in words and with what to do. */
  const state = byId("state");
  let troubled = false;
  function say(text, action) {
    state.replaceChildren(element("span", text), ...(action ? [action] : []));
    state.classList.toggle("bad", troubled);
    state.hidden = !text;
  }

  let timer = 0, failures = 0, usedAt = Date.now(), stopped = false;
  const later = (ms) => { clearTimeout(timer); timer = setTimeout(renew, ms); };

  async function renew() {
    if (document.hidden || stopped) return;
    if (Date.now() - usedAt > IDLE_MS) return pause();
    try {
      const answer = await fetch(board.dataset.figures, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(10000) });
      if (answer.status === 401 || answer.status === 403) return signedOut();
      if (answer.status !== 200 && answer.status !== 304) throw new Error(String(answer.status));
      if (answer.status === 200) await take(answer);
      byId("updated").textContent = answer.headers.get("kasstroom-time") ?? byId("updated").textContent;
      if (troubled) { troubled = false; say(words.back); setTimeout(() => { if (!troubled) say(""); }, 6000); }
      failures = 0;
      later(EVERY_MS);
    } catch {
      troubled = true;
      say(words.offline.replace("{time}", byId("updated").textContent));
      failures += 1;
      later(Math.min(EVERY_MS * 2 ** failures, SLOWEST_MS));
    }
  }

  async function take(answer) {
    const was = figures.empty;
    figures = await answer.json();
    etag = answer.headers.get("etag") ?? "";
    if (was !== figures.empty) return location.reload();
    show();
  }

  /* An account has to say again now and then who it is: that needs no typing, only the page. */
  function signedOut() {
    if (performance.now() > 60000) return location.reload();
    stopped = troubled = true;
    say(words.out, element("a", words.in, { href: "/desk/login" }));
  }

  function pause() {
    const again = element("button", words.renew, { type: "button", class: "plain" });
    again.addEventListener("click", () => { usedAt = Date.now(); say(""); renew(); });
    say(words.paused, again);
  }

  /* Who the largest risks are: looked up apart, so that the figures need not wait for it. */
  async function risks() {
    const place = byId("top");
    if (!place || document.hidden || stopped) return;
    try {
      const answer = await fetch(board.dataset.risks, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(25000) });
      if (answer.status !== 200) throw new Error(String(answer.status));
      const found = await answer.json();
      const rows = found.rows.map(([who, why, open]) => {
        const row = element("tr"), head = element("th", "", { scope: "row" });
        const name = element("span");
        name.append(element("bdi", who));
        head.append(name);
        const reasons = element("td");
        reasons.append(element("span", why));
        row.append(head, reasons, element("td", open, { class: "num" }));
        return row;
      });
      if (!rows.length) rows.push(fill(words.none));
      while (rows.length < 5) rows.push(fill());
      place.replaceChildren(...rows);
      byId("top-note").textContent = found.part ?? "";
    } catch {
      byId("top-note").textContent = words.failed;
    }
    setTimeout(risks, RISKS_MS);
  }

  function fill(text = "") {
    const row = element("tr");
    row.append(element("td", text, { colspan: 3, class: "muted" }));
    return row;
  }

  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, () => { usedAt = Date.now(); }, { passive: true });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && !stopped) later(0); });
  addEventListener("online", () => later(0));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); show(); });
  for (const chart of figures.charts) draw(chart);
  later(EVERY_MS);
  risks();
})();
