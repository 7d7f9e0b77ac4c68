// Thresholds drawn over a time series, as lines or areas.

import type uPlot from "uplot";
import { faded, namedColour } from "../lib/palette";
import type { Panel } from "../lib/types";

const AREA = 0.1;

/** A uPlot plugin; draws nothing where the panel asks for nothing. */
export function thresholds(panel: Panel, dark: boolean): uPlot.Plugin {
  const how = panel.stroke.thresholds;
  const steps = panel.field.steps.filter((step) => step.value !== null);
  if (how === "off" || steps.length === 0) return { hooks: {} };
  return {
    hooks: {
      drawClear: (u) => {
        const { ctx, bbox } = u;
        ctx.save();
        ctx.beginPath();
        ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
        ctx.clip();
        steps.forEach((step, at) => {
          const y = u.valToPos(step.value as number, "y", true);
          const next = steps[at + 1]?.value;
          const top = next === undefined || next === null ? bbox.top : u.valToPos(next, "y", true);
          const colour = namedColour(step.colour, dark);
          if (how.includes("area")) {
            ctx.fillStyle = faded(colour, AREA);
            ctx.fillRect(bbox.left, top, bbox.width, y - top);
          }
          if (how.includes("line") || how.includes("dashed")) {
            ctx.strokeStyle = colour;
            ctx.lineWidth = devicePixelRatio;
            ctx.setLineDash(how.includes("dashed") ? [6, 6] : []);
            ctx.strokeRect(bbox.left - 2, y, bbox.width + 4, 0);
          }
        });
        ctx.restore();
      },
    },
  };
}
