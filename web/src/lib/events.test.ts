import { expect, test } from "vitest";
import { near, spokenEvents, within } from "./events";
import type { Happening } from "./types";

function event(start: number, end = start, text = "v2"): Happening {
  return { start, end, text, title: "deployment", name: "Deployments", colour: "blue", tags: [] };
}

test("only events of the range are drawn, cut to it", () => {
  const events = [event(5), event(15), event(8, 12), event(25)];
  const drawn = within(events, [10, 20]).map((one) => [one.start, one.end]);
  expect(drawn).toEqual([
    [15, 15],
    [10, 12],
  ]);
});

test("the pointer is on an event from a little beside it on", () => {
  const events = [event(10), event(20, 30)];
  expect(near(events, 11.9, 2)).toEqual([events[0]]);
  expect(near(events, 12.1, 2)).toEqual([]);
  expect(near(events, 25, 2)).toEqual([events[1]]);
});

test("events are told to who does not see them, the newest of many", () => {
  expect(spokenEvents([])).toBe("");
  expect(spokenEvents([event(1)])).toBe("; 1 event: deployment v2");
  const many = [1, 2, 3, 4].map((at) => event(at, at, `v${at}`));
  expect(spokenEvents(many)).toBe("; 4 events: deployment v2, deployment v3, deployment v4");
});
