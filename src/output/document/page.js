// Lets a reader filter and sort the table of the index. Without it the table is whole.
(function () {
  "use strict";
  var table = document.querySelector("table.sortable");
  var body = table.tBodies[0], rows = Array.from(body.rows);
  var heads = Array.from(table.tHead.rows[0].cells);
  var order = new Intl.Collator("en", { numeric: true });
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
  // A cell's words, without the letter or arrow before them.
  function words(row, column) {
    return row.cells[column].textContent.replace(/^\S\s/, "");
  }
  function add(parent, kind, text) {
    var part = document.createElement(kind);
    part.textContent = text;
    return parent.appendChild(part);
  }
  heads.forEach(function (head, column) {
    var button = add(head, "button", head.textContent);
    head.firstChild.remove();
    button.type = "button";
    button.addEventListener("click", function () {
      var turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
      rows.sort(function (a, b) {
        return turn * order.compare(words(a, column), words(b, column)) || order.compare(words(a, 0), words(b, 0));
      });
      rows.forEach(function (row) { body.appendChild(row); });
    });
  });
  var tools = document.createElement("search");
  tools.className = "tools";
  var find = add(add(tools, "label", "Country or region "), "input", "");
  find.type = "search";
  var tier = add(add(tools, "label", "Tier "), "select", "");
  var said = add(tools, "span", "");
  said.setAttribute("role", "status");
  add(tier, "option", "all").value = "";
  Array.from(new Set(rows.map(function (row) { return words(row, 1); }))).sort(order.compare).forEach(function (name) {
    add(tier, "option", name);
  });
  function filter() {
    var wanted = fold(find.value.trim());
    var shown = rows.filter(function (row) {
      row.hidden = !fold(row.textContent).includes(wanted) || Boolean(tier.value) && tier.value !== words(row, 1);
      return !row.hidden;
    });
    said.textContent = shown.length + " of " + rows.length + " countries";
  }
  find.addEventListener("input", filter);
  tier.addEventListener("change", filter);
  find.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { find.value = ""; filter(); }
  });
  table.before(tools);
  filter();
}());
