// A histogram over time, laid out for drawing: a row per bucket, a column per moment.

import type { Frame, Series } from "./frames";

interface Row {
  /** Upper end of the bucket; of other series, their name. */
  name: string;
  /** How many values fell into the bucket; null where nothing is known. */
  counts: (number | null)[];
}

export interface Heatmap {
  times: number[];
  /** From the lowest bucket to the highest. */
  rows: Row[];
  most: number;
}

function nameOf(series: Series): string {
  return series.labels["le"] ?? series.name;
}

function bound(series: Series): number {
  const text = nameOf(series);
  return text.endsWith("Inf") ? Number.POSITIVE_INFINITY : Number(text);
}

/** Lay out a frame; each bucket of Prometheus' holds those below it, which are taken off. */
export function heatmapOf(frame: Frame): Heatmap {
  const cumulative = frame.series.every((series) => "le" in series.labels);
  const ordered = [...frame.series];
  if (frame.series.every((series) => !Number.isNaN(bound(series)))) {
    ordered.sort((one, other) => bound(one) - bound(other));
  }
  const rows = ordered.map((series, at) => ({
    name: nameOf(series),
    counts: cumulative ? apart(series, ordered[at - 1]) : series.values,
  }));
  const most = Math.max(0, ...rows.flatMap((row) => row.counts.map((count) => count ?? 0)));
  return { times: frame.times, rows, most };
}

function apart(series: Series, below: Series | undefined): (number | null)[] {
  return series.values.map((value, at) =>
    // Two buckets that were read at two moments can differ the wrong way round.
    value === null ? null : Math.max(0, value - (below?.values[at] ?? 0)),
  );
}

/** How strongly a count is drawn, 0 to 1: few are seen beside many. */
export function strength(count: number | null, most: number): number {
  return count && most > 0 ? Math.sqrt(count / most) : 0;
}
