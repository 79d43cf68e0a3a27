// Copies a text and opens the device's own way to share. Both stay hidden where they cannot work:
// without scripts the text can be marked, the e-mail link and the QR code remain.
for (const holder of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const said = holder.querySelector("[role=status]");
  holder.hidden = false;
  holder.querySelector("button").addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(holder.dataset.copy).textContent);
    said.textContent = said.dataset.done;
  });
}

for (const holder of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  holder.hidden = false;
  holder.querySelector("button").addEventListener("click", () => {
    const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
    // Whoever closes the menu without a choice has not made a mistake.
    navigator.share({ title: document.querySelector("h1").textContent, url }).catch(() => {});
  });
}
