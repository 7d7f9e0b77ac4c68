import { thresholdColour } from "../lib/display";
import type { Frame } from "../lib/frames";
import { namedColour, seriesColour } from "../lib/palette";
import { reduce } from "../lib/reduce";
import type { Field } from "../lib/types";

/** The colour of every series of a frame. */
export function coloursOf(field: Field, frame: Frame, dark: boolean): string[] {
  return frame.series.map((series, at) => {
    if (field.colouring === "fixed" && field.colour) return namedColour(field.colour, dark);
    if (field.colouring === "thresholds") {
      return namedColour(thresholdColour(field, reduce(series.values, "lastNotNull")), dark);
    }
    return seriesColour(at, dark);
  });
}

/** A colour of the page's own design. */
export function pageColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
