import { expect, test } from "vitest";
import { heatmapOf, strength } from "./heatmap";

const bucket = (le: string, ...values: (number | null)[]) => ({
  name: le,
  ref: "A",
  labels: { le },
  values,
});

test("buckets stand in the order of their ends, without those below them", () => {
  const frame = {
    times: [1, 2],
    series: [bucket("+Inf", 10, 6), bucket("0.5", 2, 0), bucket("10.0", 9, 5)],
  };
  expect(heatmapOf(frame)).toEqual({
    times: [1, 2],
    rows: [
      { name: "0.5", counts: [2, 0] },
      { name: "10.0", counts: [7, 5] },
      { name: "+Inf", counts: [1, 1] },
    ],
    most: 7,
  });
});

test("what is not known stays unknown, and nothing falls below zero", () => {
  const frame = { times: [1, 2], series: [bucket("1", 3, null), bucket("2", 2, 4)] };
  expect(heatmapOf(frame).rows.map((row) => row.counts)).toEqual([
    [3, null],
    [0, 4],
  ]);
});

test("series that are no buckets are rows as they are", () => {
  const series = [
    { name: "b", ref: "A", labels: {}, values: [5] },
    { name: "a", ref: "A", labels: {}, values: [7] },
  ];
  expect(heatmapOf({ times: [1], series }).rows).toEqual([
    { name: "b", counts: [5] },
    { name: "a", counts: [7] },
  ]);
});

test("few are seen beside many, and none is not drawn", () => {
  expect(strength(0, 100)).toBe(0);
  expect(strength(null, 100)).toBe(0);
  expect(strength(1, 100)).toBeCloseTo(0.1);
  expect(strength(100, 100)).toBe(1);
  expect(strength(0, 0)).toBe(0);
});
