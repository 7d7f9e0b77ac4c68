// Events over time: which of them are drawn, and which the pointer is on.

import type { Happening } from "./types";

const SPOKEN = 3;

/** Those of a time range, cut to it. */
export function within(events: Happening[], span: [start: number, end: number]): Happening[] {
  const [from, to] = span;
  return events
    .filter((one) => one.end >= from && one.start <= to)
    .map((one) => ({ ...one, start: Math.max(one.start, from), end: Math.min(one.end, to) }));
}

/** Those that the pointer is on; `reach` is how far beside it may be, in seconds. */
export function near(events: Happening[], time: number, reach: number): Happening[] {
  return events.filter((one) => time >= one.start - reach && time <= one.end + reach);
}

/** What a person who sees no lines is told. */
export function spokenEvents(events: Happening[]): string {
  if (events.length === 0) return "";
  const last = events.slice(-SPOKEN).map((one) => `${one.title} ${one.text}`.trim());
  return `; ${events.length} ${events.length === 1 ? "event" : "events"}: ${last.join(", ")}`;
}
