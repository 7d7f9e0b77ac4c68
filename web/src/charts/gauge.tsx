import { display } from "../lib/display";
import { reduce } from "../lib/reduce";
import type { ChartProps } from "./chart";
import { ends, share } from "./scale";

const RADIUS = 42;
const SWEEP = 240;
const MOST = 12;

function point(part: number): string {
  const angle = ((150 + SWEEP * part) * Math.PI) / 180;
  return `${(50 + RADIUS * Math.cos(angle)).toFixed(2)} ${(50 + RADIUS * Math.sin(angle)).toFixed(2)}`;
}

function arc(part: number): string {
  const large = SWEEP * part > 180 ? 1 : 0;
  return `M${point(0)}A${RADIUS} ${RADIUS} 0 ${large} 1 ${point(part)}`;
}

/** An arc per series, filled as far as its value reaches. */
export function Gauge({ panel, frame, dark }: ChartProps) {
  const scale = ends(panel.field, frame);
  return (
    <div class="stats">
      {frame.series.slice(0, MOST).map((series, at) => {
        const value = reduce(series.values, panel.options.reducer);
        const shown = display(panel.field, value, dark);
        const part = share(value, scale);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two series may have one name
          <figure key={at} class="gauge">
            <svg viewBox="0 0 100 82" role="img" aria-label={`${series.name} ${shown.text}`}>
              <path class="gauge-back" d={arc(1)} />
              {part > 0 && <path d={arc(part)} stroke={shown.colour} />}
              <text x="50" y="56" fill={shown.colour}>
                {shown.text}
              </text>
            </svg>
            {frame.series.length > 1 && <figcaption>{series.name}</figcaption>}
          </figure>
        );
      })}
    </div>
  );
}
