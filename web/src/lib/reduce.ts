// Grafana's reducers: many values in, one out.

type Values = (number | null)[];

const present = (values: Values): number[] => values.filter((v) => v !== null);
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const largest = (values: number[]): number => values.reduce((a, b) => Math.max(a, b));
const smallest = (values: number[]): number => values.reduce((a, b) => Math.min(a, b));

const REDUCERS: Record<string, (values: number[]) => number> = {
  lastNotNull: (values) => values.at(-1) as number,
  firstNotNull: (values) => values[0] as number,
  min: smallest,
  max: largest,
  mean: (values) => sum(values) / values.length,
  sum,
  count: (values) => values.length,
  range: (values) => largest(values) - smallest(values),
  diff: (values) => (values.at(-1) as number) - (values[0] as number),
  delta: (values) =>
    values.reduce((total, value, i) => total + Math.max(0, value - (values[i - 1] ?? value)), 0),
  median: (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    const upper = sorted[middle] as number;
    return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
  },
  stdDev: (values) => {
    const mean = sum(values) / values.length;
    return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
  },
};

/** Reduce; null where there is nothing to reduce. An unknown reducer takes the last value. */
export function reduce(values: Values, reducer: string): number | null {
  if (reducer === "last") return values.at(-1) ?? null;
  if (reducer === "first") return values[0] ?? null;
  const known = present(values);
  if (known.length === 0) return null;
  return (REDUCERS[reducer] ?? REDUCERS.lastNotNull)?.(known) ?? null;
}

const NAMES: Record<string, string> = {
  lastNotNull: "last",
  firstNotNull: "first",
  stdDev: "deviation",
};

/** What a reducer is called in a legend. */
export function reducerName(reducer: string): string {
  return NAMES[reducer] ?? reducer;
}
