/* What only a script can offer on a sheet: printing, and going back. Both stay hidden without it. */

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const cameFromHere = document.referrer.startsWith(location.origin) || history.length > 1;
for (const button of document.querySelectorAll("[data-back]")) {
  button.hidden = !cameFromHere;
  button.addEventListener("click", () => history.back());
}
