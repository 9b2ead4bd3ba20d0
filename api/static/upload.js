/* Sends files one after another with the progress of each; the list below shows the processing. */
"use strict";
(() => {
  const drop = document.getElementById("drop");
  if (!drop) return;
  const inputs = Array.from(drop.querySelectorAll("input[type=file]"));
  const list = document.getElementById("sending");
  const words = drop.dataset;
  const queue = [];
  let busy = 0;

  const row = (file) => {
    const li = document.createElement("li");
    const name = document.createElement("span");
    name.className = "name";
    name.textContent = file.name;
    name.title = file.name;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const state = document.createElement("span");
    state.textContent = words.waiting;
    li.append(name, bar, state);
    list.append(li);
    return { li, bar, state };
  };

  const fail = (at, text) => {
    at.bar.remove();
    at.state.textContent = text;
    at.state.className = "bad";
  };

  const send = ({ file, at }) => {
    busy += 1;
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file, file.name);
    request.open("POST", "/api/v1/files");
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      at.bar.value = (100 * event.loaded) / event.total;
      at.state.textContent = event.loaded < event.total ? `${Math.floor(at.bar.value)} %` : words.storing;
    };
    request.onload = () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* said below */ }
      if (request.status >= 200 && request.status < 300) {
        at.li.remove();
        htmx.trigger("#files", "refresh");
      } else {
        fail(at, [answer.title || words.failed, answer.advice].filter(Boolean).join(" "));
      }
    };
    request.onerror = () => fail(at, words.failed);
    request.onloadend = () => { busy -= 1; next(); };
    request.send(body);
  };

  const next = () => {
    while (busy < 2 && queue.length) send(queue.shift());
  };

  const take = (files) => {
    for (const file of files) {
      const at = row(file);
      if (file.size > Number(words.limit)) { fail(at, words.toolarge); continue; }
      queue.push({ file, at });
    }
    next();
  };

  const takeFrom = (input) => { take(input.files); input.value = ""; };
  inputs.forEach((input) => {
    input.addEventListener("change", () => takeFrom(input));
    if (input.files.length) takeFrom(input); // chosen before this script had come
  });
  drop.addEventListener("submit", (event) => event.preventDefault());
  ["dragenter", "dragover"].forEach((name) => document.addEventListener(name, (event) => {
    if (!event.dataTransfer || !Array.from(event.dataTransfer.types).includes("Files")) return;
    event.preventDefault();
    drop.classList.add("over");
  }));
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer || !event.dataTransfer.files.length) return;
    event.preventDefault();
    drop.classList.remove("over");
    take(event.dataTransfer.files);
  });
  drop.querySelectorAll(".no-script").forEach((el) => el.remove());
  window.addEventListener("beforeunload", (event) => { if (busy || queue.length) event.preventDefault(); });
})();
