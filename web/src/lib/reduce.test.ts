import { expect, test } from "vitest";
import { reduce, reducerName } from "./reduce";

const VALUES = [null, 2, 8, 4, null];

test.each([
  ["lastNotNull", 4],
  ["last", null],
  ["first", null],
  ["firstNotNull", 2],
  ["min", 2],
  ["max", 8],
  ["mean", 14 / 3],
  ["sum", 14],
  ["count", 3],
  ["range", 6],
  ["diff", 2],
  ["delta", 6],
  ["median", 4],
  ["nobody knows it", 4],
])("%s of a series with gaps is %s", (reducer, value) => {
  expect(reduce(VALUES, reducer)).toBe(value);
});

test("the deviation is that of all values", () => {
  expect(reduce([2, 4], "stdDev")).toBe(1);
});

test("the median of an even count lies between the middle two", () => {
  expect(reduce([4, 1, 3, 2], "median")).toBe(2.5);
});

test("nothing reduces to nothing", () => {
  expect(reduce([], "mean")).toBeNull();
  expect(reduce([null, null], "max")).toBeNull();
});

test("a million values are no problem", () => {
  expect(reduce(new Array(1_000_000).fill(1), "max")).toBe(1);
});

test("reducers have short names", () => {
  expect([reducerName("lastNotNull"), reducerName("mean")]).toEqual(["last", "mean"]);
});
