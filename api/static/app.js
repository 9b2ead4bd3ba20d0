/* Small helps on top of pages that work without script: shortcuts, menus, saying what changed. */
"use strict";
(() => {
  const typing = (el) => el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open], details.edit[open]").forEach((d) => {
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

  // A failed background request says so instead of doing nothing.
  document.addEventListener("htmx:responseError", (event) => {
    const said = document.getElementById("said");
    if (event.detail.xhr.status === 401) { window.location.reload(); return; }
    if (said) said.textContent = event.detail.xhr.responseText.length < 300 ? event.detail.xhr.responseText : document.title;
  });
})();
