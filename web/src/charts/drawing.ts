// uPlot set up for one time series panel.

import uPlot from "uplot";
import type { Frame } from "../lib/frames";
import { faded } from "../lib/palette";
import { stacked } from "../lib/stacking";
import type { Happening, Panel } from "../lib/types";
import { format } from "../lib/units";
import { pageColour } from "./colours";
import { events } from "./events";
import { thresholds } from "./thresholds";
import { tooltip } from "./tooltip";

/** Everything that one drawing needs; the data in it changes, the rest does not. */
export interface Drawing {
  panel: Panel;
  frame: Frame;
  colours: string[];
  span: [start: number, end: number];
  dark: boolean;
  events: Happening[];
  onZoom: (span: [start: number, end: number] | null) => void;
}

const FONT = "11px system-ui, sans-serif";
const SMALLEST_DRAG = 6;
// Ticks at round numbers of KiB, MiB, …
const BINARY = Array.from({ length: 60 }, (_, power) => 2 ** power);
const BINARY_UNITS = new Set(["bytes", "kbytes", "mbytes", "gbytes", "binBps", "bits"]);

/** The columns that uPlot draws. */
export function columns({ panel, frame }: Drawing): uPlot.AlignedData {
  const { stacking } = panel.stroke;
  const values =
    stacking === "none"
      ? frame.series.map((series) => series.values)
      : stacked(frame, stacking === "percent");
  return [frame.times, ...values] as uPlot.AlignedData;
}

function paths(panel: Panel): uPlot.Series.PathBuilder | undefined {
  const { style, interpolation } = panel.stroke;
  if (style === "bars") return uPlot.paths.bars?.({ size: [0.8, 24] });
  if (style === "points") return () => null;
  if (interpolation === "smooth") return uPlot.paths.spline?.();
  if (interpolation === "stepAfter") return uPlot.paths.stepped?.({ align: 1 });
  if (interpolation === "stepBefore") return uPlot.paths.stepped?.({ align: -1 });
  return undefined;
}

function line({ panel, frame, colours }: Drawing, at: number): uPlot.Series {
  const { stroke } = panel;
  const colour = colours[at] ?? "";
  const builder = paths(panel);
  const opacity = stroke.style === "bars" ? Math.max(stroke.fill, 50) : stroke.fill;
  // One sample has no line: it is drawn as a point.
  const lonely = frame.series[at]?.values.filter((value) => value !== null).length === 1;
  return {
    label: frame.series[at]?.name ?? "",
    stroke: colour,
    width: Math.max(stroke.width, stroke.style === "points" ? 0 : 1),
    spanGaps: stroke.span_nulls,
    points: { show: lonely || stroke.style === "points", size: 4 },
    ...(builder && { paths: builder }),
    ...(opacity > 0 && { fill: faded(colour, opacity / 100) }),
  };
}

/** The ends of the value axis around the data; zero is shown where it is near. */
function around(low: number, high: number): [number, number] {
  if (low === 0 && high === 0) return [0, 1];
  const soft = { pad: 0.1, soft: 0, mode: 3 as const };
  const [from, to] = uPlot.rangeNum(low, high, { min: soft, max: soft });
  return [from ?? low, to ?? high];
}

function scaleY(panel: Panel): uPlot.Scale {
  const { minimum, maximum } = panel.field;
  const { log_base: base, stacking } = panel.stroke;
  if (base) return { distr: 3, log: base === 2 ? 2 : 10 };
  return {
    range: (_, low, high) => {
      const floor = stacking === "none" ? low : Math.min(0, low ?? 0);
      const [from, to] = around(floor ?? 0, high ?? 0);
      return [minimum ?? from, maximum ?? to];
    },
  };
}

function axes(panel: Panel): uPlot.Axis[] {
  const common = {
    stroke: pageColour("--soft"),
    grid: { stroke: pageColour("--line"), width: 1 },
    ticks: { show: false },
    font: FONT,
  };
  const percent = panel.stroke.stacking === "percent";
  const { unit, decimals } = panel.field;
  const written = (value: number | null) =>
    percent ? format(value, "percentunit", 0) : format(value, unit, decimals);
  const widest = (texts: string[] | null) =>
    Math.max(34, ...(texts ?? []).map((text) => text.length * 6.6 + 14));
  return [
    {
      ...common,
      space: 70,
      size: (_: uPlot, texts: string[] | null) =>
        texts?.some((text) => text?.includes("\n")) ? 42 : 26,
      values: [
        [86_400, "{YYYY}-{MM}-{DD}", null, null, null, null, null, null, 1],
        [3_600, "{HH}:{mm}", "\n{MM}-{DD}", null, "\n{MM}-{DD}", null, null, null, 1],
        [60, "{HH}:{mm}", null, null, null, null, null, null, 1],
        [1, "{HH}:{mm}:{ss}", null, null, null, null, null, null, 1],
      ],
    },
    {
      ...common,
      ...(BINARY_UNITS.has(unit) && { incrs: BINARY }),
      size: (_: uPlot, texts: string[] | null) => widest(texts),
      values: (_: uPlot, values: (number | null)[]) => values.map(written),
    },
  ];
}

/** Draw into an element; `drawing` gives the newest data whenever it is asked. */
export function draw(element: HTMLElement, drawing: () => Drawing): uPlot {
  const first = drawing();
  const { panel, frame } = first;
  const stacking = panel.stroke.stacking !== "none";
  const u = new uPlot(
    {
      width: element.clientWidth,
      height: element.clientHeight,
      padding: [10, 14, 0, 0],
      legend: { show: false },
      plugins: [tooltip(drawing), thresholds(panel, first.dark), events(drawing)],
      cursor: {
        y: false,
        sync: { key: "dashboard", setSeries: false },
        drag: { x: true, y: false, setScale: false },
        points: { size: 7 },
        bind: { dblclick: () => null },
      },
      scales: { x: { range: () => drawing().span }, y: scaleY(panel) },
      axes: axes(panel),
      series: [{}, ...frame.series.map((_, at) => line(first, at))],
      bands: stacking
        ? frame.series.slice(1).map((_, at) => ({ series: [at + 2, at + 1] as [number, number] }))
        : [],
      hooks: {
        setSelect: [
          (self) => {
            const { left, width } = self.select;
            if (width < SMALLEST_DRAG) return;
            drawing().onZoom([self.posToVal(left, "x"), self.posToVal(left + width, "x")]);
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
      },
    },
    columns(first),
    element,
  );
  u.over.addEventListener("dblclick", () => drawing().onZoom(null));
  return u;
}
