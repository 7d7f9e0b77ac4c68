// Prometheus' answers, laid out for drawing.

import { seriesName } from "./legend";
import type { Panel } from "./types";

export interface Series {
  name: string;
  ref: string;
  labels: Record<string, string>;
  values: (number | null)[];
}

/** Columns over one time axis, as a chart wants them. */
export interface Frame {
  times: number[];
  series: Series[];
}

/** One line of the answer to a request for data. */
export interface Line {
  panel: number;
  ref: string;
  expr: string;
  start: number;
  end: number;
  step: number;
  problem?: string;
  hint?: string;
  /** True where the server is away, not the query wrong. */
  away?: boolean;
  answer?: { data: { resultType: string; result: unknown } };
}

type Sample = [number, string];

interface Row {
  metric: Record<string, string>;
  values?: Sample[];
  value?: Sample;
}

function rowsOf(line: Line): Row[] {
  const data = line.answer?.data;
  if (!data) return [];
  if (data.resultType === "scalar") return [{ metric: {}, value: data.result as Sample }];
  return Array.isArray(data.result) ? (data.result as Row[]) : [];
}

function numberOf(text: string): number | null {
  const value = Number(text.replace("Inf", "Infinity"));
  return Number.isNaN(value) ? null : value;
}

/** Put the answers to a panel's queries on one axis; gaps are null. */
export function frameOf(panel: Panel, lines: Line[]): Frame {
  const ordered = panel.queries
    .map((query) => lines.find((line) => line.ref === query.ref))
    .filter((line) => line !== undefined);
  const rows = ordered.flatMap((line) => rowsOf(line).map((row) => ({ line, row })));
  const moments = new Set<number>();
  for (const { row } of rows) for (const [time] of samplesOf(row)) moments.add(time);
  const ranged = ordered.filter((line) => line.answer?.data.resultType === "matrix");
  for (const line of ranged.slice(0, 1)) for (const time of grid(line)) moments.add(time);
  const times = [...moments].sort((a, b) => a - b);
  const places = new Map(times.map((time, place) => [time, place]));
  const series = rows.map(({ line, row }) => {
    const values: (number | null)[] = new Array(times.length).fill(null);
    for (const [time, text] of samplesOf(row)) values[places.get(time) as number] = numberOf(text);
    const format = panel.queries.find((query) => query.ref === line.ref)?.legend ?? "";
    const name = panel.field.name || seriesName(format, row.metric, line.expr);
    return { name, ref: line.ref, labels: row.metric, values };
  });
  return { times, series };
}

function samplesOf(row: Row): Sample[] {
  return row.values ?? (row.value ? [row.value] : []);
}

function grid(line: Line): number[] {
  const count = Math.floor((line.end - line.start) / line.step + 1e-6) + 1;
  // Prometheus answers with whole milliseconds.
  return Array.from(
    { length: Math.min(count, 11_001) },
    (_, i) => Math.round((line.start + i * line.step) * 1000) / 1000,
  );
}
