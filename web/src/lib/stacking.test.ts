import { expect, test } from "vitest";
import { stacked } from "./stacking";

const series = (values: (number | null)[]) => ({ name: "", ref: "A", labels: {}, values });
const FRAME = { times: [1, 2, 3], series: [series([1, 2, null]), series([3, null, 4])] };

test("each series stands on those before it", () => {
  expect(stacked(FRAME, false)).toEqual([
    [1, 2, null],
    [4, null, 4],
  ]);
});

test("shares add up to one", () => {
  expect(stacked(FRAME, true)).toEqual([
    [0.25, 1, null],
    [1, null, 1],
  ]);
});

test("a moment where all is zero has no shares", () => {
  expect(stacked({ times: [1], series: [series([0])] }, true)).toEqual([[0]]);
});
