/* Review by keyboard: Enter accepts and goes on; a click on a word of the page image fills the open field. */
"use strict";
(() => {
  const pane = () => document.getElementById("values");
  if (!pane()) return;
  const typing = (el) => /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) && el.type !== "hidden";
  const doubts = () => Array.from(document.querySelectorAll("a[data-jump][data-doubt]"));
  const cards = () => Array.from(document.querySelectorAll(".task-card[tabindex]"));
  const done = () => document.querySelector("form.review-done button");
  let at = -1;
  let asked = null;

  const stand = (index) => {
    const all = doubts();
    if (!all.length) { at = -1; if (done()) done().focus(); return; }
    at = Math.min(Math.max(index, 0), all.length - 1);
    all.forEach((link, n) => link.toggleAttribute("data-now", n === at));
    all[at].click();
  };
  const place = () => {
    const card = document.activeElement.closest(".task-card");
    if (card || at < 0 || !doubts()[at]) return card;
    return document.getElementById(doubts()[at].dataset.jump);
  };
  // The field that opens has the keyboard at once; what was read is chosen, so that typing or a word of the page replaces it.
  const take = (box) => {
    const field = box.querySelector("textarea, select, input:not([type=hidden])");
    if (!field || box.contains(document.activeElement) && document.activeElement === field) return;
    field.focus();
    if (field.select && !box.matches(".of-text")) field.select();
  };
  const unfold = (box) => { if (box) { box.open = true; take(box); } };
  const editor = (from, selector = "details.edit") => {
    for (let el = from; el && el !== pane(); el = el.parentElement) {
      const found = el.querySelector(selector);
      if (found) return found;
    }
    return null;
  };
  const edit = (from, selector) => {
    unfold(from && editor(from, selector));
  };
  const press = (card, name) => {
    const button = card && card.closest(".task-card") && card.closest(".task-card").querySelector(`form.${name} button`);
    if (button) button.click();
  };
  const step = (by) => {
    const all = cards();
    const now = all.indexOf(document.activeElement.closest(".task-card"));
    const next = all[Math.min(Math.max(now + by, 0), all.length - 1)];
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "nearest" }); }
  };

  const keys = {
    Enter: () => {
      if (!doubts()[at]) { stand(at); return; }
      const accept = doubts()[at].closest("li").querySelector("form.accept button");
      if (accept) accept.click(); else if (doubts()[at].dataset.jump.startsWith("r-")) {
        if (at + 1 < doubts().length) stand(at + 1); else if (done()) done().focus();
      } else edit(place());
    },
    g: () => {
      const keep = at >= 0 && doubts()[at] && doubts()[at].closest("li").querySelector("form.keep button");
      if (keep) keep.click();
    },
    n: () => stand(at + 1),
    p: () => stand(at - 1),
    j: () => step(1),
    k: () => step(-1),
    e: () => edit(place()),
    s: () => edit(place() && place().closest(".task-card"), "details.edit.of-text"),
    m: () => press(place(), "join-next"),
    x: () => press(place(), "drop-task"),
    a: () => unfold(document.querySelector("details.add-task")),
    r: () => { if (done()) done().click(); },
    "?": () => { const box = document.querySelector("details.keys"); box.open = !box.open; if (box.open) box.querySelector("summary").focus(); },
  };
  document.addEventListener("keydown", (event) => {
    const el = event.target;
    if (el.tagName === "TEXTAREA" && event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      el.form.requestSubmit();
      return;
    }
    if (el.tagName === "TEXTAREA" && event.altKey && event.code === "KeyS") {
      const split = el.form.querySelector("button.split");
      if (!split) return;
      event.preventDefault();
      el.setRangeText("\n", el.selectionStart, el.selectionEnd, "end");
      split.click();
      return;
    }
    if (typing(el) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && el.closest("a, button, summary")) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("toggle", (event) => {
    if (!event.target.matches || !event.target.matches("details.edit[open], details.add-task[open]")) return;
    take(event.target);
  }, true);
  // Only the answer to what was sent moves the review on; similar letters and names of the registry come whenever they like.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (at >= 0 && event.target.matches("#values form")) asked = event.detail.xhr;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!asked || event.detail.xhr !== asked) return;
    asked = null;
    stand(at);
  });

  // Words of the page image into the open field.
  let field = null;
  const pages = new Map();
  const open = () => (field && field.isConnected && field.closest("details[open]") ? field : null);
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("details.edit textarea, details.edit input:not([type=hidden]), details.add-task textarea")) field = event.target;
  });
  const sheet = (event) => event.target.closest("#sheets .sheet-page");
  document.addEventListener("mousedown", (event) => { if (open() && sheet(event)) event.preventDefault(); });
  document.addEventListener("click", async (event) => {
    const page = sheet(event);
    const into = open();
    if (!page || !into) return;
    event.preventDefault();
    event.stopPropagation();
    const image = page.querySelector("img");
    const box = image.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const size = page.querySelector("svg").viewBox.baseVal;
    if (!pages.has(page)) {
      const answer = await fetch(new URL(image.src).pathname.replace(/\.png$/, "/chu.json"), { credentials: "same-origin" });
      if (!answer.ok) return;
      pages.set(page, await answer.json());
    }
    const hit = pages.get(page).find(([left, top, wide, high]) =>
      x * size.width >= left - 1 && x * size.width <= left + wide + 1 && y * size.height >= top - 1 && y * size.height <= top + high + 1);
    if (!hit) return;
    const before = into.value.slice(0, into.selectionStart);
    const gap = before && !/\s$/.test(before) ? " " : "";
    into.setRangeText(gap + hit[4], into.selectionStart, into.selectionEnd, "end");
    into.focus();
  }, true);

  // A body chosen from the registry becomes a line of the names.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("input.find-agency") || !event.target.value) return;
    const names = event.target.form.querySelector("textarea[name=value], textarea[name=chu_tri]");
    names.value = `${names.value.trimEnd()}${names.value.trim() ? "\n" : ""}${event.target.value}`;
    event.target.value = "";
  });
})();
