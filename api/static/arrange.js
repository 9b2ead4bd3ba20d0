/* Shows each page as it will be turned. */
"use strict";
document.addEventListener("change", (event) => {
  if (event.target.name !== "xoay") return;
  const image = event.target.closest("li").querySelector("img");
  image.style.transform = `rotate(${event.target.value}deg)${event.target.value % 180 ? " scale(.7)" : ""}`;
});
