"use strict";
(() => {
  const words = document.documentElement.lang === "de"
    ? { filter: "Filtern", close: "Schließen", shown: (n, all) => `${n} von ${all} Zeilen`, find: "Kunden suchen",
        copy: "Als CSV kopieren", copied: "Kopiert", more: "Alles zeigen", less: "Nur das Wichtigste", separator: ";" }
    : { filter: "Filter", close: "Close", shown: (n, all) => `${n} of ${all} rows`, find: "Find a customer",
        copy: "Copy as CSV", copied: "Copied", more: "Show all", less: "Show less", separator: "," };
  const buttonOf = (name, text, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = name;
    button.textContent = text;
    button.addEventListener("click", act);
    return button;
  };
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
  // A table as a spreadsheet takes it; what a spreadsheet would work out is marked as text.
  const cellOf = (cell) => {
    const text = cell.textContent.replace(/\s+/gu, " ").trim();
    const safe = /^([=@]|[+-](?![\d.,]))/.test(text) ? `'${text}` : text;
    return /["\n;,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const copyOf = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  };
  for (const table of document.querySelectorAll(".table-block table")) {
    if (table.tBodies[0].rows.length < 5) continue;
    const button = buttonOf("copy", words.copy, async () => {
      const rows = [...table.tHead.rows, ...table.tBodies[0].rows].filter((row) => !row.hidden);
      await copyOf(`${rows.map((row) => [...row.cells].map(cellOf).join(words.separator)).join("\r\n")}\r\n`);
      button.textContent = words.copied;
    });
    button.setAttribute("aria-label", `${words.copy}: ${table.caption.textContent}`);
    const bar = table.closest(".table-block").querySelector(".filter") ?? document.createElement("p");
    bar.classList.add("filter");
    bar.append(button);
    if (!bar.isConnected) table.closest(".scroll").before(bar);
  }
  // A section shows its finding and its first picture; what is looked for or linked to opens it.
  const foldedOf = (section) => section.classList.contains("cards")
    ? [...section.querySelectorAll(":scope > .card")].slice(5)
    : [...section.querySelectorAll(":scope > .rows > .row")].slice(1);
  const unfold = (element, open = true) => {
    const section = element?.closest(".folding");
    if (!section || section.classList.contains("open") === open) return;
    section.classList.toggle("open", open);
    for (const part of foldedOf(section)) {
      if (open) part.removeAttribute("hidden"); else part.setAttribute("hidden", "until-found");
    }
    const button = section.querySelector(":scope > .unfold");
    button.textContent = open ? words.less : words.more;
    button.setAttribute("aria-expanded", String(open));
  };
  for (const section of document.querySelectorAll("main > .section:not(.appendix)")) {
    if (!foldedOf(section).length) continue;
    section.classList.add("folding", "open");
    const button = buttonOf("unfold", words.less, () => unfold(section, !section.classList.contains("open")));
    button.setAttribute("aria-label", `${section.querySelector(".kicker").textContent}: ${words.more}`);
    section.append(button);
    section.addEventListener("beforematch", () => unfold(section));
    unfold(section, false);
  }
  const toTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest(".folding") || target.classList.contains("folding")) return;
    unfold(target);
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", toTarget);
  toTarget();
  const cards = [...document.querySelectorAll("main .card")];
  if (cards.length) {
    const box = document.createElement("div"), field = document.createElement("input"), found = document.createElement("ul");
    box.className = "find";
    field.type = "search";
    field.placeholder = words.find;
    field.setAttribute("aria-label", words.find);
    found.setAttribute("aria-live", "polite");
    const names = cards.map((card) => card.querySelector("h3").textContent);
    field.addEventListener("input", () => {
      const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      const hits = wanted.length ? cards.filter((_, i) => wanted.every((word) => names[i].toLowerCase().includes(word))) : [];
      found.replaceChildren(...hits.slice(0, 8).map((card) => {
        const item = document.createElement("li"), link = document.createElement("a");
        link.href = `#${card.id}`;
        link.textContent = card.querySelector("h3").textContent;
        item.append(link);
        return item;
      }));
    });
    box.append(field, found);
    document.querySelector(".nav-period").after(box);
  }
  const dialog = document.createElement("dialog");
  const close = buttonOf("close", words.close, () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("td a, th a, .find a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const card = document.getElementById(link.hash.slice(1));
    if (!card?.classList.contains("card") || !dialog.showModal) return;
    event.preventDefault();
    const copy = card.cloneNode(true);
    copy.removeAttribute("id");
    copy.removeAttribute("hidden");
    dialog.setAttribute("aria-label", copy.querySelector("h3").textContent);
    dialog.replaceChildren(close, copy);
    dialog.showModal();
  });
})();
