// Totals and identities while somebody types; the server checks again when it is stored.
(() => {
  "use strict";
  const form = document.getElementById("tables-form");
  const source = document.getElementById("equations");
  const live = document.getElementById("live-remarks");
  if (!form || !source || !live) return;
  const equations = JSON.parse(source.textContent);

  const find = (key) =>
    form.elements.namedItem(key) || form.querySelector(`output[data-cell="${CSS.escape(key)}"]`);
  const narrow = (text) =>
    text.replace(/[０-９．－＋]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[,，\s]/g, "");
  const value = (key) => {
    const cell = find(key);
    if (!cell) return 0;
    const number = Number(narrow(cell.value || ""));
    return Number.isFinite(number) ? number : 0;
  };
  // Whole millionths: decimals must not be off by a hair.
  const sum = (terms) =>
    terms.reduce((total, [key, sign]) => total + sign * Math.round(value(key) * 1e6), 0);
  const written = (millionths) => String(millionths / 1e6);

  const follow = () => {
    for (let again = 0; again < 2; again += 1) {
      for (const one of equations) {
        if (one.left.length !== 1 || one.across) continue;
        const cell = find(one.left[0][0]);
        if (!cell || !cell.dataset || !("total" in cell.dataset)) continue;
        const parts = one.right.map(([key]) => find(key)).filter((part) => part && part.value !== "");
        cell.value = parts.length ? written(sum(one.right)) : "";
      }
    }
  };
  const check = () => {
    const list = document.createElement("ul");
    for (const one of form.querySelectorAll("td.differs")) one.classList.remove("differs");
    for (const one of equations) {
      const found = sum(one.left);
      const expected = sum(one.right) + Math.round(Number(one.before) * 1e6);
      if (found === expected) continue;
      const key = one.left[0][0];
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#cell-${key}`;
      const sentence = live.dataset.sentence
        .replace("{expected}", written(expected))
        .replace("{found}", written(found));
      const cell = find(key);
      const name = cell && (cell.getAttribute("aria-label") || cell.dataset.name);
      const place = document.getElementById(`cell-${key}`);
      if (place) place.classList.add("differs");
      link.textContent = `${name ? `${name}: ` : ""}${one.label}: ${sentence}`;
      item.append(link);
      list.append(item);
    }
    const heading = document.createElement("p");
    heading.textContent = list.childElementCount ? live.dataset.label : live.dataset.fine;
    live.replaceChildren(heading, ...(list.childElementCount ? [list] : []));
  };
  // Up and down lead along a column, as in a spreadsheet.
  form.addEventListener("keydown", (event) => {
    const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
    const cell = event.target.closest("td");
    if (!step || !cell || event.target.tagName !== "INPUT") return;
    for (let row = cell.parentElement[step]; row; row = row[step]) {
      const other = row.cells[cell.cellIndex];
      const input = other && other.querySelector("input");
      if (!input) continue;
      event.preventDefault();
      input.focus();
      input.select();
      return;
    }
  });
  let timer;
  form.addEventListener("input", (event) => {
    if (event.target.id === "id_reason") return;
    follow();
    window.clearTimeout(timer);
    timer = window.setTimeout(check, 300);
  });
})();
