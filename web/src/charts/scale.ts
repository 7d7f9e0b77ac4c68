import type { Frame } from "../lib/frames";
import type { Field } from "../lib/types";

/** The ends of a gauge: those of the field, else of the data, zero included. */
export function ends(field: Field, frame: Frame): [low: number, high: number] {
  const values = frame.series.flatMap((series) => series.values.filter((value) => value !== null));
  const share = field.unit === "percentunit" ? 1 : 100;
  const bounded = field.unit.startsWith("percent")
    ? share
    : values.reduce((a, b) => Math.max(a, b), 0);
  const low = field.minimum ?? values.reduce((a, b) => Math.min(a, b), 0);
  const high = field.maximum ?? bounded;
  return [low, high > low ? high : low + 1];
}

/** Where a value lies between two ends, 0 to 1. */
export function share(value: number | null, [low, high]: [number, number]): number {
  return value === null ? 0 : Math.max(0, Math.min(1, (value - low) / (high - low)));
}
