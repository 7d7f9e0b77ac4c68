import { expect, test } from "vitest";
import { address, chosenValues, parseRoute } from "./route";

test.each([
  ["", "", ""],
  ["#/", "", ""],
  ["#/targets", "targets", ""],
  ["#/dashboards/a%20b/c", "dashboards", "a b/c"],
  ["#/runbooks/%E0%A4%A", "runbooks", "%E0%A4%A"],
])("%s leads to the page “%s” and the name “%s”", (hash, page, name) => {
  const route = parseRoute(hash);
  expect([route.page, route.name]).toEqual([page, name]);
});

test("an address leads back to where it was made", () => {
  const hash = address("dashboards", "a/b", [
    ["var-x", "1&2"],
    ["from", ""],
  ]);
  const route = parseRoute(hash);
  expect(route.name).toBe("a/b");
  expect([...route.params]).toEqual([["var-x", "1&2"]]);
});

test("several values of a variable are kept", () => {
  const params = new URLSearchParams("var-a=1&var-a=2&from=x&var-b=3");
  expect(chosenValues(params)).toEqual({ a: ["1", "2"], b: ["3"] });
});
