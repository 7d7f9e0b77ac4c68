import { display, type Shown } from "../lib/display";
import type { Series } from "../lib/frames";
import { faded } from "../lib/palette";
import { reduce } from "../lib/reduce";
import { sparkPath } from "../lib/sparkline";
import type { Panel } from "../lib/types";
import type { ChartProps } from "./chart";

const MOST = 24;

/** Large numbers, one per series. */
export function Stat({ panel, frame, dark }: ChartProps) {
  const { orientation } = panel.options;
  const upright = orientation === "horizontal" ? "stats stats-rows" : "stats";
  return (
    <div class={upright}>
      {frame.series.slice(0, MOST).map((series, at) => {
        const value = reduce(series.values, panel.options.reducer);
        const shown = display(panel.field, value, dark);
        const named = frame.series.length > 1 || panel.options.text.includes("name");
        // biome-ignore lint/suspicious/noArrayIndexKey: two series may have one name
        return <Cell key={at} panel={panel} series={series} shown={shown} named={named} />;
      })}
      {frame.series.length > MOST && (
        <p class="muted small">and {frame.series.length - MOST} more series</p>
      )}
    </div>
  );
}

interface CellProps {
  panel: Panel;
  series: Series;
  shown: Shown;
  named: boolean;
}

function Cell({ panel, series, shown, named }: CellProps) {
  const { colours, graph, text } = panel.options;
  const filled = colours.startsWith("background");
  const back = filled ? { background: faded(shown.colour, 0.28) } : {};
  const ink = colours === "none" ? {} : { color: shown.colour };
  const path = graph === "area" ? sparkPath(series.values) : "";
  return (
    <div class="stat" style={back}>
      {path && (
        <svg class="stat-graph" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path d={path} stroke={shown.colour} vector-effect="non-scaling-stroke" />
        </svg>
      )}
      {named && text !== "value" && <span class="stat-name">{series.name}</span>}
      {text !== "name" && text !== "none" && (
        <span class="stat-value" style={ink}>
          {shown.text}
        </span>
      )}
    </div>
  );
}
