// What makes the page quicker to use. Everything works without it.
"use strict";

document.documentElement.classList.add("has-script");

// A slider through the days that the list below it names.
function addSlider() {
  const place = document.getElementById("slider");
  const list = document.getElementById("day-list");
  if (!place || !list) return;
  const links = [...list.querySelectorAll("a")].reverse();
  if (links.length < 2) return;
  const here = links.findIndex((link) => link.hasAttribute("aria-current"));
  const slider = document.createElement("input");
  const output = document.createElement("output");
  slider.type = "range";
  slider.min = 0;
  slider.max = links.length - 1;
  slider.value = here < 0 ? links.length - 1 : here;
  slider.setAttribute("aria-labelledby", "days");
  const tell = () => {
    const day = links[slider.value].textContent;
    output.textContent = day;
    slider.setAttribute("aria-valuetext", day);
  };
  slider.addEventListener("input", tell);
  slider.addEventListener("change", () => { location.href = links[slider.value].href; });
  tell();
  place.append(slider, output);
}

// The desk of flags by the keyboard alone; what is half written stays when the page is left.
function addDesk() {
  const table = document.getElementById("flags");
  const rows = table ? [...table.tBodies[0].rows] : [];
  const note = document.getElementById("note");
  const actor = document.getElementById("actor");
  let at = -1;
  const go = (to) => {
    if (rows.length === 0) return;
    if (at >= 0) rows[at].classList.remove("chosen");
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows[at].classList.add("chosen");
    const target = rows[at].querySelector("input[type=checkbox]") || rows[at].querySelector("a");
    if (target) target.focus();
  };
  const keys = {
    j: () => go(at + 1),
    k: () => go(at - 1),
    x: () => { const box = at >= 0 && rows[at].querySelector("input[type=checkbox]"); if (box) box.checked = !box.checked; },
    a: () => {
      if (!note) return;
      const box = at >= 0 && rows[at].querySelector("input[type=checkbox]");
      if (box) box.checked = true;
      (actor && actor.value === "" ? actor : note).focus();
    },
    "/": () => { const kind = document.getElementById("kind"); if (kind) kind.focus(); },
  };
  if (!table && !note) return;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const [name, field] of [["note", note], ["actor", actor]]) {
    if (!field) continue;
    const key = "skurd-" + name;
    if (field.value === "") field.value = sessionStorage.getItem(key) || "";
    field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
  }
  // Where the acknowledgement is stored, the note is no draft any more.
  if (note && document.querySelector("[role=status].improved")) {
    sessionStorage.removeItem("skurd-note");
    note.value = "";
  }
}

// An order's events as they come.
async function followOrder() {
  const list = document.getElementById("order-events");
  if (!list || !list.dataset.stream) return;
  const response = await fetch(list.dataset.stream + "?from=" + (list.children.length + 1));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (line === "") continue;
      const event = JSON.parse(line);
      document.getElementById("order-state").textContent = event.state;
      if (event.last) { location.reload(); return; }
      document.getElementById("order-progress").textContent = event.progress || "";
      const item = document.createElement("li");
      item.textContent = event.at.slice(0, 16).replace("T", " ") + " UTC " + event.state + " " + (event.progress || "");
      list.append(item);
    }
  }
  location.reload();
}

// A page that waits for an answer of a form looks again, as the refresh does without scripts.
function lookAgain() {
  const waits = document.querySelector("[data-awaited]");
  if (waits) setTimeout(() => location.reload(), 700);
}

addSlider();
addDesk();
followOrder();
lookAgain();
