// Time ranges and durations, as Grafana writes them.

export interface Range {
  from: string;
  to: string;
}

export const RANGES: [from: string, label: string][] = [
  ["now-5m", "5 min"],
  ["now-15m", "15 min"],
  ["now-30m", "30 min"],
  ["now-1h", "1 h"],
  ["now-3h", "3 h"],
  ["now-6h", "6 h"],
  ["now-12h", "12 h"],
  ["now-24h", "24 h"],
  ["now-2d", "2 d"],
  ["now-7d", "7 d"],
];
const UNITS: Record<string, number> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};

/** Seconds of `15m`; null for what is no duration. */
export function durationSeconds(text: string): number | null {
  const match = /^(\d+)([smhdwMy])$/.exec(text);
  return match ? Number(match[1]) * (UNITS[match[2] as string] as number) : null;
}

/** Unix seconds of `now`, `now-15m`, `now/d`, an ISO date or Unix milliseconds; null else. */
function moment(text: string, now: number): number | null {
  const relative = /^now(?:-(\d+[smhdwMy]))?(?:\/[smhdwMy])?$/.exec(text);
  if (relative) return now - (relative[1] ? (durationSeconds(relative[1]) ?? 0) : 0);
  if (/^\d{11,}$/.test(text)) return Number(text) / 1000;
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? null : parsed / 1000;
}

/** Start and end in Unix seconds; the last hour where the range cannot be read. */
export function span(range: Range, now: number): [start: number, end: number] {
  const start = moment(range.from, now);
  const end = moment(range.to, now);
  return start !== null && end !== null && end > start ? [start, end] : [now - 3600, now];
}

/** Seconds of `now-15m` to now; null for a range that is not the last so much. */
function lastSeconds(range: Range): number | null {
  return range.to === "now" ? durationSeconds(range.from.replace(/^now-/, "")) : null;
}

/** The choice that shows a range, however long it is called: `now-1d` is the last 24 hours. */
export function chosenRange(range: Range): string | null {
  const seconds = lastSeconds(range);
  const known = RANGES.find(([from]) => lastSeconds({ from, to: "now" }) === seconds);
  return known ? known[0] : null;
}

/** The label of a range: how much of the last time it is, or its two ends. */
export function rangeLabel(range: Range): string {
  const known = RANGES.find(([from]) => from === chosenRange(range));
  if (known) return `last ${known[1]}`;
  const seconds = lastSeconds(range);
  if (seconds !== null) return `last ${lasting(seconds)}`;
  const ends = [range.from, range.to].map((text) => {
    const seconds = /^\d+$/.test(text) ? Number(text) / 1000 : null;
    return seconds === null ? text : clock(seconds, true);
  });
  return ends.join(" – ");
}

/** Time of day, with the date where asked. */
export function clock(seconds: number, dated = false): string {
  const date = new Date(seconds * 1000);
  const time = date.toLocaleTimeString("en-GB");
  return dated ? `${date.toLocaleDateString("en-CA")} ${time}` : time;
}

/** `3 s`, `12 min`, `2 h 5 min`: how long something lasts, in at most two words. */
export function lasting(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  const [large, small, big, little] =
    whole < 86_400 ? ([3600, 60, "h", "min"] as const) : ([86_400, 3600, "d", "h"] as const);
  const rest = Math.floor((whole % large) / small);
  return `${Math.floor(whole / large)} ${big}${rest ? ` ${rest} ${little}` : ""}`;
}

/** How long ago an RFC 3339 moment was; empty for Prometheus' zero. */
export function ago(text: string, now: number): string {
  const at = Date.parse(text);
  if (Number.isNaN(at) || at <= 0) return "never";
  return `${lasting(now - at / 1000)} ago`;
}
