import { expect, test } from "vitest";
import { format } from "./units";

test.each([
  [0.0034, "s", "3.4 ms"],
  [0.000004, "s", "4 µs"],
  [90, "s", "1.5 min"],
  [0, "s", "0 s"],
  [-2, "s", "-2 s"],
  [1500, "ms", "1.5 s"],
  [1536, "bytes", "1.5 KiB"],
  [1500, "decbytes", "1.5 kB"],
  [2_500_000, "Bps", "2.5 MB/s"],
  [0.1234, "percentunit", "12.3%"],
  [12, "percent", "12%"],
  [12_345, "short", "12.3 K"],
  [0.5, "short", "0.5"],
  [12_345, "none", "12,345"],
  [1234, "reqps", "1.23K req/s"],
  [21.5, "celsius", "21.5 °C"],
  [3.5, "currencyUSD", "$3.5"],
  [1, "bool_yes_no", "Yes"],
  [0, "bool_yes_no", "No"],
  [7, "tok/s", "7 tok/s"],
  [7, "suffix:x", "7x"],
  [7, "prefix:~", "~7"],
  [Number.POSITIVE_INFINITY, "s", "+Inf"],
])("%d in %s reads %s", (value, unit, text) => {
  expect(format(value, unit)).toBe(text);
});

test("what is no number is a dash", () => {
  expect([format(null, "s"), format(Number.NaN, "s")]).toEqual(["–", "–"]);
});

test("decimals that are asked for are kept", () => {
  expect(format(1.5, "s", 3)).toBe("1.500 s");
  expect(format(0.5, "percentunit", 0)).toBe("50%");
});
