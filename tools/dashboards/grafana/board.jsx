// One dashboard file and the answers to its queries → the page that Grafana's own panels make of them. Asks nothing.

import "@fontsource/inter/latin-400.css";
import "@fontsource/inter/latin-500.css";
import { createTheme, dateTime, dateTimeFormat, FieldType, getDisplayProcessor, getMinMaxAndDelta, reduceField } from "@grafana/data";
import { BigValue, GlobalStyles, PanelChrome, ThemeContext, TimeSeries } from "@grafana/ui";
import { createRoot } from "react-dom/client";

const ZONE = "utc";
const GAP = 8;
const CELL = 30; // height of a grid unit, as Grafana's
const LINE = {
  axisPlacement: "auto",
  axisColorMode: "text",
  axisBorderShow: false,
  gradientMode: "none",
  pointSize: 5,
  lineStyle: { fill: "solid" },
  scaleDistribution: { type: "linear" },
  barAlignment: 0,
  hideFrom: { legend: false, tooltip: false, viz: false },
};

const { board, answers, span, width, footer } = window.newswire;
const theme = createTheme({ colors: { mode: "dark" } });
const range = { from: dateTime(span.from * 1000), to: dateTime(span.to * 1000) };
range.raw = range;

// `{{label}}` of a legend, as Grafana's Prometheus source fills it in.
const named = (legend, metric) => legend.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label) => metric[label] ?? "");

// Prometheus leaves out a moment at which there was nothing: a gap in a line.
function columns(series) {
  const at = new Map(series.values.map(([time, value]) => [Math.round(time), Number(value)]));
  const times = [];
  for (let time = span.from; time <= span.to; time += span.step) times.push(time);
  const value = (time) => (Number.isFinite(at.get(time)) ? at.get(time) : null);
  return [times.map((time) => time * 1000), times.map(value)];
}

function framesOf(panel) {
  const { defaults } = panel.fieldConfig;
  const all = (answers[panel.id] ?? []).flatMap((one) => one.series.map((series) => ({ ...one, series })));
  return all.map(({ series, refId, legend }, index) => {
    const [times, values] = columns(series);
    const time = { name: "Time", type: FieldType.time, config: { interval: span.step * 1000 }, values: times };
    const name = named(legend, series.metric) || panel.title;
    const config = { ...defaults, displayName: name, custom: { ...LINE, ...defaults.custom } };
    const value = { name, type: FieldType.number, labels: series.metric, config, values };
    for (const field of [time, value]) field.display = getDisplayProcessor({ field, theme, timeZone: ZONE });
    value.state = { seriesIndex: index, displayName: name, range: getMinMaxAndDelta(value) };
    value.display = getDisplayProcessor({ field: value, theme, timeZone: ZONE });
    return { refId, fields: [time, value], length: times.length };
  });
}

function Lines({ panel, frames, width, height }) {
  const { legend } = panel.options;
  return (
    <TimeSeries frames={frames} timeRange={range} timeZone={ZONE} width={width} height={height} legend={legend} options={panel.options} />
  );
}

function Figure({ panel, frames, width, height }) {
  const [calc] = panel.options.reduceOptions.calcs;
  const shown = frames.length === 0 ? [null] : frames;
  return shown.map((frame, index) => {
    const field = frame?.fields[1];
    const value = field ? reduceField({ field, reducers: [calc] })[calc] : null;
    const { noValue } = panel.fieldConfig.defaults;
    const display = value === null || value === undefined ? { text: noValue, numeric: NaN } : field.display(value);
    const sparkline = field && { y: field, x: frame.fields[0], highlightIndex: undefined };
    const each = { width: width / shown.length, height, theme, value: { ...display, title: "" }, sparkline };
    return <BigValue key={index} {...each} {...panel.options} />;
  });
}

const DRAWN = { timeseries: Lines, stat: Figure };

function Panel({ panel }) {
  const { x, y, w, h } = panel.gridPos;
  const unit = (width + GAP) / 24;
  const place = { left: x * unit, top: y * (CELL + GAP), width: w * unit - GAP, height: h * (CELL + GAP) - GAP };
  const style = { position: "absolute", ...place };
  if (panel.type === "row") {
    return (
      <div style={{ ...style, display: "flex", alignItems: "center", ...theme.typography.h6, margin: 0 }}>
        <span style={{ color: theme.colors.text.secondary, padding: "0 10px 0 6px" }}>⌄</span>
        {panel.title}
      </div>
    );
  }
  const frames = framesOf(panel);
  const Drawn = DRAWN[panel.type];
  return (
    <div style={style} data-panel={panel.title} data-series={frames.length}>
      <PanelChrome title={panel.title} description={panel.description} width={place.width} height={place.height}>
        {(width, height) => <Drawn panel={panel} frames={frames} width={width} height={height} />}
      </PanelChrome>
    </div>
  );
}

function Chosen({ label, value }) {
  const box = { padding: "0 10px", lineHeight: "30px", border: `1px solid ${theme.colors.border.medium}` };
  return (
    <span style={{ display: "inline-flex", marginRight: 10 }}>
      <span style={{ ...box, background: theme.colors.background.secondary, borderRight: 0 }}>{label}</span>
      <span style={{ ...box, background: theme.components.input.background }}>{value}</span>
    </span>
  );
}

function Board() {
  const bottom = Math.max(...board.panels.map(({ gridPos }) => gridPos.y + gridPos.h)) * (CELL + GAP);
  const variables = board.templating.list.filter((one) => one.hide !== 2);
  const clock = (moment) => dateTimeFormat(moment, { timeZone: ZONE });
  return (
    <div style={{ width, padding: 16, boxSizing: "content-box" }}>
      <div style={{ display: "flex", alignItems: "center", justifyContent: "space-between", marginBottom: 12 }}>
        <span>
          <span style={{ fontSize: 18, fontWeight: 500, marginRight: 24 }}>{board.title}</span>
          {variables.map((one) => <Chosen key={one.name} label={one.label} value={one.current.text.join(" + ")} />)}
        </span>
        <Chosen label="UTC" value={`${clock(range.from)} to ${clock(range.to)}`} />
      </div>
      <div style={{ position: "relative", height: bottom }}>
        {board.panels.map((panel) => <Panel key={panel.id} panel={panel} />)}
      </div>
      <div style={{ color: theme.colors.text.secondary, fontSize: 12 }}>{footer}</div>
    </div>
  );
}

createRoot(document.getElementById("board")).render(
  <ThemeContext.Provider value={theme}>
    <GlobalStyles />
    <Board />
  </ThemeContext.Provider>,
);
