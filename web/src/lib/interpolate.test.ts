import { expect, test } from "vitest";
import { fillTitle } from "./interpolate";

test("variables in a title are filled, others stay", () => {
  const chosen = { job: "api", model: "a, b" };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how Grafana writes a variable
  expect(fillTitle("CPU of $job, ${model:csv}, [[job]] for $5", chosen)).toBe(
    "CPU of api, a, b, api for $5",
  );
});
