const charts = [];

// series: [name, values, colour, dashes]
function chart(id, title, xName, x, series, digits, xScale, yScale) {
  const box = document.getElementById(id).appendChild(document.createElement("figure"));
  box.append(element("figcaption", title));
  const axis = { stroke: colour("--quiet"), grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line"), width: 1 }, font: "12px system-ui, sans-serif" };
  const width = () => box.clientWidth - 24;
  const plot = new uPlot({
    width: width(), height: 240,
    scales: { x: { time: false, ...xScale }, y: { ...yScale } },
    axes: [{ ...axis, label: xName, labelSize: 18, labelFont: axis.font, size: 32 }, { ...axis, size: 56 }],
    series: [{ label: xName, value: (u, v) => v ?? last(u.data[0]) }, ...series.map(([label, , tint, dash]) => ({
      label, stroke: colour(tint), width: 2, dash: dash ?? [], points: { show: false },
      value: (u, v, s) => (v ?? last(u.data[s])).toFixed(digits) }))],
  }, [x, ...series.map(s => s[1])], box);
  // In the next frame: a size set within the observer makes it report an undelivered notification.
  new ResizeObserver(() => requestAnimationFrame(() => {
    if (plot.width !== width()) plot.setSize({ width: width(), height: 240 });
  })).observe(box);
  charts.push(plot);
}

matchMedia("(prefers-color-scheme: dark)")
  .addEventListener("change", () => charts.forEach(plot => plot.redraw(false)));
