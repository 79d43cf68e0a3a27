// Shows the print button where scripts run; without them the browser's own menu prints as well.
for (const holder of document.querySelectorAll("[data-print]")) {
  holder.hidden = false;
  holder.querySelector("button").addEventListener("click", () => window.print());
}
