import { expect, test } from "vitest";
import { ago, durationSeconds, lasting, rangeLabel, span } from "./range";

const NOW = 1_800_000_000;

test.each([
  ["15s", 15],
  ["2h", 7200],
  ["7d", 604_800],
  ["x", null],
  ["", null],
])("%s lasts %s seconds", (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

test("a relative range ends now", () => {
  expect(span({ from: "now-1h", to: "now" }, NOW)).toEqual([NOW - 3600, NOW]);
});

test("an absolute range stays", () => {
  const range = { from: "1700000000000", to: "1700000060000" };
  expect(span(range, NOW)).toEqual([1_700_000_000, 1_700_000_060]);
});

test.each([
  ["nonsense", "now"],
  ["now", "now-1h"],
])("a range from %s to %s is the last hour", (from, to) => {
  expect(span({ from, to }, NOW)).toEqual([NOW - 3600, NOW]);
});

test("a range is called as its button, or by its ends", () => {
  expect(rangeLabel({ from: "now-15m", to: "now" })).toBe("last 15 min");
  expect(rangeLabel({ from: "now-1d", to: "now" })).toBe("last 24 h");
  expect(rangeLabel({ from: "now-36h", to: "now" })).toBe("last 1 d 12 h");
  expect(rangeLabel({ from: "now-15m", to: "now-5m" })).toBe("now-15m – now-5m");
});

test.each([
  [3.2, "3 s"],
  [125, "2 min"],
  [3600, "1 h"],
  [7500, "2 h 5 min"],
  [90_000, "1 d 1 h"],
  [-5, "0 s"],
])("%d seconds read %s", (seconds, text) => {
  expect(lasting(seconds)).toBe(text);
});

test("a scrape that never was is never", () => {
  expect(ago("0001-01-01T00:00:00Z", NOW)).toBe("never");
  expect(ago("", NOW)).toBe("never");
  expect(ago(new Date((NOW - 5) * 1000).toISOString(), NOW)).toBe("5 s ago");
});
