"use strict";
// The report of `ravine compare`: tables and charts of what stands in its results.

const results = JSON.parse(document.getElementById("results").textContent);
const { protocol, environment } = results;
/// With one trial each, everything ran at its defaults.
const isTuned = protocol.trials > 1;
const metricOf = (data) => (data.task === "regression" ? "rmse" : "accuracy");
const settings = (values) =>
  Object.entries(values).map(([name, value]) => `${name}=${number(value)}`).join(" ");

// --- What was done, and on what

/// Of the optimizers with another number of trials than was asked for: those whose space was
/// widened, or those for which it was too small.
function otherTrials(isWidened) {
  const items = results.data.flatMap((data) => {
    const where = results.data.length > 1 ? ` on ${data.name}` : "";
    return data.optimizers
      .filter(({ trials, widened }) =>
        trials.length !== protocol.trials && (widened.length > 0) === isWidened)
      .map(({ name, trials }) => `${number(trials.length)} of ${name}${where}`);
  });
  if (items.length === 0) return "";
  const one = items.length === 1;
  const reason = isWidened ? (one ? "space was widened" : "spaces were widened")
                           : (one ? "space holds no more" : "spaces hold no more");
  return `; ${listed(items)}, whose ${reason}`;
}

function tuning() {
  if (!isTuned) return "nothing tuned";
  return `${counted(protocol.trials, "trial")} an optimizer, ${protocol.search} search` +
    (protocol.stop_early ? ", hopeless ones stopped early" : "") +
    otherTrials(true) + otherTrials(false);
}

function facts() {
  const { blas } = environment;
  const seeds = protocol.seeds;
  const first = protocol.first_seed;
  const setAside = `${number(100 * protocol.validation)} % of the training data`;
  const rows = {
    Machine: `${environment.cpu}, kernels for ${environment.simd}`,
    BLAS: `OpenBLAS for ${blas.core}${blas.forced_core ? " (forced)" : ""}, ` +
          counted(blas.threads, "thread"),
    Jobs: `${counted(environment.jobs, "run")} side by side, ` +
          `${counted(environment.threads, "thread")} each`,
    Version: `ravine ${results.version}`,
    Model: `${[protocol.model, ...(protocol.hidden ?? [])].join("-")}, ${protocol.activation}`,
    Training: `${counted(protocol.epochs, "epoch")}, batches of ${protocol.batch_size}`,
    Tuning: tuning(),
    ...(isTuned ? { Selection: `on the ${protocol.selection} part alone, ${setAside}` }
                : { Validation: setAside }),
    Seeds: (isTuned ? `${first} for the trials, ` : "") +
           `${first + 1} to ${first + seeds} for the runs that are judged`,
  };
  const list = Object.entries(rows).map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value)));
  return element("dl", {}, ...list);
}

/// The search space may be the most important setting of a comparison (Choi et al., 2019).
function searchSpaces() {
  const columns = ["Data", "Optimizer", "Tuned", "From", "To", "Scale", "Widened by"];
  const rows = results.data.flatMap((data) => data.optimizers.flatMap((optimizer) =>
    optimizer.space.map(({ field, low, high, scale }) => {
      const strips = optimizer.widened.filter((strip) => strip.field === field)
        .map((strip) => `${number(strip.low)} to ${number(strip.high)} ` +
                        `(${counted(strip.trials, "trial")})`);
      return [data.name, optimizer.name, field, number(low), number(high),
              scale.replace("_", " "), strips.join(", ")];
    })));
  const textual = ["Data", "Optimizer", "Tuned", "Scale", "Widened by"];
  return table(columns.map((title) => ({ title, text: textual.includes(title) })), rows);
}

function allOptions() {
  const rows = Object.entries(protocol).map(([name, value]) =>
    [name, typeof value === "object" ? JSON.stringify(value) : String(value)]);
  return table([{ title: "Option", text: true }, { title: "Value", text: true }], rows);
}

// --- Tables

const small = (text) => element("small", {}, text);

function withInterval({ mean, std, ci95 }, decimals) {
  if (mean === null) return "–";
  const noise = std === null ? "" : ` ± ${std.toFixed(decimals)}`;
  const interval = ci95 ? [small(ci95.map((end) => end.toFixed(decimals)).join(" to "))] : [];
  return [mean.toFixed(decimals) + noise, ...interval];
}

/// The learning rate, what was or could be tuned, and what else differs from the defaults.
function tunedText({ tuned, default: defaults, space }) {
  if (tuned === null) return "–";
  const fields = space.map(({ field }) => field);
  const shown = Object.entries(tuned).filter(([name, value]) =>
    name === "lr" || fields.includes(name) || value !== defaults.hyperparameters[name]);
  return settings(Object.fromEntries(shown));
}

/// What a reader should know of an optimizer besides its numbers.
function notesOf(optimizer) {
  const { diverged, runs, diverged_trials, stopped_trials, trials, at_edge, lucky } = optimizer;
  const of = (count, all, what) => (count > 0 ? [`${count} of ${all} ${what}`] : []);
  return [
    ...of(diverged, runs.length, "runs diverged"),
    ...(isTuned
      ? of(optimizer.default.diverged, protocol.seeds, "runs diverged at the defaults") : []),
    ...of(diverged_trials, trials.length, "trials diverged"),
    ...of(stopped_trials, trials.length, "trials stopped early"),
    ...(lucky ? ["selected by luck"] : []),
    ...(at_edge ? ["best value at the edge of the search space"] : []),
    ...optimizer.widened.map(({ field, low, high, trials: more }) =>
      `${field} tried from ${number(low)} to ${number(high)}, too (${counted(more, "trial")})`),
  ];
}

function notes(data) {
  const items = data.optimizers.map((optimizer) => [optimizer.name, notesOf(optimizer)])
    .filter(([, texts]) => texts.length > 0)
    .map(([name, texts]) => element("li", {}, `${name}: ${texts.join("; ")}`));
  return items.length > 0 ? [element("ul", { class: "facts" }, ...items)] : [];
}

function standings(data) {
  const metric = metricOf(data);
  const { decimals } = data;
  const reached = ({ median, reached, of }) =>
    of === 0 ? "–" : [number(median, 3), small(`${reached} of ${of}`)];
  const rows = data.optimizers.map((optimizer) => [
    [swatch(optimizer.name),
     element(optimizer.name === data.best ? "strong" : "span", {}, optimizer.name)],
    withInterval(optimizer[`test_${metric}`], decimals),
    isTuned ? withInterval(optimizer.default[`test_${metric}`], decimals)
            : number(optimizer.train_loss.mean, 3),
    element("code", {}, tunedText(optimizer)),
    reached(optimizer.epochs_to_target),
    reached(optimizer.steps_to_target),
    reached(optimizer.seconds_to_target),
    optimizer.step_seconds === null ? "–" : number(1e6 * optimizer.step_seconds, 3),
    number(optimizer.state_bytes_per_parameter),
    ...(isTuned ? [number(optimizer.lr_width_decades, 2)] : []),
  ]);
  const columns = [
    { title: "Optimizer", text: true }, { title: `Test ${metric}${isTuned ? ", tuned" : ""}` },
    { title: isTuned ? "At its defaults" : "Training loss" },
    { title: isTuned ? "Tuned" : "Hyper-parameters", text: true }, { title: "Epochs to target" },
    { title: "Steps" }, { title: "Seconds" }, { title: "µs a step" },
    { title: "State bytes a parameter" }, ...(isTuned ? [{ title: "Good lr, decades" }] : []),
  ];
  return table(columns, rows);
}

function pairs(data) {
  if (data.pairs.length === 0) return [];
  const fixed = (x) => x.toFixed(data.decimals).replace(/^-(?=[0.]*$)/, "");
  const verdict = ({ ci95, beyond_noise }) => {
    if (ci95 === null) return "too few seeds to tell";
    return beyond_noise ? "beyond noise" : "within noise";
  };
  const rows = data.pairs.map((pair) => [
    pair.a, pair.b, fixed(pair.difference), pair.ci95 ? pair.ci95.map(fixed).join(" to ") : "–",
    number(pair.n), verdict(pair),
  ]);
  const columns = [
    { title: "Optimizer", text: true }, { title: "less", text: true },
    { title: `Difference in test ${metricOf(data)}` }, { title: "95 % interval" },
    { title: "Seeds" }, { title: "", text: true },
  ];
  return [details("Every two, paired over the seeds", table(columns, rows))];
}

// --- Charts

const progress = ["steps", "epochs", "seconds"];
const byUnit = { type: "formula", as: "x", expr: "datum[unit]" };
/// An optimizer a row of a chart.
const optimizerRows = {
  type: "point", domain: { data: "rows", field: "series" }, axis: { ticks: false, domain: false },
};
const rowHeight = 30;
const heightOfRows = (data) => rowHeight * data.optimizers.length + 50;
const cross = "M-0.7,-0.7L0.7,0.7M0.7,-0.7L-0.7,0.7";
/// Of marks that show what has no value: without one, and not to be mistaken for one.
const border = {
  shape: { value: cross }, stroke: bySeries("colour"), strokeWidth: { value: 2 },
  fill: { value: "transparent" }, size: { value: 60 },
};

/// The domain of a metric's axis, with what to say of it. Where few values are far worse than the
/// others, it goes from the best to three times as far as the median: what differs among the
/// better half is seen, and what is worse than the end is held at the border or cut off.
/// `isWhole`: it goes to the worst, whatever that is.
function readable(values, isHigherBetter, isWhole = false) {
  const sorted = [...values].sort((a, b) => (isHigherBetter ? b - a : a - b));
  const [best, median, worst] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  const reach = 3 * Math.abs(best - median);
  const end = isHigherBetter ? best - reach : best + reach;
  const isCut = !isWhole && reach > 0 && reach < Math.abs(worst - best);
  const ends = [best, isCut ? end : worst];
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const size = to > from ? to - from : Math.abs(from) / 10 || 1;
  const step = 10 ** Math.floor(Math.log10(size)) / 2;
  // All but at 0, the axis may as well start there.
  const low = from >= 0 && from < size / 2 ? 0 : Math.floor((from - size / 25) / step) * step;
  const domain = [Number(low.toPrecision(6)), to + size / 25];
  return { domain, note: domain[0] === 0 ? "" : ` The axis begins at ${number(domain[0])}.` };
}

const areBeyond = (values, [from, to]) => values.filter((x) => x < from || x > to).length;
function hollowNote(values, domain) {
  const beyond = areBeyond(values, domain);
  return beyond > 0
    ? ` ${beyond} of ${values.length} are worse than it shows: hollow, at the border.` : "";
}

/// Holds marks that are beyond the domain at the border of the picture, hollow.
const isBeyond = "!inrange(scale('y', datum.y), range('y'))";
const borderY = "clamp(scale('y', datum.y), min(range('y')[0], range('y')[1]) + 6, " +
  "max(range('y')[0], range('y')[1]) - 6)";
const held = ({ opacity = 1, stroke = "'transparent'", width = 8 } = {}) => ({
  y: { signal: `${isBeyond} ? ${borderY} : scale('y', datum.y)` },
  fillOpacity: { signal: `${isBeyond} ? 0 : ${opacity}` },
  stroke: { signal: `${isBeyond} ? scale('colour', datum.series) : ${stroke}` },
  strokeWidth: { signal: `${isBeyond} ? 1.5 : ${width}` },
});

/// A loss or metric over the course of training.
function curves(data, quantity, title) {
  const values = data.optimizers.flatMap((optimizer) =>
    optimizer.curve.filter((point) => point[quantity]?.every(isNumber)).map((point) => {
      const { epoch, steps, seconds, n } = point;
      const [low, median, high] = point[quantity];
      return described({ epochs: epoch, steps, seconds, low, y: median, high, n }, optimizer.name, {
        epoch, steps: number(steps), seconds: number(seconds, 3),
        median: number(median), quartiles: `${number(low)} to ${number(high)}`, runs: n,
      });
    }));
  if (values.length === 0) return [];
  const lows = values.map(({ low }) => low);
  const isAccuracy = quantity.endsWith("accuracy");
  const isLog = !isAccuracy && Math.min(...lows) > 0 &&
                Math.max(...lows) > 10 * Math.min(...lows);
  // Few epochs are told apart better with their points visible.
  const isSparse = data.optimizers.every(({ curve }) => curve.length <= 10);
  const ends = values.flatMap(({ low, y, high }) => [low, y, high]);
  const { domain, note } = readable(ends, isAccuracy, quantity.endsWith("loss"));
  const pointLook = { fillOpacity: { value: isSparse ? 1 : 0 } };
  const spec = plot({
    x: { type: "linear", domain: extent("points_rows.x"), nice: false, padding: 6,
         title: { signal: "unit" } },
    y: isLog ? { type: "log", domain: extent("points_rows.low", "points_rows.high"), padding: 6 }
             : { type: "linear", domain, nice: false },
    data: [{ name: "points_rows", values, transform: [byUnit] }],
    marks: [lines("points_rows", { band: true }), points("points", "points_rows", pointLook)],
  });
  const caption = "Median of an optimizer's runs with fresh seeds, " +
    `n = ${span(values.map(({ n }) => n))}; the band is from the lower to the upper quartile. ` +
    `A run that diverged counts until it did.${isLog ? "" : note}` +
    (!isLog && areBeyond(ends, domain) > 0 ? " Worse values are cut off." : "");
  return [figure(title, spec, caption)];
}

/// How much the learning rate matters: a mark a trial.
function sensitivity(data) {
  const metric = metricOf(data);
  const isBest = ({ tuned, default: defaults }, { hyperparameters }) => {
    const tried = { ...defaults.hyperparameters, ...hyperparameters };
    return tuned !== null && Object.entries(tuned).every(([name, value]) => tried[name] === value);
  };
  const trials = data.optimizers.flatMap((optimizer) => optimizer.trials.map((trial, i) => {
    const value = trial[`validation_${metric}`];
    const outcome = trial.status === "finished"
      ? { [`validation ${metric}`]: number(value) } : { outcome: trial.status };
    const point = settings({ lr: trial.lr, ...trial.hyperparameters });
    const row = { x: trial.lr, y: value, status: trial.status, isBest: isBest(optimizer, trial) };
    return described(row, optimizer.name, { trial: i + 1, settings: point, ...outcome });
  }));
  const shown = trials.filter(({ x }) => x > 0);
  const judged = shown.filter(({ y }) => isNumber(y));
  if (judged.length === 0) return [];
  const failed = shown.filter(({ y }) => !isNumber(y));
  const strip = failed.length > 0 ? 20 : 0;
  // What failed is worse than all the others.
  const isBelow = metric === "accuracy";
  const ys = judged.map(({ y }) => y);
  const isLog = metric === "rmse" && Math.min(...ys) > 0 && Math.max(...ys) > 10 * Math.min(...ys);
  const { domain, note } = readable(ys, isBelow);
  const failedAt = isBelow ? { signal: "height - 10" } : { value: 10 };
  const failedShape = { signal: `datum.status === 'stopped' ? 'stroke' : '${cross}'` };
  const spec = plot({
    x: { type: "log", domain: extent("trials_rows.x", "failed_rows.x"), padding: 8,
         nice: false, title: "learning rate" },
    y: {
      ...(isLog ? { type: "log", domain: extent("trials_rows.y"), padding: 8 }
                : { type: "linear", domain, nice: false }),
      range: isBelow ? [{ signal: `height - ${strip}` }, 0] : [{ signal: "height" }, strip],
    },
    data: [{ name: "trials_rows", values: judged }, { name: "failed_rows", values: failed }],
    marks: [
      points("trials", "trials_rows", {
        ...held({ opacity: 0.8, stroke: "datum.isBest ? 'var(--ink)' : 'transparent'",
                  width: "(datum.isBest ? 1.5 : 8)" }),
        size: { signal: "datum.isBest ? 90 : 40" },
      }),
      points("failed", "failed_rows", { ...border, y: failedAt, shape: failedShape }),
    ],
  });
  const all = counted(shown.length, "trial");
  const caption = [
    `A mark for each of ${all}, n = 1 run each, so there is no band.`,
    "The outlined ones were selected.",
    ...["diverged", "stopped"].flatMap((status) => {
      const count = failed.filter((trial) => trial.status === status).length;
      const mark = status === "diverged" ? "×" : "–";
      return count > 0 ? [`${mark} at the border: ${counted(count, "trial")} ${status}.`] : [];
    }),
    trials.length > shown.length
      ? `${counted(trials.length - shown.length, "trial")} had no learning rate.` : "",
  ].filter(Boolean).join(" ") +
    (isLog ? "" : note + hollowNote(ys, domain));
  return [figure(`Validation ${metric} by learning rate`, spec, caption)];
}

/// How long each run took to the target; those that never got there have a place of their own.
function timeToTarget(data) {
  const { metric, value, derived } = data.target;
  if (value === null) return [];
  const values = data.optimizers.flatMap(({ name, runs }) => {
    let misses = 0;
    return runs.map((run, i) => {
      const [steps, epochs, seconds] = progress.map((unit) => run[`${unit}_to_target`]);
      const isMiss = !isNumber(steps);
      const outcome = isMiss
        ? { target: run.status === "diverged" ? "missed, diverged" : "missed" }
        : { steps: number(steps), epochs: number(epochs), seconds: number(seconds, 3) };
      // Runs that took equally long are seen one above the other.
      const shift = 3 * (i - (runs.length - 1) / 2);
      const place = { steps, epochs, seconds, isMiss, shift, miss: isMiss ? misses++ : 0 };
      return described(place, name, { seed: run.seed, ...outcome });
    });
  });
  const medians = data.optimizers.map((optimizer) => {
    const [steps, epochs, seconds] = progress.map((unit) => optimizer[`${unit}_to_target`]);
    const row = { steps: steps.median, epochs: epochs.median, seconds: seconds.median };
    const reached = `${steps.reached} of ${steps.of}`;
    return described({ ...row, reached }, optimizer.name, {
      "median steps": number(steps.median), "median epochs": number(epochs.median),
      "median seconds": number(seconds.median, 3), reached,
    });
  });
  const strip = 86;
  const y = { y: { scale: "y", field: "series" } };
  const gap = Math.min(8, 36 / Math.max(...data.optimizers.map(({ runs }) => runs.length), 1));
  const spec = plot({
    height: heightOfRows(data),
    x: { type: "linear", domain: extent("hits_rows.x"), zero: true, title: { signal: "unit" },
         range: [0, { signal: `width - ${strip}` }] },
    y: optimizerRows,
    data: [
      { name: "rows", values: medians },
      { name: "hits_rows", values: values.filter(({ isMiss }) => !isMiss), transform: [byUnit] },
      { name: "misses_rows", values: values.filter(({ isMiss }) => isMiss) },
      { name: "medians_rows", values: medians.filter(({ steps }) => steps !== null),
        transform: [byUnit] },
    ],
    marks: [
      { type: "rule", encode: { update: {
        x: { signal: `width - ${strip - 6}` }, y2: { signal: "height" } } } },
      { type: "text", name: "reached", from: { data: "rows" }, encode: { update: {
        ...y, x: { signal: `width - ${strip - 12}` }, baseline: { value: "middle" },
        text: { field: "reached" } } } },
      points("hits", "hits_rows", { y: { ...y.y, offset: { field: "shift" } },
                               fillOpacity: { value: 0.75 } }),
      points("misses", "misses_rows", { ...border, ...y,
        x: { signal: `width - ${strip - 50} + ${gap} * datum.miss` } }),
      points("medians", "medians_rows", { ...y, shape: { value: "M0,-2L0,2" },
        stroke: { value: "var(--ink)" }, strokeWidth: { value: 2 }, size: { value: 90 } }),
    ],
  });
  const runs = span(data.optimizers.map((optimizer) => optimizer.runs.length));
  const caption = `Until the ${metric.replace("_", " ")} was ${number(value)}` +
    `${derived ? ", one percent off the best median" : ""}: a mark for each run with fresh ` +
    `seeds, n = ${runs} an optimizer, the line their median. On the right, how many got there; ` +
    "× is a run that did not. There is no band.";
  return [figure("Time to target", spec, caption)];
}

/// What more trials would have bought.
function budgets(data) {
  const metric = metricOf(data);
  const values = data.optimizers.flatMap(({ name, budget }, i) =>
    budget.filter((entry) => isNumber(entry[`test_${metric}`])).map((entry) => {
      const mean = entry[`test_${metric}`];
      const [low, high] = entry.ci95 ?? [mean, mean];
      // Side by side: intervals at the same number of trials would cover each other.
      const shift = 5 * (i - (data.optimizers.length - 1) / 2);
      return described({ x: entry.trials, y: mean, low, high, shift, n: entry.n }, name, {
        trials: entry.trials, [`test ${metric}`]: number(mean),
        "95 % interval": entry.ci95 ? `${number(low)} to ${number(high)}` : "–", runs: entry.n,
      });
    }));
  const trials = [...new Set(values.map(({ x }) => x))].sort((a, b) => a - b);
  if (trials.length < 2) return [];
  const x = { x: { scale: "x", field: "x", offset: { field: "shift" } } };
  const ends = values.flatMap(({ low, y, high }) => [low, y, high]);
  const { domain, note } = readable(ends, metric === "accuracy");
  const spec = plot({
    x: { type: "log", base: 2, nice: false, domain: [trials[0] / 1.5, 1.5 * trials.at(-1)],
         title: "trials", axis: { values: trials, tickCount: trials.length, grid: false } },
    y: { type: "linear", domain, nice: false },
    data: [{ name: "points_rows", values }],
    marks: [
      interval("intervals", "points_rows", "y", ["low", "high"], x),
      points("points", "points_rows", { ...x, ...held() }),
    ],
  });
  const caption = "Mean of the runs with fresh seeds, " +
    `n = ${span(values.map(({ n }) => n))}, of the setting that so many trials select on the ` +
    `validation part (1: the defaults); the line is its 95 % interval.${note}` +
    hollowNote(values.map(({ y }) => y), domain);
  return [figure(`Test ${metric} by tuning budget`, spec, caption)];
}

/// The result, tuned and at the defaults where these are two, with what chance leaves open.
function testMetric(data) {
  const metric = metricOf(data);
  const field = `test_${metric}`;
  const rowOf = (name, setting, { mean, ci95, n }) => {
    const [low, high] = ci95 ?? [mean, mean];
    const shifts = { tuned: -5, defaults: 6 };
    const row = { x: mean, low, high, n, shift: isTuned ? shifts[setting] : 0 };
    return described(row, name, {
      ...(isTuned ? { setting } : {}), [`mean test ${metric}`]: number(mean),
      "95 % interval": ci95 ? `${number(low)} to ${number(high)}` : "–", runs: n,
    });
  };
  const judged = ({ x }) => isNumber(x);
  const tuned = data.optimizers.map((optimizer) =>
    rowOf(optimizer.name, "tuned", optimizer[field])).filter(judged);
  const defaults = !isTuned ? [] : data.optimizers.map((optimizer) =>
    rowOf(optimizer.name, "defaults", optimizer.default[field])).filter(judged);
  const all = [...tuned, ...defaults];
  if (all.length === 0) return [];
  // All means are in the picture; only the intervals at the defaults may leave it.
  const ends = [...all.map(({ x }) => x), ...tuned.flatMap(({ low, high }) => [low, high])];
  const { domain, note } = readable(ends, metric === "accuracy", true);
  const cut = defaults.filter(({ low, high }) => areBeyond([low, high], domain) > 0).length;
  const y = { y: { scale: "y", field: "series", offset: { field: "shift" } } };
  const hollow = { fill: { value: "var(--paper)" }, stroke: bySeries("colour"),
                   strokeWidth: { value: 1.5 } };
  const spec = plot({
    height: heightOfRows(data),
    x: { type: "linear", title: `test ${metric}`, domain, nice: false },
    y: optimizerRows,
    data: [
      { name: "rows", values: data.optimizers.map(({ name }) => ({ series: name })) },
      { name: "tuned_rows", values: tuned }, { name: "defaults_rows", values: defaults },
    ],
    marks: [
      interval("tuned_intervals", "tuned_rows", "x", ["low", "high"], y),
      interval("default_intervals", "defaults_rows", "x", ["low", "high"], y),
      points("tuned", "tuned_rows", y), points("defaults", "defaults_rows", { ...y, ...hollow }),
    ],
  });
  const runs = span(all.map(({ n }) => n));
  const caption = (isTuned ? "Filled: tuned; hollow: at the defaults. " : "") +
    `Mean of the runs with fresh seeds, n = ${runs}; the line is its 95 % interval. ` +
    `Runs that diverged are not in it.${note}` +
    (cut > 0 ? ` ${counted(cut, "interval")} at the defaults ${cut === 1 ? "goes" : "go"} on ` +
               "beyond the edge." : "");
  const title = isTuned ? `Test ${metric}, tuned and at the defaults` : `Test ${metric}`;
  return [figure(title, spec, caption)];
}

/// Dolan and Moré, 2002: on which share of problems an optimizer is within a factor of the fastest.
function profiles() {
  const values = results.profiles.flatMap(({ optimizer, factor, share }) =>
    factor.map((x, i) => described({ x, y: share[i] }, optimizer, {
      factor: number(x, 3), share: number(share[i], 3),
    })));
  const isLog = Math.max(...values.map(({ x }) => x)) > 10;
  const spec = plot({
    x: { type: isLog ? "log" : "linear", domain: extent("points_rows.x"), nice: false,
         title: "times the steps of the fastest" },
    y: { type: "linear", domain: [0, 1] },
    data: [{ name: "points_rows", values }],
    marks: [
      lines("points_rows", { interpolate: "step-after" }),
      points("points", "points_rows", { fillOpacity: { value: 0 } }),
    ],
  });
  const problems = results.data.length * protocol.seeds;
  const caption = "The share of problems, each a dataset and a seed, on which an optimizer " +
    "reaches the target within so many times the steps of the fastest (Dolan and Moré, 2002): " +
    `n = ${problems}. There is no band. What a curve lacks to 1 are misses.`;
  return figure("Performance profiles", spec, caption);
}

// --- The page

const optimizerNames =
  [...new Set(results.data.flatMap((data) => data.optimizers.map(({ name }) => name)))];
const hint = "Drag across a chart to zoom in, or turn the wheel with Ctrl held; a double click " +
  "resets it. A name shows or hides its optimizer in all charts.";

document.querySelector("header").append(
  facts(), ...(isTuned ? [details("Search spaces", searchSpaces())] : []),
  details("All options", allOptions()));
const controls = element("div", { class: "controls" },
  legend(optimizerNames), choice("Progress in", "unit", progress));
document.querySelector("main").prepend(element("p", { class: "hint" }, hint), controls);

const sections = document.querySelectorAll("main > section");
results.data.forEach((data, i) => {
  const metric = metricOf(data);
  const sizes = `${data.task}, ${number(data.train)} examples to train on, ` +
    `${number(data.validation)} for validation, ${number(data.test)} for the test; layers ` +
    data.layers.join("-");
  const charts = [
    ...testMetric(data), ...curves(data, `validation_${metric}`, `Validation ${metric}`),
    ...curves(data, "train_loss", "Training loss"),
    ...curves(data, "validation_loss", "Validation loss"),
    ...timeToTarget(data), ...sensitivity(data), ...budgets(data),
  ];
  sections[i].append(
    element("p", { class: "facts" }, sizes), standings(data), ...notes(data),
    ...pairs(data), element("div", { class: "figures" }, ...charts));
});
if (results.profiles.length > 0) {
  const heading = element("h2", {}, "Over all data");
  const figures = element("div", { class: "figures" }, profiles());
  document.querySelector("main").append(element("section", {}, heading, figures));
}
