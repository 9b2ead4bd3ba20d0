/* Small helps on top of pages that work without script: shortcuts, menus, saying what changed. */
"use strict";
(() => {
  const say = (text) => {
    const said = document.getElementById("said");
    said.textContent = text;
    said.classList.add("shown");
    clearTimeout(say.timer);
    say.timer = setTimeout(() => said.classList.remove("shown"), 9000);
  };
  const typing = (el) => el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open], details.edit[open], details.act[open]").forEach((d) => {
        d.open = false;
        d.querySelector("summary").focus();
      });
      return;
    }
    if (event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const box = document.querySelector(".big-seek input, .bar .seek input");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // Suggestions: arrows walk through them, Escape or a click elsewhere puts them away.
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest && event.target.closest(".suggest");
    if (!box) return;
    const links = Array.from(box.querySelectorAll(".suggestions a"));
    if (event.key === "Escape") box.querySelector(".suggestions").replaceChildren();
    if (!links.length || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    (next < 0 ? box.querySelector("input") : links[Math.min(next, links.length - 1)]).focus();
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll(".suggestions").forEach((list) => {
      if (!list.closest(".suggest").contains(event.target)) list.replaceChildren();
    });
  });

  // On a phone the tabs scroll sideways: the one that stands open is seen.
  const showTab = () => document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  });
  showTab();
  document.addEventListener("htmx:afterSettle", showTab);

  // On a phone the facets stay folded until somebody wants them.
  if (window.matchMedia("(max-width: 820px)").matches) {
    document.querySelectorAll("details.facets").forEach((box) => { box.open = false; });
  }

  // A form that opens takes the keyboard; after it was sent, its button has it again.
  let opener = null;
  let sent = null;
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches("details.act[open]")) return;
    const field = event.target.querySelector("textarea, select, input:not([type=hidden])");
    if (field) field.focus();
  }, true);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const box = event.target.closest("details.act");
    if (box && event.target.matches("form")) [opener, sent] = [box.querySelector("summary").id, event.detail.xhr];
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!sent || event.detail.xhr !== sent) return;
    sent = null;
    if (document.activeElement !== document.body) return;
    (document.getElementById(opener) || document.getElementById("main")).focus({ preventScroll: true });
  });

  // Choosing rows: one box for all, and how many are chosen.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("td.pick input, input[data-all]")) return;
    const boxes = Array.from(document.querySelectorAll("td.pick input"));
    if (event.target.dataset.all) boxes.forEach((box) => { box.checked = event.target.checked; });
    const chosen = boxes.filter((box) => box.checked).length;
    const all = document.querySelector("input[data-all]");
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    const words = document.querySelector(".chosen-n");
    if (words) words.textContent = words.dataset.words.replace("{n}", String(chosen));
  });

  // Filters act when a choice is made; typed fields wait for Enter.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form && event.target.matches("select, input[type=date], input[type=checkbox]")) form.requestSubmit();
  });

  // Empty filters do not belong into an address that people pass on.
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-auto]")) {
      event.target.querySelectorAll("input, select").forEach((el) => { if (!el.value) el.disabled = true; });
    }
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-auto] :disabled").forEach((el) => { el.disabled = false; });
  });

  document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline));

  // A failed background request says so instead of doing nothing.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) { window.location.reload(); return; }
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const words = Array.from(page.querySelectorAll("main h1, main h1 + p"), (el) => el.textContent);
    say(words.join(" ") || `${event.detail.xhr.status}`);
  });
})();
