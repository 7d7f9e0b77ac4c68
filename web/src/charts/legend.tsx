import type { Frame } from "../lib/frames";
import { reduce, reducerName } from "../lib/reduce";
import type { Panel } from "../lib/types";
import { format } from "../lib/units";

interface Props {
  panel: Panel;
  frame: Frame;
  colours: string[];
  /** The position of the series that is shown alone; null for all. */
  only: number | null;
  onOnly: (position: number | null) => void;
}

/** Names of series; a click shows one alone, another click all. */
export function Legend({ panel, frame, colours, only, onOnly }: Props) {
  const { calcs, legend } = panel.options;
  const written = (values: (number | null)[], calc: string) =>
    format(reduce(values, calc), panel.field.unit, panel.field.decimals);
  return (
    <ul class={`legend legend-${legend}`} aria-label="Legend">
      {frame.series.map((series, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two series may have one name
        <li key={at} class={only !== null && only !== at ? "legend-off" : ""}>
          <button
            type="button"
            aria-pressed={only === at}
            onClick={() => onOnly(only === at ? null : at)}
            title={series.name}
          >
            <Swatch colour={colours[at] ?? ""} />
            <span class="legend-name">{series.name}</span>
          </button>
          {calcs.map((calc) => (
            <span key={calc} class="legend-calc">
              <span class="muted">{reducerName(calc)}</span> {written(series.values, calc)}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

export function Swatch({ colour }: { colour: string }) {
  return <i class="swatch" style={{ background: colour }} />;
}
