/* The page image beside the values: zoom, pages, and value ↔ box lighting each other. */
"use strict";
(() => {
  const sheets = document.getElementById("sheets");
  if (!sheets) return;
  const $all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const pages = () => $all(".sheet-page", sheets);
  const at = document.getElementById("page-at");
  let zoom = 1;
  let held = null;

  const light = (id) => {
    $all(".lit").forEach((el) => el.classList.remove("lit"));
    if (!id) return;
    $all(`[data-spot~="${CSS.escape(id)}"], [data-mark="${CSS.escape(id)}"]`).forEach((el) => el.classList.add("lit"));
  };

  const show = (el) => {
    if (!el) return;
    const box = el.getBoundingClientRect();
    const frame = sheets.getBoundingClientRect();
    if (box.top >= frame.top + 20 && box.bottom <= frame.bottom - 20) return;
    sheets.scrollTop += box.top - frame.top - frame.height / 3;
    sheets.scrollLeft += box.left < frame.left || box.right > frame.right ? box.left - frame.left - 20 : 0;
  };
  const spotOf = (id) => sheets.querySelector(`[data-spot~="${CSS.escape(id)}"]`);

  const jump = (id) => {
    held = id;
    light(id);
    show(spotOf(id));
    const target = document.getElementById(id) || document.querySelector(`[data-mark="${CSS.escape(id)}"]`);
    if (target) target.scrollIntoView({ block: "center", behavior: "smooth" });
  };

  // Delegated, because corrections replace the values pane.
  document.addEventListener("pointerover", (event) => {
    const value = event.target.closest("[data-mark]");
    const spot = event.target.closest("[data-spot]");
    if (value) light(value.dataset.mark);
    else if (spot) light(spot.dataset.spot.split(" ").pop());
    else light(held);
  });
  document.addEventListener("focusin", (event) => {
    const value = event.target.closest("[data-mark]");
    if (value) { light(value.dataset.mark); show(spotOf(value.dataset.mark)); }
  });
  document.addEventListener("click", (event) => {
    const doubtful = event.target.closest("[data-jump]");
    if (doubtful) { event.preventDefault(); jump(doubtful.dataset.jump); return; }
    if (event.target.closest("a, button, summary, form")) return;
    const value = event.target.closest("[data-mark]");
    if (value) { held = value.dataset.mark; light(held); show(spotOf(held)); return; }
    const spot = event.target.closest("[data-spot]");
    if (spot) {
      held = spot.dataset.spot.split(" ").pop();
      light(held);
      const target = document.querySelector(`[data-mark="${CSS.escape(held)}"]`);
      if (target) target.scrollIntoView({ block: "center", behavior: "smooth" });
    } else if (event.target.closest("#sheets")) { held = null; light(null); }
  });

  const setZoom = (value) => {
    const middle = (sheets.scrollTop + sheets.clientHeight / 2) / sheets.scrollHeight;
    zoom = Math.min(4, Math.max(0.3, value));
    sheets.style.setProperty("--zoom", String(zoom));
    sheets.scrollTop = middle * sheets.scrollHeight - sheets.clientHeight / 2;
  };
  const current = () => {
    const top = sheets.getBoundingClientRect().top + sheets.clientHeight / 3;
    return Math.max(0, pages().findLastIndex((page) => page.getBoundingClientRect().top <= top));
  };
  const goto = (index) => {
    const page = pages()[Math.min(pages().length - 1, Math.max(0, index))];
    if (page) sheets.scrollTop += page.getBoundingClientRect().top - sheets.getBoundingClientRect().top - 8;
  };
  const say = () => {
    if (at && pages().length) at.textContent = `${pages()[current()].dataset.page} / ${at.dataset.total}`;
  };
  sheets.addEventListener("scroll", say, { passive: true });

  let doubt = -1;
  let shown = null;
  const acts = {
    in: () => setZoom(zoom * 1.25),
    out: () => setZoom(zoom / 1.25),
    fit: () => setZoom(1),
    back: () => goto(current() - 1),
    next: () => goto(current() + 1),
    marks: (button) => button.setAttribute("aria-pressed", String(!sheets.classList.toggle("bare"))),
    doubt: () => {
      const all = $all("[data-jump]");
      if (!all.length) return;
      // One that was settled has left its place to the next.
      if (!all[doubt]) doubt = 0; else if (all[doubt].dataset.jump === shown) doubt = (doubt + 1) % all.length;
      shown = all[doubt].dataset.jump;
      jump(shown);
    },
  };
  // Delegated too: corrections replace the button of doubts.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button) acts[button.dataset.act](button);
  });
  sheets.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") acts.in();
    else if (event.key === "-") acts.out();
    else if (event.key === "0") acts.fit();
    else return;
    event.preventDefault();
  });
  sheets.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    setZoom(zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });

  // An image that cannot be made says so where it would stand.
  $all(".sheet-page img", sheets).forEach((img) => img.addEventListener("error", () => {
    img.closest(".sheet-page").classList.add("failed");
  }));

  const wanted = new URLSearchParams(window.location.search).get("trang");
  const hit = () => (wanted && sheets.querySelector(`[data-page="${CSS.escape(wanted)}"] .spot.hit rect`))
    || sheets.querySelector(".spot.hit rect, mark.hit");
  if (wanted || hit()) requestAnimationFrame(() => {
    if (wanted) goto(pages().findIndex((page) => page.dataset.page === wanted));
    show(hit());
  });
  if (window.location.hash.length > 1) {
    const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    const mark = target && target.dataset.mark;
    if (mark) { held = mark; requestAnimationFrame(() => { light(mark); show(spotOf(mark)); }); }
  }
  say();
})();
