"use strict";
// What ravine's pages have in common: tables, and charts drawn by Vega that share one legend, one
// tooltip and the page's switches. Colours are CSS variables: a change between light and dark draws
// nothing anew.

// --- Numbers and elements

const isNumber = (x) => typeof x === "number" && Number.isFinite(x);

/// Digits that count; a dash for what is not there.
function number(x, digits = 4) {
  if (x === null || x === undefined) return "–";
  if (typeof x !== "number") return String(x);
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-3 || size >= 1e7))
    return x.toExponential(digits - 1).replace(/\.?0+e/, "e").replace("e+", "e");
  return Number.isInteger(x) ? x.toLocaleString("en") : String(Number(x.toPrecision(digits)));
}

const counted = (count, thing) => `${number(count)} ${thing}${count === 1 ? "" : "s"}`;

/// "a, b and c"
const listed = (items) =>
  [items.slice(0, -1).join(", "), ...items.slice(-1)].filter(Boolean).join(" and ");

/// "5", or "3 to 5" where they differ.
function span(numbers) {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low === high ? number(low) : `${number(low)} to ${number(high)}`;
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/// Columns are {title, text}: `text` marks those that are no numbers. A wide table scrolls in its
/// own box.
function table(columns, rows) {
  const cell = (tag, content, column) =>
    element(tag, column.text ? { class: "text" } : {}, ...[content].flat());
  const line = (tag, contents) =>
    element("tr", {}, ...columns.map((column, i) => cell(tag, contents[i], column)));
  const withSwatch = (content) =>
    seriesNames.length > 1 && seriesNames.includes(content) ? [swatch(content), content] : content;
  const head = line("th", columns.map((column) => column.title));
  const body = element("tbody", {}, ...rows.map(([first, ...others]) =>
    line("td", [withSwatch(first), ...others])));
  const box = { class: "scroll", tabindex: "0" };
  return element("div", box, element("table", {}, element("thead", {}, head), body));
}

function details(summary, ...children) {
  return element("details", {}, element("summary", {}, summary), ...children);
}

// --- What all charts of the page share

const views = [];
/// Each says anew what its chart shows, as text.
const descriptions = [];
/// Signals that every chart has: the series that are switched off, and the page's switches. Set
/// up before the first chart.
const shared = { hidden: [] };

function share(name, value) {
  shared[name] = value;
  for (const view of views) view.signal(name, value).runAsync();
  for (const describe of descriptions) describe();
}

/// Told apart by colour (after Okabe and Ito, which colour-blind readers tell apart) and by shape;
/// beyond seven the colours come again, with other shapes and with dashes.
const shapes = [
  ["circle", "●"], ["square", "■"], ["triangle-up", "▲"], ["diamond", "◆"],
  ["triangle-down", "▼"], ["cross", "✚"], ["triangle-right", "▶"],
];
const dashes = [[1, 0], [10, 4], [2, 3]];
/// Of predictions, which are dashed from the first on.
const predictedDashes = [[5, 3], [10, 3, 2, 3], [5, 2, 1, 2, 1, 2]];
const round = (i) => Math.floor(i / shapes.length);
const colour = (i) => `var(--series-${(i % shapes.length) + 1})`;
const shape = (i) => shapes[(i + round(i)) % shapes.length];
const dash = (i) => dashes[round(i) % dashes.length];
const predictedDash = (i) => predictedDashes[round(i) % predictedDashes.length];

let seriesNames = [];
/// Of those that are drawn as lines alone, by their names: how the i-th one is dashed.
let lineDashes = {};

/// A series as charts draw it: its line alone, or its point, and its line where that tells apart.
function swatch(name) {
  const i = seriesNames.indexOf(name);
  const made = element("span", { class: "series", style: `color: ${colour(i)}` });
  const isLine = name in lineDashes;
  const dashed = (lineDashes[name] ?? dash)(i).join(" ");
  if (isLine || seriesNames.length > shapes.length)
    made.innerHTML = '<svg width="26" height="8" aria-hidden="true"><path d="M0,4H26" ' +
      `stroke="currentColor" stroke-width="2" stroke-dasharray="${dashed}"/></svg>`;
  if (!isLine) made.append(shape(i)[1]);
  return made;
}

/// A button a series, which shows or hides it in every chart of the page.
function legend(names, dashesOfLines = {}) {
  seriesNames = names;
  lineDashes = dashesOfLines;
  const buttons = names.map((name) => element(
    "button", { type: "button", "aria-pressed": "true" }, swatch(name), ` ${name}`));
  const toggle = (name) => {
    const hidden = shared.hidden.includes(name)
      ? shared.hidden.filter((other) => other !== name)
      : [...shared.hidden, name];
    // Charts without any series would say nothing: hiding the last one shows all.
    share("hidden", hidden.length === names.length ? [] : hidden);
    buttons.forEach((button, i) =>
      button.setAttribute("aria-pressed", String(!shared.hidden.includes(names[i]))));
  };
  buttons.forEach((button, i) => button.addEventListener("click", () => toggle(names[i])));
  const attributes = { class: "legend", role: "group", "aria-label": "Shown in all charts" };
  return element("div", attributes, ...buttons);
}

/// A choice between values of a shared signal, the first at the start.
function choice(label, signal, values) {
  share(signal, values[0]);
  const inputs = values.map((value) => {
    const input = element("input", { type: "radio", name: signal, value });
    input.checked = value === values[0];
    input.addEventListener("change", () => share(signal, value));
    return element("label", {}, input, element("span", {}, value));
  });
  return element("fieldset", { class: "choice" }, element("legend", {}, label), ...inputs);
}

const tooltip = element("div", { id: "tooltip", hidden: "" });
document.body.append(tooltip);

/// Vega's handler of tooltips; `facts` is what `described` made of a mark.
function showTooltip(handler, event, item, facts) {
  tooltip.hidden = !facts;
  if (!facts) return;
  const { title, ...rows } = facts;
  const lines = Object.entries(rows).map(([name, value]) =>
    element("div", {}, element("span", {}, name), ` ${value}`));
  tooltip.replaceChildren(element("strong", {}, title), ...lines);
  const gap = 14;
  const { width, height } = tooltip.getBoundingClientRect();
  const right = event.clientX + gap + width < document.documentElement.clientWidth;
  const left = right ? event.clientX + gap : Math.max(4, event.clientX - gap - width);
  tooltip.style.left = `${left}px`;
  tooltip.style.top = `${Math.max(4, event.clientY - gap - height)}px`;
}

// --- Parts of Vega's specifications

const font = "system-ui, sans-serif";
const config = {
  axis: {
    domainColor: "var(--line)", tickColor: "var(--line)", gridColor: "var(--grid)",
    labelColor: "var(--muted)", titleColor: "var(--muted)", labelFont: font, titleFont: font,
    labelFontSize: 11, titleFontSize: 11, titleFontWeight: "normal", titlePadding: 8,
    labelPadding: 5, labelLimit: 130, labelOverlap: true, tickSize: 4,
  },
  text: { font, fontSize: 11, fill: "var(--muted)" },
  rule: { stroke: "var(--line)" },
};

/// A row of a chart's data with what its mark says: in the tooltip, and as its label.
function described(row, series, facts) {
  const words = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  const label = [series, ...words].join(", ");
  return { ...row, series, tip: { title: series, ...facts }, label };
}

const bySeries = (scale) => ({ scale, field: "series" });
const says = { tooltip: { field: "tip" }, description: { field: "label" } };
const at = { x: { scale: "x", field: "x" }, y: { scale: "y", field: "y" } };

// Vega knows the pixels of a mark by the mark's name as it knows data by theirs: with one name for
// both, domains would be read from pixels. So the data of the marks `trials` are `trials_rows`.

/// A mark a row of `data` at its x and y, in its series' colour and shape. The wide invisible
/// stroke makes it easy to hit.
function points(name, data, encode = {}) {
  return {
    type: "symbol", name, from: { data },
    encode: {
      enter: says,
      update: { ...at, fill: bySeries("colour"), fillOpacity: { value: 1 },
                shape: bySeries("shape"), size: { value: 42 },
                stroke: { value: "transparent" }, strokeWidth: { value: 8 }, ...encode },
      hover: { fillOpacity: { value: 1 }, size: { value: 110 } },
    },
  };
}

/// A line from `from` to `to`, fields along `axis`, as for an interval.
function interval(name, data, axis, [from, to], encode = {}) {
  return {
    type: "rule", name, from: { data },
    encode: {
      enter: { ...says, stroke: bySeries("colour"), strokeWidth: { value: 2 } },
      update: { ...at, ...encode, [axis]: { scale: axis, field: from },
                [`${axis}2`]: { scale: axis, field: to } },
    },
  };
}

/// A line a series through x and y, with the band from `low` to `high` where they are told; `look`
/// is what it does not share with other lines.
function lines(data, { band, interpolate = "linear", look = {} } = {}) {
  const part = (type, name, encode) => ({
    type, name, from: { data: "one_series" },
    encode: {
      enter: { description: { signal: `parent.series + ', ${name}'` },
               interpolate: { value: interpolate } },
      update: { x: at.x, ...encode },
    },
  });
  const stroke = { stroke: bySeries("colour"), strokeDash: bySeries("dash"),
                   strokeWidth: { value: 2 }, ...look };
  const marks = [part("line", "line", { y: at.y, ...stroke })];
  if (band)
    marks.unshift(part("area", "band", {
      y: { scale: "y", field: "low" }, y2: { scale: "y", field: "high" },
      fill: bySeries("colour"), fillOpacity: { value: 0.16 },
    }));
  return { type: "group", from: { facet: { name: "one_series", data, groupby: "series" } }, marks };
}

/// Dragging zooms into the rectangle (along one axis, if it is flat), Ctrl and the wheel at the
/// pointer; a double click resets.
function zoom(axes) {
  const drag = {
    name: "drag", value: null,
    on: [
      { events: "mousedown", update: "[[x(), y()], [x(), y()]]" },
      { events: "[mousedown, window:mouseup] > window:mousemove",
        update: "[drag[0], [clamp(x(), 0, width), clamp(y(), 0, height)]]" },
      { events: { signal: "released" }, update: "null" },
    ],
  };
  const released = {
    name: "released", value: null, on: [{ events: "window:mouseup", update: "drag" }],
  };
  const ends = (k) => `released[0][${k}], released[1][${k}]`;
  const zoomed = axes.map(({ name, type }) => {
    const k = name === "x" ? 0 : 1;
    const [first, last] = k === 0 ? ["min", "max"] : ["max", "min"];
    const isWide = `released && abs(released[0][${k}] - released[1][${k}]) > 8`;
    const chosen =
      `[invert('${name}', ${first}(${ends(k)})), invert('${name}', ${last}(${ends(k)}))]`;
    const about = `invert('${name}', ${name}())`;
    return {
      name: `zoom_${name}`, value: null,
      on: [
        { events: { signal: "released" }, update: `${isWide} ? ${chosen} : zoom_${name}` },
        { events: { type: "wheel", consume: true, filter: "event.ctrlKey || event.metaKey" },
          update: `zoom${type === "log" ? "Log" : "Linear"}(domain('${name}'), ${about}, ` +
                  "pow(1.002, event.deltaY))" },
        { events: "dblclick", update: "null" },
      ],
    };
  });
  const corner = (k) => ({ signal: `drag ? drag[0][${k}] : 0` });
  const end = (k) => ({ signal: `drag ? drag[1][${k}] : 0` });
  const rectangle = {
    type: "rect", name: "selection", interactive: false,
    encode: { update: { x: corner(0), x2: end(0), y: corner(1), y2: end(1),
                        fill: { value: "var(--muted)" }, fillOpacity: { value: 0.15 } } },
  };
  return { signals: [drag, released, ...zoomed], rectangle };
}

/// The domain of a scale from the smallest to the largest value of fields, `data.field` each; some
/// room around a single value, and some domain where there is none.
function extent(...fields) {
  const each = fields.map((field) => field.split("."))
    .map(([data, name]) => `extent(pluck(data('${data}') || [], '${name}'))`);
  const ends = `extent([${each.map((pair) => `${pair}[0], ${pair}[1]`).join(", ")}])`;
  const around = `extent([${ends}[0] / 2, ${ends}[0] * 2])`;
  const isOne = `${ends}[0] === ${ends}[1] && ${ends}[0] !== 0`;
  return { signal: `!isValid(${ends}[0]) ? [1, 10] : ${isOne} ? ${around} : ${ends}` };
}

/// An axis is {type: "linear", "log" or "point", title, domain} as in Vega's scales, with `range`
/// in pixels where it does not have the whole side, other options of Vega's scales, and those of
/// its axes in `axis`.
function scaleOf(name, { type, domain, range, ...more }) {
  const scale = { name, type, domain, range: range ?? (name === "x" ? "width" : "height") };
  if (type === "point") return { ...scale, padding: 0.5 };
  const { nice = true, padding = 0, zero = false, base = 10 } = more;
  const domainRaw = { signal: `zoom_${name}` };
  return { ...scale, nice, padding, domainRaw, ...(type === "log" ? { base } : { zero }) };
}

/// Short for large and small numbers, others as they are; nothing where Vega has no label, but
/// within a decade all ticks have one.
const logLabel = (scale) => ({
  signal: `datum.label === '' && domain('${scale}')[1] > 10 * domain('${scale}')[0] ? '' : ` +
    "datum.value >= 0.001 && datum.value <= 10000 ? format(datum.value, ',.6~r') : " +
    "replace(format(datum.value, '.3~e'), '+', '')",
});

/// A chart of two axes. `data` holds Vega's data sets, whose rows have a `series`, and `marks` are
/// clipped at the edge of the chart.
function plot({ x, y, data, marks, height = 240 }) {
  const zoomable = [{ name: "x", ...x }, { name: "y", ...y }].filter((a) => a.type !== "point");
  const { signals: zoomSignals, rectangle } = zoom(zoomable);
  const isShown = { type: "filter", expr: "indexof(hidden, datum.series) < 0" };
  const ordinal = (name, value) => ({
    name, type: "ordinal", domain: seriesNames, range: seriesNames.map((_, i) => value(i)),
  });
  const axis = (scale, orient, { title, type, axis: more }) => ({
    // Beyond three decades a logarithmic axis has whole decades alone.
    scale, orient, title, grid: true, tickCount: type === "log" ? 3 : 5,
    ...(type === "log" ? { encode: { labels: { update: { text: logLabel(scale) } } } } : {}),
    ...more,
  });
  const whole = { width: { signal: "width" }, height: { signal: "height" } };
  return {
    height, autosize: { type: "fit", contains: "padding" }, padding: 2, config,
    signals: [...Object.entries(shared).map(([name, value]) => ({ name, value })), ...zoomSignals],
    data: data.map((set) => ({ ...set, transform: [isShown, ...(set.transform ?? [])] })),
    scales: [
      scaleOf("x", x), scaleOf("y", y), ordinal("colour", colour), ordinal("dash", dash),
      ordinal("predicted_dash", predictedDash), ordinal("shape", (i) => shape(i)[0]),
    ],
    axes: [axis("x", "bottom", x), axis("y", "left", y)],
    marks: [{ type: "group", clip: true, encode: { update: whole }, marks }, rectangle],
  };
}

/// What a chart shows in a few words: its axes, and from where to where each series goes.
function summaryOf(title, { axes, data }, others) {
  const [x, y] = axes.map((axis) => shared[axis.title?.signal] ?? axis.title);
  const valueOf = (row) => [row.y, row.x, row[shared.unit]].find(isNumber);
  const isShown = (name) => !shared.hidden.includes(name);
  const parts = seriesNames.filter(isShown).flatMap((name) => {
    const rows = data.map(({ values }) => values.filter(({ series }) => series === name))
      .find((some) => some.some((row) => isNumber(valueOf(row)))) ?? [];
    const values = rows.map(valueOf).filter(isNumber);
    if (values.length === 0) return [];
    const isCourse = rows.length > 2 && rows.every(({ x: at }, i) => !(at <= rows[i - 1]?.x));
    const least = values.reduce((a, b) => Math.min(a, b));
    const most = values.reduce((a, b) => Math.max(a, b));
    return [`${name} ${least < most ? `${number(least, 3)} to ` : ""}${number(most, 3)}` +
            (isCourse ? `, ${number(values.at(-1), 3)} in the end` : "")];
  });
  return `${title}: ${y ? `${y} ` : ""}over ${x}. ${[...others, ...parts].join("; ")}.`;
}

/// A chart under its title, as wide as its place is, whatever becomes of that. To a screen reader
/// it is one image with its summary, in which `others` are said first: hundreds of marks with
/// labels would be no help.
function figure(title, spec, caption, ...others) {
  const place = element("div", { class: "plot" });
  const view = new vega.View(vega.parse(spec), {
    renderer: "svg", container: place, hover: true, tooltip: showTooltip, logLevel: vega.Warn,
  });
  const describe = () => view.description(summaryOf(title, spec, others));
  describe();
  descriptions.push(describe);
  place.setAttribute("role", "img");
  views.push(view);
  new ResizeObserver(() => view.width(place.clientWidth).runAsync()).observe(place);
  const heading = element("h3", {}, title);
  return element("figure", {}, heading, place, element("figcaption", {}, caption));
}
