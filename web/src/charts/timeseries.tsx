import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import { spokenEvents, within } from "../lib/events";
import type { Frame } from "../lib/frames";
import { reduce } from "../lib/reduce";
import { format } from "../lib/units";
import type { ChartProps } from "./chart";
import { coloursOf } from "./colours";
import { columns, type Drawing, draw } from "./drawing";
import { Legend } from "./legend";

const SPOKEN = 5;

/** Lines, bars or points over time. */
export function TimeSeries({ panel, frame, span, dark, events, onZoom }: ChartProps) {
  const [only, setOnly] = useState<number | null>(null);
  const colours = useMemo(() => coloursOf(panel.field, frame, dark), [panel, frame, dark]);
  const shown = useMemo(() => alone(frame, only), [frame, only]);
  const newest = useRef<Drawing>(null as unknown as Drawing);
  newest.current = { panel, frame: shown, colours, span, dark, events, onZoom };
  const element = usePlot(newest);
  const beside = panel.options.legend === "right" ? "chart chart-beside" : "chart";
  return (
    <div class={beside}>
      <div
        class="plot"
        ref={element}
        role="img"
        aria-label={spoken(panel.title, frame, panel.field) + spokenEvents(within(events, span))}
      />
      {panel.options.legend && (
        <Legend panel={panel} frame={frame} colours={colours} only={only} onOnly={setOnly} />
      )}
    </div>
  );
}

/** The frame with one series left; the others keep their places and lose their values. */
function alone(frame: Frame, only: number | null): Frame {
  if (only === null || only >= frame.series.length) return frame;
  const nothing = frame.times.map(() => null);
  const series = frame.series.map((one, at) => (at === only ? one : { ...one, values: nothing }));
  return { times: frame.times, series };
}

function spoken(title: string, frame: Frame, field: { unit: string }): string {
  const last = frame.series
    .slice(0, SPOKEN)
    .map((one) => `${one.name} ${format(reduce(one.values, "lastNotNull"), field.unit)}`);
  return `${title}: ${frame.series.length} series; ${last.join(", ")}`;
}

/** Keep one uPlot in an element: new data is set, a new shape is drawn anew. */
function usePlot(newest: { current: Drawing }) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<{ u: uPlot; shape: string } | null>(null);
  const { panel, frame, colours, span, dark, events } = newest.current;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn is read from `newest`
  useLayoutEffect(() => {
    const shape = JSON.stringify([
      panel.id,
      panel.field,
      panel.stroke,
      colours,
      dark,
      names(frame),
    ]);
    if (plot.current?.shape === shape) {
      plot.current.u.setData(columns(newest.current));
    } else if (element.current) {
      plot.current?.u.destroy();
      plot.current = { u: draw(element.current, () => newest.current), shape };
    }
  }, [frame, colours, span, panel, dark, events]);

  useEffect(() => {
    const target = element.current as HTMLDivElement;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = target;
      if (width > 0 && height > 0) plot.current?.u.setSize({ width, height });
    });
    observer.observe(target);
    return () => {
      observer.disconnect();
      plot.current?.u.destroy();
      plot.current = null;
    };
  }, []);
  return element;
}

function names(frame: Frame): string[] {
  return frame.series.map((series) => series.name);
}
