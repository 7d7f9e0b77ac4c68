import { expect, test } from "vitest";
import { faded, namedColour, seriesColour } from "./palette";

test("shades of a name are that colour", () => {
  expect(namedColour("semi-dark-red", true)).toBe(namedColour("red", true));
});

test("a CSS colour stays, an unknown word is the text's colour", () => {
  expect(namedColour("#abc", true)).toBe("#abc");
  expect(namedColour("nobody", false)).toBe(namedColour("text", false));
});

test("series colours come round again", () => {
  expect(seriesColour(0, true)).toBe(seriesColour(10, true));
  expect(seriesColour(0, true)).not.toBe(seriesColour(0, false));
});

test("a faded colour is see-through", () => {
  expect(faded("#ff8000", 0.5)).toBe("rgba(255, 128, 0, 0.5)");
  expect(faded("transparent", 0.5)).toBe("transparent");
});

/** Relative luminance, WCAG 2. */
function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (parts[0] ?? 0) + 0.7152 * (parts[1] ?? 0) + 0.0722 * (parts[2] ?? 0);
}

test.each([
  [true, "#151b23"],
  [false, "#ffffff"],
])("every series can be seen on its background (dark: %s)", (dark, back) => {
  for (let at = 0; at < 10; at++) {
    const pair = [luminance(seriesColour(at, dark)), luminance(back)].sort((a, b) => b - a);
    const contrast = ((pair[0] ?? 0) + 0.05) / ((pair[1] ?? 0) + 0.05);
    expect(contrast).toBeGreaterThan(3);
  }
});
