/* Shows each page as it will be turned, and those that will be dropped. */
"use strict";
document.addEventListener("change", (event) => {
  if (event.target.name === "bo") event.target.closest("li").classList.toggle("dropped", event.target.checked);
  if (event.target.name !== "xoay") return;
  const image = event.target.closest("li").querySelector("img");
  image.style.transform = `rotate(${event.target.value}deg)${event.target.value % 180 ? " scale(.7)" : ""}`;
});
