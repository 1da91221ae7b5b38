"use strict";

/*
 * Draws every element with data-picture by the function of that name in `pictures` (pictures.js), from the JSON in
 * #data. Colours are those of the style sheet, so a picture is drawn again when the theme changes. Names of solvers and
 * instances come from clients: they are only ever put into the page as text.
 */
const report = JSON.parse(document.getElementById("data").textContent);
const pictures = {};
const drawn = [];

// Twelve that differ in hue and lightness, after Okabe and Ito; the same solver has the same colour in every picture.
const palette = {
  light: ["#0072b2", "#d55e00", "#009e73", "#b0468c", "#8a6d00", "#2f9fd8", "#a03030", "#5b4bb7", "#557a2b", "#c2477f", "#00757a", "#6b6b6b"],
  dark: ["#56b4e9", "#ff9a4d", "#3ddba4", "#f090cf", "#e8d24a", "#9ad7ff", "#ff8080", "#b6a9ff", "#b3dd7a", "#ff9ec4", "#5fdde2", "#c9c9c9"],
};
const dashes = ["solid", "dashed", "dotted"];
const symbols = ["circle", "rect", "triangle", "diamond"];

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function ink(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Colour, dash and symbol of a solver: no two of the first twelve share all three, so colour is never the only sign. */
function lookOf(name) {
  const index = Math.max(0, report.entrants.findIndex((entrant) => entrant.name === name));
  const colours = isDark() ? palette.dark : palette.light;
  return {
    color: colours[index % colours.length],
    dash: dashes[index % dashes.length],
    symbol: symbols[index % symbols.length],
    width: report.entrants[index].isCandidate ? 3 : 1.8,
  };
}

function short(text, length) {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function number(value) {
  if (value === null || value === undefined) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(1).replace("e+", "e").replace(".0e", "e");
  return String(Number(value.toPrecision(4)));
}

/** What the pointer's box says: elements, not markup, so that a name stays a name. */
function tip(...lines) {
  const box = document.createElement("div");
  box.className = "tip";
  for (const line of lines) {
    const part = document.createElement("div");
    part.textContent = line;
    box.append(part);
  }
  return box;
}

/*
 * Gaps reach from 0 to millions of percent and may be negative. Beyond 10 % their axis is linear up to 0.1 % and
 * logarithmic from there on either side: bend() maps a gap to its place, unbend() back.
 */
const knee = 0.1;

function gapScale(values) {
  const bent = values.some((value) => Math.abs(value) > 10);
  const bend = (gap) => {
    if (gap === null || !bent) return gap;
    const size = Math.abs(gap) / knee;
    return Math.sign(gap) * (size <= 1 ? size : 1 + Math.log10(size));
  };
  const unbend = (place) => {
    if (!bent) return place;
    const size = Math.abs(place);
    return Math.sign(place) * knee * (size <= 1 ? size : 10 ** (size - 1));
  };
  const axis = {
    type: "value",
    name: bent ? "gap, % (logarithmic beyond 0.1)" : "gap, %",
    axisLabel: { formatter: (place) => number(unbend(place)) },
    ...(bent ? { minInterval: 1, maxInterval: 1 } : {}),
  };
  return { bend, unbend, axis };
}

/** An axis in the report's colours. */
function axis(options) {
  const line = { lineStyle: { color: ink("line") } };
  return {
    nameLocation: "middle",
    nameGap: 34,
    nameTextStyle: { color: ink("soft") },
    axisLine: { show: true, ...line },
    axisTick: line,
    splitLine: line,
    minorSplitLine: { show: false },
    ...options,
    axisLabel: { color: ink("soft"), hideOverlap: true, ...options.axisLabel },
  };
}

/**
 * Marks of an axis of logarithms: powers of ten, and below two magnitudes 1, 2 and 5 of each. The library's own
 * logarithmic axis has powers of ten only, and a range of one magnitude may hold none of them.
 */
function logMarks(least, most) {
  const digits = most >= 100 * least ? [1] : [1, 2, 5];
  const marks = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); power++)
    for (const digit of digits) {
      const mark = digit * 10 ** power;
      if (mark >= least && mark <= most) marks.push(Math.log10(mark));
    }
  return marks;
}

/** Categories: names of solvers, turned where they would not fit beside each other. */
function solverAxis(names, options) {
  const isLong = names.length > 6 || names.join("").length > 60;
  return axis({
    type: "category",
    data: names,
    splitLine: { show: false },
    axisLabel: { interval: 0, hideOverlap: false, rotate: isLong ? 40 : 0, formatter: (name) => short(name, names.length > 5 ? 18 : 26) },
    ...options,
  });
}

function legend(names) {
  return {
    type: "scroll",
    top: 0,
    itemWidth: 20,
    itemHeight: 11,
    data: names,
    textStyle: { color: ink("ink") },
    inactiveColor: ink("line"),
    pageTextStyle: { color: ink("soft") },
    pageIconColor: ink("soft"),
    formatter: (name) => short(name, 24),
  };
}

/** What all pictures share. */
function frame(options) {
  return {
    animation: false,
    backgroundColor: "transparent",
    textStyle: { fontFamily: "system-ui, sans-serif", color: ink("ink") },
    grid: { left: 64, right: 24, top: 44, bottom: 60 },
    ...options,
    tooltip: {
      confine: true,
      backgroundColor: ink("card"),
      borderColor: ink("line"),
      textStyle: { color: ink("ink"), fontSize: 13 },
      ...options.tooltip,
    },
  };
}

function draw() {
  for (const chart of drawn.splice(0)) chart.dispose();
  for (const element of document.querySelectorAll("[data-picture]")) {
    const id = element.dataset.picture;
    const data = report.pictures[id];
    const picture = pictures[id.split("-")[0]];
    if (!data || !picture) continue;
    const { height, option } = picture(data, id);
    if (height) element.style.height = `${height}px`;
    const chart = echarts.init(element, null, { renderer: "svg" });
    chart.setOption(option);
    drawn.push(chart);
  }
}

function start() {
  draw();
  const button = document.getElementById("theme");
  button.hidden = false;
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    draw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));

  // On paper: light, every table open; afterwards as it was.
  let before = null;
  addEventListener("beforeprint", () => {
    const root = document.documentElement;
    const closed = [...document.querySelectorAll("details:not([open])")];
    before = { theme: root.dataset.theme, closed };
    root.dataset.theme = "light";
    closed.forEach((details) => (details.open = true));
    draw();
    drawn.forEach((chart) => chart.resize({ width: 680 }));
  });
  addEventListener("afterprint", () => {
    if (!before) return;
    const root = document.documentElement;
    if (before.theme) root.dataset.theme = before.theme;
    else delete root.dataset.theme;
    before.closed.forEach((details) => (details.open = false));
    before = null;
    draw();
  });
}
