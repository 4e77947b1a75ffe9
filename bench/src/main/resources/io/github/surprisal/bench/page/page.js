"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const colour = name => () => getComputedStyle(document.documentElement).getPropertyValue(name);
const last = values => values[values.length - 1];

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text ?? "";
  if (className) made.className = className;
  return made;
}

function table(id, header, rows, names) {
  const to = document.getElementById(id);
  [header, ...rows].forEach((cells, line) => {
    const row = to.appendChild(document.createElement("tr"));
    cells.forEach((cell, i) =>
      row.appendChild(element(line ? "td" : "th", cell, i < names ? "name" : "")));
  });
}

// good: whether it is as it has to be, or undefined if nothing is expected of it
function fact(value, label, good) {
  const box = document.getElementById("facts").appendChild(document.createElement("div"));
  box.append(element("b", value, good === undefined ? "" : good ? "good" : "bad"), element("span", label, "quiet"));
}

document.getElementById("machine").textContent =
  data.machine.map(line => line.replace(/\s{2,}/, ": ")).join(" · ");
