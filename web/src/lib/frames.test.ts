import { expect, test } from "vitest";
import { frameOf, type Line } from "./frames";
import type { Panel } from "./types";

function panelOf(...refs: string[]): Panel {
  const queries = refs.map((ref) => ({
    ref,
    expr: "",
    legend: "{{job}}",
    instant: false,
    shape: "",
  }));
  return { queries, field: { name: "" } } as unknown as Panel;
}

function line(ref: string, result: unknown, resultType = "matrix"): Line {
  const answer = { data: { resultType, result } };
  return { panel: 1, ref, expr: "e", start: 10, end: 30, step: 10, answer };
}

const row = (job: string, ...values: [number, string][]) => ({ metric: { job }, values });

test("series share the axis, gaps are null", () => {
  const frame = frameOf(panelOf("A"), [
    line("A", [row("a", [10, "1"], [30, "3"]), row("b", [20, "2"])]),
  ]);
  expect(frame.times).toEqual([10, 20, 30]);
  expect(frame.series.map((one) => [one.name, one.values])).toEqual([
    ["a", [1, null, 3]],
    ["b", [null, 2, null]],
  ]);
});

test("queries keep the order of the panel, not of the answers", () => {
  const lines = [line("B", [row("b", [10, "1"])]), line("A", [row("a", [10, "1"])])];
  expect(frameOf(panelOf("A", "B"), lines).series.map((one) => one.name)).toEqual(["a", "b"]);
});

test("NaN is a gap, infinity is infinite", () => {
  const frame = frameOf(panelOf("A"), [
    line("A", [row("a", [10, "NaN"], [20, "+Inf"], [30, "-Inf"])]),
  ]);
  expect(frame.series[0]?.values).toEqual([null, Infinity, -Infinity]);
});

test("instant vectors and scalars have one value", () => {
  const vector = line("A", [{ metric: { job: "a" }, value: [30, "5"] }], "vector");
  expect(frameOf(panelOf("A"), [vector]).series[0]?.values).toEqual([5]);
  const scalar = line("A", [30, "7"], "scalar");
  expect(frameOf(panelOf("A"), [scalar]).series[0]?.values).toEqual([7]);
});

test("a query with a problem gives no series", () => {
  const failed: Line = { panel: 1, ref: "A", expr: "e", start: 0, end: 1, step: 1, problem: "no" };
  expect(frameOf(panelOf("A"), [failed]).series).toEqual([]);
});

test("steps below a second stay on the grid", () => {
  const answer = { data: { resultType: "matrix", result: [row("a", [0.1, "1"], [0.3, "3"])] } };
  const fine: Line = { panel: 1, ref: "A", expr: "", start: 0.1, end: 0.3, step: 0.1, answer };
  expect(frameOf(panelOf("A"), [fine]).times).toEqual([0.1, 0.2, 0.3]);
});
