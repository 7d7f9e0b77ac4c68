import { display } from "../lib/display";
import { reduce } from "../lib/reduce";
import type { ChartProps } from "./chart";
import { ends, share } from "./scale";

/** A bar per series. */
export function BarGauge({ panel, frame, dark }: ChartProps) {
  const scale = ends(panel.field, frame);
  return (
    <div class="bars">
      {frame.series.map((series, at) => {
        const value = reduce(series.values, panel.options.reducer);
        const shown = display(panel.field, value, dark);
        const width = `${share(value, scale) * 100}%`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two series may have one name
          <div key={at} class="bar">
            <span class="bar-name" title={series.name}>
              {series.name}
            </span>
            <span class="bar-back">
              <i style={{ width, background: shown.colour }} />
            </span>
            <b style={{ color: shown.colour }}>{shown.text}</b>
          </div>
        );
      })}
    </div>
  );
}
