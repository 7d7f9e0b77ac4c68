import { expect, test } from "vitest";
import { sparkPath } from "./sparkline";

test("a line goes from left to right, its highest point on top", () => {
  expect(sparkPath([0, 5, 10])).toBe("M0.0 96.0L50.0 50.0L100.0 4.0");
});

test("a gap starts a new stroke", () => {
  expect(sparkPath([1, null, 1])).toBe("M0.0 4.0M100.0 4.0");
});

test("nothing and one point are no line", () => {
  expect([sparkPath([]), sparkPath([3]), sparkPath([null, null])]).toEqual(["", "", ""]);
});
