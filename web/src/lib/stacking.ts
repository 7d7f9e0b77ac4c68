// Series upon each other.

import type { Frame } from "./frames";

/** Add each series to those before it; as shares of the whole where `percent`. */
export function stacked(frame: Frame, percent: boolean): (number | null)[][] {
  const totals = frame.times.map((_, at) =>
    frame.series.reduce((total, series) => total + (series.values[at] ?? 0), 0),
  );
  const below = frame.times.map(() => 0);
  return frame.series.map((series) =>
    series.values.map((value, at) => {
      if (value === null) return null;
      const share = percent ? (totals[at] ? value / (totals[at] as number) : 0) : value;
      below[at] = (below[at] as number) + share;
      return below[at] as number;
    }),
  );
}
