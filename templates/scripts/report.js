"use strict";
(() => {
  const words = document.documentElement.lang === "de"
    ? { filter: "Filtern", close: "Schließen", shown: (n, all) => `${n} von ${all} Zeilen` }
    : { filter: "Filter", close: "Close", shown: (n, all) => `${n} of ${all} rows` };
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const grouping = document.documentElement.lang === "de" ? /\./g : /,/g;
  const keyOf = (row, index) => {
    const cell = row.cells[index], text = (cell.dataset.s ?? cell.textContent).trim();
    const day = /^(\d\d)[./](\d\d)[./](\d{4})$/.exec(text);
    if (day) return Number(day[3] + day[2] + day[1]);
    const number = /^[^\p{L}\d]{0,3}\d[\d.,]*/u.exec(text.replace("\u2212", "-"));
    if (!number) return text;
    const value = Number(number[0].replace(/[^\d.,-]/g, "").replace(grouping, "").replace(",", "."));
    return Number.isNaN(value) ? text : value;
  };
  const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b
    : typeof a === "number" ? 1 : typeof b === "number" ? -1 : collator.compare(a, b);
  for (const table of document.querySelectorAll(".table-block table")) {
    const body = table.tBodies[0], [whole, ...keys] = (table.dataset.keys ?? "").split(" ");
    [...table.tHead.rows[0].cells].forEach((head, index) => {
      const button = document.createElement("button"), shown = keys[index] ?? "-";
      if (shown !== "-") head.title = shown.split("+").map((key) => key[0] === "/" ? key.slice(1) : `${whole}.${key}`).join(", ");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].sort((a, b) => compare(keyOf(a, index), keyOf(b, index)));
        body.append(...(down ? rows.reverse() : rows));
      });
    });
  }
  for (const block of document.querySelectorAll("[data-filterable]")) {
    const table = block.querySelector("table"), rows = [...table.tBodies[0].rows];
    const field = document.createElement("input"), state = document.createElement("span");
    const bar = document.createElement("p");
    field.type = "search";
    field.placeholder = words.filter;
    field.setAttribute("aria-label", `${words.filter}: ${table.caption.textContent}`);
    state.setAttribute("aria-live", "polite");
    state.textContent = words.shown(rows.length, rows.length);
    bar.className = "filter";
    bar.append(field, state);
    block.querySelector(".scroll").before(bar);
    const texts = rows.map((row) => row.textContent.toLowerCase());
    field.addEventListener("input", () => {
      const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        row.hidden = !wanted.every((word) => texts[index].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      state.textContent = words.shown(shown, rows.length);
    });
  }
  const dialog = document.createElement("dialog"), close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = words.close;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("td a, th a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const card = document.getElementById(link.hash.slice(1));
    if (!card?.classList.contains("card") || !dialog.showModal) return;
    event.preventDefault();
    const copy = card.cloneNode(true);
    copy.removeAttribute("id");
    dialog.setAttribute("aria-label", copy.querySelector("h3").textContent);
    dialog.replaceChildren(close, copy);
    dialog.showModal();
  });
})();
