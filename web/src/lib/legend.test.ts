import { expect, test } from "vitest";
import { seriesName } from "./legend";

const LABELS = { __name__: "up", job: "api", instance: "a:1" };

test.each([
  ["{{job}} up", "api up"],
  ["{{ job }}/{{instance}}", "api/a:1"],
  ["{{nobody}}!", "!"],
  ["{{model}}", "no model"],
  ["{{module}} {{model}}", "no module, model"],
  ["fixed", "fixed"],
  ["", 'up{job="api", instance="a:1"}'],
  ["__auto", 'up{job="api", instance="a:1"}'],
])("the format %s gives %s", (format, name) => {
  expect(seriesName(format, LABELS, "expr")).toBe(name);
});

test("a series without labels is called as its metric, or as its expression", () => {
  expect(seriesName("", { __name__: "up" }, "expr")).toBe("up");
  expect(seriesName("", {}, "sum(up)")).toBe("sum(up)");
});
