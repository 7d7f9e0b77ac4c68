import { expect, test } from "vitest";
import { tagged, target } from "./links";

const PARAMS = new URLSearchParams("from=now-1h&to=now&var-model=a&panel=3");

test.each([
  ["/d/jobs", "#/dashboards/jobs?from=now-1h&to=now&var-model=a"],
  ["d/jobs/a-slug?orgId=1", "#/dashboards/jobs?from=now-1h&to=now&var-model=a"],
  ["https://example.org/x", "https://example.org/x"],
  ["javascript:alert(1)", null],
  ["/explore", null],
])("the link %s leads to %s", (url, place) => {
  expect(target(url, PARAMS)).toBe(place);
});

test("a link by tags leads to the dashboards that have them all", () => {
  const boards = [{ tags: ["a", "b"] }, { tags: ["a"] }];
  expect(tagged(boards, ["a", "b"])).toEqual([boards[0]]);
  expect(tagged(boards, [])).toEqual(boards);
});
