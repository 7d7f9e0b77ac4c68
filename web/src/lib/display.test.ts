import { expect, test } from "vitest";
import { display, thresholdColour } from "./display";
import { namedColour } from "./palette";
import type { Field } from "./types";

const FIELD: Field = {
  unit: "short",
  decimals: null,
  minimum: null,
  maximum: null,
  empty: "",
  name: "",
  steps: [
    { value: null, colour: "green" },
    { value: 5, colour: "orange" },
    { value: 10, colour: "red" },
  ],
  percentage: false,
  mappings: [],
  colouring: "thresholds",
  colour: "",
};
const MAPPING = { value: "", low: null, high: null, text: "", colour: "" };

test.each([
  [4.9, "green"],
  [5, "orange"],
  [11, "red"],
  [null, "green"],
])("%s reaches the threshold %s", (value, colour) => {
  expect(thresholdColour(FIELD, value)).toBe(colour);
});

test("thresholds can be shares of the scale", () => {
  const field = { ...FIELD, percentage: true, minimum: 0, maximum: 200 };
  expect(thresholdColour(field, 12)).toBe("orange");
  expect(thresholdColour(field, 9)).toBe("green");
});

test.each([
  [{ kind: "value", value: "1", text: "up" }, 1, "up"],
  [{ kind: "value", value: "1", text: "up" }, 2, "2"],
  [{ kind: "range", low: 3, high: 4, text: "few" }, 3.5, "few"],
  [{ kind: "range", low: 3, text: "many" }, 99, "many"],
  [{ kind: "special", value: "null", text: "none" }, null, "none"],
  [{ kind: "regex", value: "^4..$", text: "client error" }, 404, "client error"],
  [{ kind: "regex", value: "(", text: "broken" }, 404, "404"],
] as const)("the mapping %o makes of %s %s", (mapping, value, text) => {
  const field = { ...FIELD, mappings: [{ ...MAPPING, ...mapping }] };
  expect(display(field, value, true).text).toBe(text);
});

test("a mapping's colour comes before the threshold's", () => {
  const mapping = { ...MAPPING, kind: "value" as const, value: "99", text: "x", colour: "blue" };
  const shown = display({ ...FIELD, mappings: [mapping] }, 99, true);
  expect(shown.colour).toBe(namedColour("blue", true));
});

test("nothing is shown as the field asks", () => {
  expect(display({ ...FIELD, empty: "idle" }, null, true).text).toBe("idle");
});

test("a fixed colour stays", () => {
  const field = { ...FIELD, colouring: "fixed", colour: "#123456" };
  expect(display(field, 99, true).colour).toBe("#123456");
});
