const drawn = [];
const colours = ["#2f7fb5", "#d9772b", "#5a9e4b", "#b0498c", "#8a6fd1", "#3aa6a0", "#c4463a", "#9a8a2f", "#6b7a85", "#cf8fb2"];
const named = [];

// The same name has the same colour in every chart.
function colourOf(name) {
  if (!named.includes(name)) named.push(name);
  return colours[named.indexOf(name) % colours.length];
}

// make: the options, with the colours of the moment
function draw(id, title, height, make) {
  const box = document.getElementById(id).appendChild(document.createElement("figure"));
  box.append(element("figcaption", title));
  const canvas = box.appendChild(document.createElement("div"));
  canvas.style.height = height + "px";
  const chart = echarts.init(canvas, null, { renderer: "svg" });
  const refresh = () => {
    const text = colour("--text")(), quiet = colour("--quiet")(), line = colour("--line")();
    const axis = { axisLabel: { color: quiet }, nameTextStyle: { color: quiet },
      splitLine: { lineStyle: { color: line } }, axisLine: { lineStyle: { color: line } } };
    chart.setOption({ animation: false, textStyle: { fontFamily: "system-ui, sans-serif" },
      legend: { bottom: 0, textStyle: { color: text } },
      ...make(axis, text, quiet) }, true);
  };
  refresh();
  new ResizeObserver(() => requestAnimationFrame(() => chart.resize())).observe(canvas);
  drawn.push(refresh);
}

const ofThree = x => Number(Number(x).toPrecision(3)).toString();

// series: [name, [{ value, mark } or null, ...]]
function bars(id, title, categories, series) {
  draw(id, title, 370, (axis, text) => ({
    grid: { left: 56, right: 12, top: 16, bottom: 114 },
    tooltip: { trigger: "axis", confine: true, valueFormatter: v => v === undefined || v === null ? "" : ofThree(v) + "x" },
    xAxis: { ...axis, type: "category", data: categories, axisLabel: { ...axis.axisLabel, interval: 0, hideOverlap: true } },
    yAxis: { ...axis, type: "log", axisLabel: { ...axis.axisLabel, formatter: v => ofThree(v) + "x" } },
    series: series.map(([name, values], i) => ({ name, type: "bar", barGap: 0, color: colourOf(name),
      // Bars of a logarithmic axis begin at 1: longer is slower, downwards is faster.
      data: values.map(v => v === null ? null : { value: v.value,
        label: { show: v.mark !== "", position: "top", formatter: v.mark, color: text } }),
      markLine: i ? undefined : { silent: true, symbol: "none", data: [{ yAxis: 1 }],
        lineStyle: { color: text, type: "solid" }, label: { show: false } } })),
  }));
}

// series: [name, [[x, y, label], ...]]; marks: [name, x]
function lines(id, title, xName, yName, series, marks) {
  draw(id, title, 390, (axis, text, quiet) => ({
    grid: { left: 64, right: 24, top: 32, bottom: 134 },
    tooltip: { trigger: "item", confine: true,
      formatter: p => `${p.seriesName}<br>${p.data[2]}: ${ofThree(p.data[1])} ${yName}` },
    xAxis: { ...axis, type: "log", name: xName, nameLocation: "middle", nameGap: 26,
      axisLabel: { ...axis.axisLabel, formatter: bytes } },
    yAxis: { ...axis, type: "log", name: yName, nameTextStyle: { ...axis.nameTextStyle, align: "left" },
      axisLabel: { ...axis.axisLabel, formatter: ofThree } },
    series: series.filter(s => s[1].length).map(([name, points], i) => ({ name, type: "line", data: points,
      color: colourOf(name), symbolSize: 7, markLine: i ? undefined : { silent: true, symbol: "none",
        lineStyle: { color: quiet, type: "dashed" },
        data: marks.map(([label, x]) => ({ xAxis: x, label: { formatter: label, color: quiet } })) } })),
  }));
}

const bytes = b => b >= 1e9 ? ofThree(b / 1e9) + " GB" : b >= 1e6 ? ofThree(b / 1e6) + " MB"
  : b >= 1e3 ? ofThree(b / 1e3) + " kB" : b + " B";

// points: [operations a byte, GFLOP/s, label]
function roofline(id, points, bandwidth, peak) {
  if (!points.length) return;
  const from = Math.min(...points.map(p => p[0])) / 2, to = Math.max(peak / bandwidth, ...points.map(p => p[0])) * 2;
  const roof = [from, peak / bandwidth, to].map(x => [x, Math.min(peak, x * bandwidth), "ceiling"]);
  draw(id, "GFLOP/s against operations a byte", 420, axis => ({
    grid: { left: 64, right: 24, top: 32, bottom: 124 },
    tooltip: { trigger: "item", confine: true,
      formatter: p => `${p.data[2]}<br>${ofThree(p.data[1])} GFLOP/s, ${ofThree(p.data[0])} operations a byte` },
    xAxis: { ...axis, type: "log", name: "operations a byte", nameLocation: "middle", nameGap: 26, min: from, max: to,
      axisLabel: { ...axis.axisLabel, formatter: ofThree } },
    yAxis: { ...axis, type: "log", name: "GFLOP/s", axisLabel: { ...axis.axisLabel, formatter: ofThree } },
    series: [{ name: "ceilings: bandwidth of a copy, multiply-adds", type: "line", data: roof, symbol: "none" },
      ...[...new Set(points.map(p => p[2].split(" ")[0]))].map(loss => ({ name: loss, type: "scatter", symbolSize: 9, color: colourOf(loss),
        data: points.filter(p => p[2].split(" ")[0] === loss) }))],
  }));
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn.forEach(refresh => refresh()));
