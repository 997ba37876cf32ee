"use strict";
// The report of `ravine lr-find`: the loss over the learning rate.

const { curve, suggestion, optimizer, model, blas, ...test } =
  JSON.parse(document.getElementById("results").textContent);

function facts() {
  const { name, ...set } = optimizer;
  const settings = Object.entries(set).map(([field, value]) => `${field}=${number(value)}`);
  const rows = {
    Data: test.data,
    Model: `${model.kind} ${model.layers.join("-")}, ${model.activation}`,
    Optimizer: [name, ...settings].join(" "),
    Steps: `${curve.length} of ${test.steps}, batches of ${test.batch_size}`,
    Seed: String(test.seed),
    BLAS: `OpenBLAS for ${blas.core}, ${counted(test.threads, "thread")}`,
    Version: `ravine ${test.version}`,
  };
  return element("dl", {}, ...Object.entries(rows).map(([title, value]) =>
    element("div", {}, element("dt", {}, title), element("dd", {}, value))));
}

/// A point a step: the loss of its batch, or the average that the suggestion is read from.
const rows = (series, field) => curve.map((point, i) =>
  described({ x: point.lr, y: point[field] }, series,
            { step: i + 1, "learning rate": number(point.lr), loss: number(point[field]) }));

function chart() {
  const losses = curve.flatMap(({ loss, smoothed }) => [loss, smoothed]);
  const isLog = Math.min(...losses) > 0 && Math.max(...losses) > 10 * Math.min(...losses);
  const suggested = suggestion.lr === null ? [] : [described(
    { x: suggestion.steepest }, "smoothed", { "suggested learning rate": number(suggestion.lr) })];
  const rule = {
    type: "rule", name: "suggestion", from: { data: "suggestion_rows" },
    encode: {
      enter: { ...says, stroke: { value: "var(--ink)" }, strokeDash: { value: [4, 3] } },
      update: { x: at.x, y: { value: 0 }, y2: { signal: "height" } },
    },
  };
  const spec = plot({
    x: { type: "log", domain: extent("smoothed_rows.x"), nice: false, padding: 6,
         title: "learning rate" },
    y: { type: isLog ? "log" : "linear", domain: extent("loss_rows.y", "smoothed_rows.y"),
         padding: 6 },
    data: [
      { name: "loss_rows", values: rows("loss of the batch", "loss") },
      { name: "smoothed_rows", values: rows("smoothed", "smoothed") },
      { name: "suggestion_rows", values: suggested },
    ],
    marks: [
      points("loss", "loss_rows", { fillOpacity: { value: 0.6 }, size: { value: 16 } }),
      lines("smoothed_rows"),
      points("smoothed", "smoothed_rows", { fillOpacity: { value: 0 } }), rule,
    ],
    height: 320,
  });
  const caption = `n = ${curve.length} steps of one run, a batch each; there is no band. The ` +
    "smoothed loss is an exponential average over some 50 steps" +
    (suggested.length > 0
      ? "; the dashed line is amid the decade in which it falls fastest." : ".");
  return figure("Loss by learning rate", spec, caption);
}

document.querySelector("header").append(facts());
const hint = "Drag across the chart to zoom in, or turn the wheel with Ctrl held; a double click " +
  "resets it.";
const names = legend(["loss of the batch", "smoothed"], { smoothed: dash });
document.querySelector("main").append(
  element("p", { class: "hint" }, hint), element("div", { class: "controls" }, names));
// An empty range has no curve: the first loss was not finite.
if (curve.length > 0) document.querySelector("main").append(chart());
