"use strict";
// The report of an experiment of `ravine lab`: tables, and figures given as data, as in figure.hpp.

const { version, tables, figures } = JSON.parse(document.getElementById("results").textContent);

// --- Series

const marks = ["line", "dashed", "points", "path"];

const fits = (value, axis) => isNumber(value) && (axis.type !== "log" || value > 0);

/// Points that an axis can show.
function rowsOf(series, { x, y }) {
  return series.x.flatMap((at, i) => {
    const height = series.y[i];
    if (!fits(at, x) || !fits(height, y)) return [];
    const row = { x: at, y: height, low: series.low[i] ?? height, high: series.high[i] ?? height };
    const point = series.mark === "path" ? { point: i } : {};
    const facts = { ...point, [x.title]: number(at), [y.title]: number(height) };
    return [described(row, series.name, facts)];
  });
}

/// Points of a path with their age, from 0 to 1 at the last one in the picture.
function agedRows(rows, { x, y }) {
  const isWithin = (value, { domain }) => !domain || (value >= domain[0] && value <= domain[1]);
  const last = Math.max(rows.findLastIndex((row) => isWithin(row.x, x) && isWithin(row.y, y)), 0);
  return rows.map((row, i) =>
    ({ ...row, age: i < last ? i / last : 1, isLast: i === last }));
}

/// A data set for each mark, and one of the segments of paths.
function dataOf(all, axes) {
  const sets = Object.fromEntries(marks.map((mark) => [
    mark, all.filter((series) => series.mark === mark).map((series) => rowsOf(series, axes))]));
  sets.path = sets.path.map((rows) => agedRows(rows, axes));
  const segments = sets.path.flatMap((rows) => rows.slice(1).map((row, i) =>
    ({ ...row, x2: rows[i].x, y2: rows[i].y })));
  return [
    ...marks.map((mark) => ({ name: `${mark}_rows`, values: sets[mark].flat() })),
    { name: "segments", values: segments },
    { name: "end_rows", values: sets.path.flat().filter(({ isLast }) => isLast) },
  ];
}

/// Early steps are dark, late ones bright.
const aged = {
  signal: "'color-mix(in oklab, ' + scale('colour', datum.series) + ' ' + " +
          "round(35 + 65 * datum.age) + '%, black)'",
};

function pathMarks() {
  const ends = { ...at, x2: { scale: "x", field: "x2" }, y2: { scale: "y", field: "y2" } };
  const segment = (name, look) => ({
    type: "rule", name, from: { data: "segments" }, interactive: false,
    encode: { update: { ...ends, strokeCap: { value: "round" }, ...look } },
  });
  return [
    segment("halo", { stroke: { value: "white" }, strokeWidth: { value: 4 },
                      strokeOpacity: { value: 0.7 } }),
    segment("segment", { stroke: aged, strokeWidth: { value: 2 } }),
    points("path", "path_rows", { fill: aged, shape: { value: "circle" }, size: { value: 14 } }),
    // Where a path ends, its series' shape tells it from others of its colour.
    points("end", "end_rows", { size: { value: 45 }, stroke: { value: "white" },
                                strokeWidth: { value: 1 } }),
  ];
}

/// A prediction lies upon the run that it is of, and both are seen.
function seriesMarks(all) {
  const predicted = new Set(all.filter(({ mark }) => mark === "dashed").map(({ name }) => name));
  const under = { test: `indexof(${JSON.stringify([...predicted])}, datum.series) >= 0` };
  const isUnder = (value, other) => [{ ...under, value }, { value: other }];
  const run = { strokeWidth: isUnder(6, 2), strokeOpacity: isUnder(0.4, 1) };
  const unseen = { fillOpacity: { value: 0 }, size: { value: 20 } };
  return [
    lines("line_rows", { band: all.some(({ low }) => low.length > 0), look: run }),
    points("line", "line_rows", unseen),
    lines("dashed_rows", { look: { strokeDash: bySeries("predicted_dash"),
                                   strokeWidth: { value: 1.6 } } }),
    points("dashed", "dashed_rows", unseen),
    points("points", "points_rows"),
    ...pathMarks(),
  ];
}

/// Thin lines across the chart with their labels, at values of an axis.
function referenceMarks(axis) {
  const across = axis === "y";
  const place = across
    ? { x: { value: 0 }, x2: { signal: "width" } } : { y: { value: 0 }, y2: { signal: "height" } };
  const label = across
    ? { x: { signal: "datum.isFirstEnd ? width - 4 : 4" },
        align: { signal: "datum.isFirstEnd ? 'right' : 'left'" },
        dy: { signal: "datum.isFirstSide ? -5 : 13" } }
    : { y: { signal: "datum.isFirstEnd ? 12 : height - 6" },
        align: { signal: "datum.isFirstSide ? 'left' : 'right'" },
        dx: { signal: "datum.isFirstSide ? 4 : -4" } };
  const here = { [axis]: { scale: axis, field: "at" } };
  const from = { data: `at_${axis}` };
  return [
    { type: "rule", name: `reference_${axis}`, from, interactive: false,
      encode: { enter: { stroke: { value: "var(--ink)" }, strokeDash: { value: [1, 3] },
                         description: { field: "label" } },
                update: { ...here, ...place } } },
    { type: "text", name: `label_${axis}`, from, interactive: false,
      encode: { enter: { text: { field: "label" } }, update: { ...here, ...label } } },
  ];
}

/// What brings values of an axis to [0, 1], about as the chart will.
function shareOf(axis, values) {
  const of = axis.type === "log" ? Math.log : (value) => value;
  const ends = (axis.domain ?? values).filter((value) => fits(value, axis)).map(of);
  const low = ends.reduce((a, b) => Math.min(a, b), Infinity);
  const high = ends.reduce((a, b) => Math.max(a, b), -Infinity);
  return (value) => (high > low ? (of(value) - low) / (high - low) : 0.5);
}

/// Places in pixels that lie a few apart on what the series draw.
function inkOf(series, axes, toX, toY) {
  return series.flatMap((one) => {
    const places = one.x.map((value, i) => [value, one.y[i]])
      .filter(([x, y]) => fits(x, axes.x) && fits(y, axes.y)).map(([x, y]) => [toX(x), toY(y)]);
    if (one.mark === "points") return places;
    return places.flatMap(([x, y], i) => {
      const [left, top] = places[i - 1] ?? [x, y];
      const parts = Math.min(200, Math.ceil(Math.hypot(x - left, y - top) / 3)) || 1;
      return Array.from({ length: parts }, (_, k) => {
        const share = (k + 1) / parts;
        return [left + share * (x - left), top + share * (y - top)];
      });
    });
  });
}

/// Reference lines with the end and the side at which the least crosses their labels: at the right
/// end above a line across, at the top to the right of others, if that is as free as any.
function withPlaces({ x, y, series, at_x, at_y }) {
  const [width, height] = [Math.min(main.clientWidth, 540) - 60, 240];
  const valuesOf = (name, lines) =>
    [...series.flatMap((one) => one[name]), ...lines.map(({ at }) => at)];
  const [shareX, shareY] = [shareOf(x, valuesOf("x", at_x)), shareOf(y, valuesOf("y", at_y))];
  const toX = (value) => width * shareX(value);
  const toY = (value) => height * (1 - shareY(value));
  const ink = inkOf(series, { x, y }, toX, toY);
  const taken = [];
  const boxOf = (across, { label, at }, isFirstEnd, isFirstSide) => {
    const length = 6 * label.length;
    const left = across ? (isFirstEnd ? width - 4 - length : 4)
                        : toX(at) + (isFirstSide ? 4 : -4 - length);
    const top = across ? toY(at) + (isFirstSide ? -16 : 3) : (isFirstEnd ? 2 : height - 16);
    return { left, top, right: left + length, bottom: top + 13 };
  };
  const crossed = (box) => {
    const isOut = box.left < 0 || box.right > width || box.top < 0 || box.bottom > height;
    const isTaken = taken.some((other) => box.left < other.right && other.left < box.right &&
                                          box.top < other.bottom && other.top < box.bottom);
    return ink.filter(([left, top]) => left > box.left && left < box.right &&
                                       top > box.top && top < box.bottom).length +
           (isOut || isTaken ? ink.length + 1 : 0);
  };
  const placed = (across) => (line) => {
    const [best] = [[true, true], [false, true], [true, false], [false, false]]
      .map(([isFirstEnd, isFirstSide]) =>
        ({ isFirstEnd, isFirstSide, box: boxOf(across, line, isFirstEnd, isFirstSide) }))
      .map((place) => ({ ...place, count: crossed(place.box) }))
      .sort((a, b) => a.count - b.count);
    taken.push(best.box);
    return { ...line, series: "", isFirstEnd: best.isFirstEnd, isFirstSide: best.isFirstSide };
  };
  return { at_x: at_x.map(placed(false)), at_y: at_y.map(placed(true)) };
}

/// Points alone, in steps as ranks are, have half a step of room beside them; on a logarithmic
/// axis they are seen between labels.
function withRoom({ x, y, series, ...others }) {
  const places = [...new Set(series.flatMap((one) => one.x))].sort((a, b) => a - b);
  if (places.length < 2 || x.domain || x.type === "log" ||
      series.some(({ mark }) => mark !== "points"))
    return { x, y, series, ...others };
  const step = places.slice(1).map((place, i) => place - places[i])
    .reduce((a, b) => Math.min(a, b));
  const domain = [places[0] - step / 2, places.at(-1) + step / 2];
  return { x: { ...x, domain, axis: { tickMinStep: step } }, y: { ...y, nice: true }, series,
           ...others };
}

/// From the figure, or from all that is drawn.
const axisOf = (axis, name, references) => ({
  ...axis, padding: axis.domain ? 0 : 6,
  nice: !axis.domain && name === "y" && (axis.nice || axis.type === "linear"),
  domain: axis.domain ??
    extent(...marks.map((mark) => `${mark}_rows.${name}`),
           ...(name === "y" ? ["line_rows.low", "line_rows.high"] : []),
           ...(references ? [`at_${name}.at`] : [])),
});

// --- Curves

/// Within a few times its least value a logarithmic axis would hardly have a label.
function isNarrow({ y, series, at_y }) {
  const ends = [...series.flatMap((one) => [...one.y, ...one.low, ...one.high]),
                ...at_y.map(({ at }) => at)].filter((value) => value > 0);
  const least = ends.reduce((a, b) => Math.min(a, b), Infinity);
  return y.type === "log" && !y.domain && ends.every((value) => value < 5 * least);
}

function drawCurves(given) {
  const curves =
    withRoom(isNarrow(given) ? { ...given, y: { ...given.y, type: "linear" } } : given);
  const { at_x, at_y } = withPlaces(curves);
  const spec = plot({
    x: axisOf(curves.x, "x", at_x.length > 0), y: axisOf(curves.y, "y", at_y.length > 0),
    data: [...dataOf(curves.series, curves),
           { name: "at_x", values: at_x }, { name: "at_y", values: at_y }],
    marks: [...seriesMarks(curves.series), ...referenceMarks("x"), ...referenceMarks("y")],
    height: 280,
  });
  return figure(curves.title, spec, curves.caption);
}

// --- Values as colours

const ramps = {
  sequential: vega.scheme("viridis"),
  diverging: vega.scheme("blueorange"),
};
/// The colours of classes, light enough for lines on top.
const classColours = ["#9ecae1", "#fdd0a2", "#a1d99b", "#dadaeb", "#d9d9d9", "#fcbba1", "#fff2ae"];

/// What brings a value to [0, 1], and the values at both ends.
function scaleOfValues({ values, colours, log_values: isLog }) {
  const shown = values.filter((value) => isNumber(value) && (!isLog || value > 0));
  // One by one: a list of arguments as long as a map has cells would not do.
  let low = shown.reduce((a, b) => Math.min(a, b), Infinity);
  let high = shown.reduce((a, b) => Math.max(a, b), -Infinity);
  if (colours === "diverging") {
    high = Math.max(Math.abs(low), Math.abs(high));
    low = -high;
  }
  const of = isLog ? Math.log : (value) => value;
  const share = (value) => (high > low ? (of(value) - of(low)) / (of(high) - of(low)) : 0.5);
  return { low, high, share };
}

/// Pixels as a picture that stands in the page; `paint` tells a pixel's colour, or none. The first
/// row is at the top.
function pixels(columns, rows, paint) {
  const canvas = element("canvas", { width: columns, height: rows });
  const context = canvas.getContext("2d");
  for (let i = 0; i < columns * rows; ++i) {
    const colourOfPixel = paint(i);
    if (!colourOfPixel) continue;
    context.fillStyle = colourOfPixel;
    context.fillRect(i % columns, Math.floor(i / columns), 1, 1);
  }
  return canvas.toDataURL();
}

/// What the colours say.
function colourKey(map, { low, high }) {
  const swatch = (background) =>
    element("span", { class: "swatch", style: `background: ${background}` });
  if (map.colours === "classes") {
    const items = map.classes.map((name, i) =>
      element("span", {}, swatch(classColours[i % classColours.length]), ` ${name}`));
    return element("p", { class: "key" }, ...items);
  }
  const stops = Array.from({ length: 11 }, (_, i) => ramps[map.colours](i / 10));
  const ramp = element("span", {
    class: "ramp", style: `background: linear-gradient(to right, ${stops.join(", ")})` });
  return element("p", { class: "key" }, `${map.value_title}: ${number(low, 3)} `, ramp,
                 ` ${number(high, 3)}${map.log_values ? ", by its logarithm" : ""}`);
}

// --- Maps

/// Lines of equal value, worked out in units of cells and laid over the map.
function isolineMarks({ columns, rows, values, isolines, x, y }, { low, high }, isLog) {
  if (isolines === 0 || !(high > low)) return [];
  const of = (value) => (isLog ? Math.log(Math.max(value, low)) : value);
  // The transform has the first row at the top, and no place for what is not a number.
  const flipped = Array.from({ length: rows * columns }, (_, i) =>
    of(values[(rows - 1 - Math.floor(i / columns)) * columns + (i % columns)] ?? high));
  const thresholds = Array.from({ length: isolines }, (_, i) =>
    of(low) + ((of(high) - of(low)) * (i + 0.5)) / isolines);
  const [left, right] = x.domain.map((end) => `scale('x', ${end})`);
  const [bottom, top] = y.domain.map((end) => `scale('y', ${end})`);
  const contours = {
    name: "contours", values: [{ grid: { width: columns, height: rows, values: flipped } }],
    transform: [{
      type: "isocontour", field: "grid", thresholds,
      scale: { signal: `[(${right} - ${left}) / ${columns}, (${bottom} - ${top}) / ${rows}]` },
      translate: { signal: `[${left}, ${top}]` },
    }],
  };
  return [{
    type: "group", name: "isolines", data: [contours], interactive: false,
    marks: [{
      type: "path", name: "isoline", from: { data: "contours" }, interactive: false,
      encode: { update: { stroke: { value: "black" }, strokeOpacity: { value: 0.45 },
                          strokeWidth: { value: 0.7 } } },
      transform: [{ type: "geopath", field: "datum.contour" }],
    }],
  }];
}

/// The value under the pointer, beside it.
function readOut(view, place, map) {
  const inCells = (value, [from, to], count) => Math.floor(((value - from) / (to - from)) * count);
  place.addEventListener("mousemove", (event) => {
    // Marks on the map have more to say.
    if (event.target.closest(".path, .points")) return;
    const [left, top] = view.origin();
    const box = place.querySelector("svg").getBoundingClientRect();
    const x = view.scale("x").invert(event.clientX - box.left - left);
    const y = view.scale("y").invert(event.clientY - box.top - top);
    const column = inCells(x, map.x.domain, map.columns);
    const row = inCells(y, map.y.domain, map.rows);
    if (column < 0 || row < 0 || column >= map.columns || row >= map.rows) {
      showTooltip(null, event, null, null);
      return;
    }
    const value = map.values[row * map.columns + column];
    const said = map.colours === "classes" ? map.classes[value] : number(value);
    showTooltip(null, event, null, { title: `${map.value_title} ${said}`,
                                     [map.x.title]: number(x), [map.y.title]: number(y) });
  });
  place.addEventListener("mouseleave", (event) => showTooltip(null, event, null, null));
}

function drawMap(map) {
  const { columns, rows, values } = map;
  const scale = scaleOfValues(map);
  const colourOf = (value) => {
    if (!isNumber(value) || (map.log_values && value <= 0)) return null;
    if (map.colours === "classes") return classColours[value % classColours.length];
    return ramps[map.colours](scale.share(value));
  };
  const url = pixels(columns, rows, (i) =>
    colourOf(values[(rows - 1 - Math.floor(i / columns)) * columns + (i % columns)]));
  const hasPaths = map.series.some(({ mark }) => mark === "path");
  const [[left, right], [bottom, top]] = [map.x.domain, map.y.domain];
  const image = {
    type: "image", name: "cells", interactive: false,
    encode: {
      enter: { url: { value: url }, description: { value: `${map.title}, as colours` },
               aspect: { value: false }, smooth: { value: false },
               opacity: { value: hasPaths ? 0.5 : 1 } },
      update: { x: { scale: "x", value: left }, x2: { scale: "x", value: right },
                y: { scale: "y", value: top }, y2: { scale: "y", value: bottom } },
    },
  };
  // Under paths the colours are pale, on a dark page, too: early steps are dark.
  const under = {
    type: "rect", name: "under", interactive: false,
    encode: { enter: { fill: { value: "white" } }, update: image.encode.update },
  };
  const spec = plot({
    x: axisOf(map.x, "x"), y: axisOf(map.y, "y"), data: dataOf(map.series, map),
    marks: [...(hasPaths ? [under] : []), image, ...isolineMarks(map, scale, map.log_values),
            ...seriesMarks(map.series)],
    height: 360,
  });
  const shown = map.colours === "classes"
    ? listed(map.classes) : `${number(scale.low, 3)} to ${number(scale.high, 3)}`;
  const drawn = figure(map.title, spec, map.caption, `${map.value_title} as colours, ${shown}`);
  readOut(views.at(-1), drawn.querySelector(".plot"), map);
  drawn.querySelector("figcaption").before(colourKey(map, scale));
  return drawn;
}

// --- Pictures

function drawFrames({ title, caption, low, high, strips }) {
  const share = (value) => Math.min(1, Math.max(0, (value - low) / (high - low)));
  const pictureOf = (name, { label, columns, rows, values }) => element("span", { class: "picture" },
    element("img", { alt: `${name}, ${label}`, width: columns, height: rows,
                     src: pixels(columns, rows, (i) => ramps.sequential(share(values[i]))) }),
    element("small", {}, label));
  const rows = strips.map(({ name, pictures }) => element("div", { class: "strip" },
    element("strong", {}, name),
    element("div", { class: "pictures", tabindex: "0" },
            ...pictures.map((picture) => pictureOf(name, picture)))));
  const key = { colours: "sequential", value_title: "value" };
  return element("figure", { class: "wide" }, element("h3", {}, title), ...rows,
                 colourKey(key, { low, high }), element("figcaption", {}, caption));
}

// --- The page

const draw = { curves: drawCurves, map: drawMap, frames: drawFrames };
const main = document.querySelector("main");
const all = figures.flatMap(({ series = [] }) => series);
const names = [...new Set(all.map(({ name }) => name))];
const dashesOfLines = names.flatMap((name) => {
  const kinds = all.filter((one) => one.name === name).map(({ mark }) => mark);
  if (kinds.includes("points") || kinds.includes("path")) return [];
  return [[name, kinds.includes("line") ? dash : predictedDash]];
});
const switches = legend(names, Object.fromEntries(dashesOfLines));
const [first, ...further] = tables;
// Its title stands under the page's.
if (first) main.append(table(first.columns, first.rows));
if (figures.some(({ kind }) => kind !== "frames"))
  main.append(element("p", { class: "hint" }, "Drag across a chart to zoom in, or turn the wheel " +
    "with Ctrl held; a double click resets it."));
if (names.length > 1) main.append(element("div", { class: "controls" }, switches));
main.append(element("div", { class: "figures" }, ...figures.map((data) => draw[data.kind](data))));
for (const { title, columns, rows } of further)
  main.append(element("section", {}, element("h2", {}, title), table(columns, rows)));
main.append(element("p", { class: "facts" }, `ravine ${version}`));
