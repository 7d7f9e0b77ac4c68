import type { Series } from "../lib/frames";
import { reduce } from "../lib/reduce";
import { format } from "../lib/units";
import type { ChartProps } from "./chart";
import { coloursOf } from "./colours";
import { Swatch } from "./legend";

interface Slice {
  series: Series;
  colour: string;
  value: number;
  from: number;
  to: number;
}

function slices({ panel, frame, dark }: ChartProps): Slice[] {
  const colours = coloursOf(panel.field, frame, dark);
  const values = frame.series.map((series) =>
    Math.max(0, reduce(series.values, panel.options.reducer) ?? 0),
  );
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  let from = 0;
  return frame.series.map((series, at) => {
    const value = values[at] as number;
    const slice = { series, colour: colours[at] ?? "", value, from, to: from + value / total };
    from = slice.to;
    return slice;
  });
}

function edge(part: number): string {
  const angle = (part - 0.25) * 2 * Math.PI;
  return `${(50 + 46 * Math.cos(angle)).toFixed(2)} ${(50 + 46 * Math.sin(angle)).toFixed(2)}`;
}

function outline({ from, to }: Slice): string {
  if (to - from > 0.9999) return "M50 4A46 46 0 1 1 49.99 4Z";
  return `M50 50L${edge(from)}A46 46 0 ${to - from > 0.5 ? 1 : 0} 1 ${edge(to)}Z`;
}

/** Shares of a whole. */
export function PieChart(props: ChartProps) {
  const { panel } = props;
  const found = slices(props);
  const written = (slice: Slice) => format(slice.value, panel.field.unit, panel.field.decimals);
  return (
    <div class="pie">
      <svg viewBox="0 0 100 100" role="img" aria-label={`${panel.title}: ${found.length} shares`}>
        {found.map((slice) => (
          <path key={slice.from} d={outline(slice)} fill={slice.colour}>
            <title>{`${slice.series.name} ${written(slice)}`}</title>
          </path>
        ))}
        {panel.options.donut && <circle class="pie-hole" cx="50" cy="50" r="28" />}
      </svg>
      <ul class="legend legend-right">
        {found.map((slice) => (
          <li key={slice.series.name}>
            <Swatch colour={slice.colour} />
            <span class="legend-name">{slice.series.name}</span>
            <span class="legend-calc">
              {written(slice)} ({Math.round((slice.to - slice.from) * 100)}%)
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
