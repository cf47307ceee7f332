/* Draws the charts of the dashboard with Chart.js. `figures` gives what the page says now. */
window.drawing = (figures) => {
  "use strict";
  const language = document.documentElement.lang;
  const byId = (id) => document.getElementById(id);
  const drawn = new Map();
  let colours = {}, patterns = {};

  /* Colours come from the style sheet, so that light and dark are said once. */
  function readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["c1", "c2", "c3", "c4", "c5", "c6", "ink", "ink-2", "line", "paper"]) {
      colours[name] = style.getPropertyValue(`--${name}`).trim();
    }
    patterns = {};
  }

  function hatched(context, name) {
    if (!patterns[name]) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = 8;
      const pen = tile.getContext("2d");
      pen.fillStyle = colours.paper;
      pen.fillRect(0, 0, 8, 8);
      pen.strokeStyle = colours[name];
      pen.lineWidth = 2;
      pen.beginPath();
      for (const from of [-8, 0, 8]) { pen.moveTo(from, 8); pen.lineTo(from + 8, 0); }
      pen.stroke();
      patterns[name] = context.createPattern(tile, "repeat");
    }
    return patterns[name];
  }

  const scaled = (chart, value) => (chart.unit === "money" && value !== null ? value / figures().scale : value);

  function tick(chart) {
    const money = { style: "currency", currency: figures().currency, notation: "compact", maximumFractionDigits: 1, minimumFractionDigits: 0 };
    const format = new Intl.NumberFormat(language === "en" ? "en-GB" : language, chart.unit === "money" ? money : { maximumFractionDigits: 1 });
    return (value) => (chart.unit === "count" && value % 1 ? "" : format.format(value));
  }

  const font = () => ({ family: getComputedStyle(document.body).fontFamily, size: 12 });
  const narrow = (canvas) => canvas.parentElement.clientWidth < 420;

  /* A name or a value beside the shape it belongs to: no legend to look up. */
  const labels = {
    id: "labels",
    afterDatasetsDraw(graph, _args, options) {
      const pen = graph.ctx, area = graph.chartArea;
      pen.save();
      pen.font = `12px ${font().family}`;
      pen.textBaseline = "middle";
      if (options.kind === "lines") {
        const ends = graph.data.datasets.map((set, at) => {
          const points = graph.getDatasetMeta(at).data.filter((_, i) => set.data[i] !== null);
          return { set, at, y: points.length ? points[points.length - 1].y : null };
        }).filter((end) => end.y !== null).sort((a, b) => a.y - b.y);
        let below = area.top - 14, above = area.bottom + 24;
        for (const end of ends) below = end.y = Math.max(end.y, below + 30);
        for (const end of [...ends].reverse()) above = end.y = Math.min(end.y, above - 30);
        for (const { y, ...end } of ends) {
          pen.fillStyle = colours.ink;
          pen.textAlign = "left";
          pen.fillText(end.set.label, area.right + 8, y - 7);
          pen.fillStyle = colours["ink-2"];
          pen.fillText(options.ends[end.at], area.right + 8, y + 7);
        }
      } else {
        const rows = options.kind === "rows";
        options.ends.forEach((text, i) => {
          const bars = graph.data.datasets.map((_, at) => graph.getDatasetMeta(at).data[i]).filter(Boolean);
          const far = rows ? Math.max(...bars.map((bar) => Math.max(bar.x, bar.base))) : Math.min(...bars.map((bar) => bar.y));
          pen.fillStyle = colours.ink;
          pen.textAlign = rows ? "left" : "center";
          if (rows) pen.fillText(text, far + 6, bars[0].y);
          else pen.fillText(text, bars[0].x, Math.max((options.tops[i] ?? far) - 10, 8));
        });
      }
      pen.restore();
    },
  };

  /* From the lowest to the highest that is expected, as a fork over the bar. */
  const forks = {
    id: "forks",
    afterDatasetsDraw(graph, _args, options) {
      if (!options.low) return;
      const pen = graph.ctx, axis = graph.scales.y;
      options.tops.length = 0;
      pen.save();
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 2;
      graph.getDatasetMeta(0).data.forEach((bar, i) => {
        const low = axis.getPixelForValue(options.low[i]), high = axis.getPixelForValue(options.high[i]);
        options.tops.push(high);
        pen.beginPath();
        pen.moveTo(bar.x, low); pen.lineTo(bar.x, high);
        pen.moveTo(bar.x - 7, low); pen.lineTo(bar.x + 7, low);
        pen.moveTo(bar.x - 7, high); pen.lineTo(bar.x + 7, high);
        pen.stroke();
      });
      pen.restore();
    },
  };

  /* A long name takes two lines, where there is little room. */
  function inLines(label, canvas) {
    const middle = label.length > 14 && narrow(canvas) ? label.lastIndexOf(" ", Math.ceil(label.length / 2) + 3) : -1;
    return middle > 0 ? [label.slice(0, middle), label.slice(middle + 1)] : label;
  }

  const edge = (chart, kind) => chart.series.find((one) => one.drawn === kind);

  function dataset(chart, one, context) {
    const values = one.values.map((value) => scaled(chart, value));
    const many = values.map((_, i) => colours[one.colours[i % one.colours.length]]);
    if (one.drawn === "line" || one.drawn === "dashed") {
      return {
        label: one.name, data: values, borderColor: many[0], backgroundColor: many[0], borderWidth: 2.5,
        borderDash: one.drawn === "dashed" ? [6, 5] : [], pointRadius: values.filter((value) => value !== null).length === 1 ? 4 : 0, pointHoverRadius: 5, pointHitRadius: 16, tension: 0.25,
      };
    }
    const fill = one.drawn === "hatched" ? values.map((_, i) => hatched(context, one.colours[i % one.colours.length])) : many;
    return {
      label: one.name, data: values, backgroundColor: fill, borderColor: many, borderWidth: one.drawn === "hatched" ? 1 : 0,
      borderRadius: 4, borderSkipped: false, maxBarThickness: chart.kind === "rows" ? 22 : 56,
    };
  }

  function options(chart, canvas) {
    const rows = chart.kind === "rows", lines = chart.kind === "lines", format = tick(chart);
    const low = edge(chart, "low"), high = edge(chart, "high");
    const tops = [];
    const ends = lines ? chart.series.map((one) => one.texts[one.texts.length - 1]) : chart.ends.length ? chart.ends : chart.series[0].texts;
    const values = { grid: { color: colours.line }, border: { display: false }, stacked: rows, ticks: { color: colours["ink-2"], font: font(), callback: format, maxTicksLimit: 5 }, beginAtZero: chart.unit !== "days" };
    if (chart.unit === "days") {
      const found = chart.series.flatMap((one) => one.values).filter((value) => value !== null);
      Object.assign(values, { suggestedMin: Math.max(0, Math.min(...found) * 0.85), suggestedMax: Math.max(...found) * 1.1 });
    }
    if (high) values.suggestedMax = Math.max(...high.values) / figures().scale * 1.12;
    const names = { grid: { display: false }, border: { color: colours.line }, stacked: rows, ticks: { color: colours["ink-2"], font: font(), autoSkip: !rows, maxRotation: 0, maxTicksLimit: narrow(canvas) ? 4 : 7 } };
    if (rows) {
      const sums = chart.labels.map((_, i) => chart.series.reduce((sum, one) => sum + (scaled(chart, one.values[i]) ?? 0), 0));
      Object.assign(values, { display: false, min: Math.min(0, ...sums), max: Math.max(1, ...sums) });
      delete names.ticks.maxTicksLimit;
    }
    const widest = Math.max(...ends.map((text) => text.length), ...(lines ? chart.series.map((one) => one.name.length) : [0]));
    return {
      animation: false, responsive: true, maintainAspectRatio: false, indexAxis: rows ? "y" : "x",
      interaction: { mode: "index", axis: rows ? "y" : "x", intersect: false },
      layout: { padding: { top: rows ? 0 : 18, right: rows || lines ? 14 + widest * 6.6 : 0 } },
      scales: rows ? { x: values, y: names } : { x: names, y: values },
      onClick: (_event, found) => { if (found.length && chart.links.length) go(chart, found[0].index); },
      onHover: (event, found) => { event.native.target.style.cursor = found.length && chart.links.length ? "pointer" : "default"; },
      plugins: {
        legend: { display: false },
        tooltip: {
          animation: false, backgroundColor: colours.ink, titleColor: colours.paper, bodyColor: colours.paper, titleFont: font(), bodyFont: font(), displayColors: false, padding: 10,
          callbacks: { label: () => "", afterBody: (items) => chart.series.map((one) => `${one.name}: ${one.texts[items[0].dataIndex]}`) },
        },
        labels: { kind: chart.kind, ends, tops },
        forks: { low: low && low.values.map((v) => scaled(chart, v)), high: high && high.values.map((v) => scaled(chart, v)), tops },
      },
    };
  }

  function go(chart, at) {
    if (chart.links[at]) location.href = chart.links[at] + location.search;
  }

  function draw(chart) {
    const canvas = byId(`c-${chart.name}`);
    if (!canvas || !window.Chart) return;
    byId(`b-${chart.name}`).classList.toggle("blank", chart.blank);
    const shown = chart.series.filter((one) => !["low", "high"].includes(one.drawn));
    const type = chart.kind === "lines" ? "line" : "bar";
    const data = { labels: chart.labels.map((label) => inLines(label, canvas)), datasets: shown.map((one) => dataset(chart, one, canvas.getContext("2d"))) };
    const known = drawn.get(chart.name);
    if (known) {
      known.data = data;
      known.options = options(chart, canvas);
      known.update("none");
      return;
    }
    drawn.set(chart.name, new window.Chart(canvas, { type, data, options: options(chart, canvas), plugins: [forks, labels] }));
    canvas.addEventListener("keydown", (event) => walk(event, chart.name));
    canvas.addEventListener("blur", () => point(chart.name, -1));
  }

  /* Arrow keys walk along the values, and each is told; Enter opens the list behind it. */
  const at = {};
  function walk(event, name) {
    const chart = figures().charts.find((one) => one.name === name), last = chart.labels.length - 1;
    const now = at[name] ?? -1;
    const to = { ArrowRight: now + 1, ArrowDown: now + 1, ArrowLeft: now - 1, ArrowUp: now - 1, Home: 0, End: last }[event.key];
    if (event.key === "Enter" && now >= 0) go(chart, now);
    if (event.key === "Escape") point(name, -1);
    if (to === undefined) return;
    event.preventDefault();
    point(name, Math.min(Math.max(to, 0), last));
  }

  function point(name, index) {
    const graph = drawn.get(name), chart = figures().charts.find((one) => one.name === name);
    at[name] = index;
    const found = index < 0 ? [] : graph.data.datasets.map((_, datasetIndex) => ({ datasetIndex, index }));
    graph.setActiveElements(found);
    graph.tooltip.setActiveElements(found, { x: 0, y: 0 });
    graph.update("none");
    byId(`s-${name}`).textContent = index < 0 ? "" : `${chart.labels[index]}. ${chart.series.map((one) => `${one.name}: ${one.texts[index]}`).join(". ")}`;
  }

  readColours();
  return { draw, readColours };
};
