// Thresholds drawn over a time series, as lines or areas.

import type uPlot from "uplot";
import { faded, namedColour } from "../lib/palette";
import type { Panel } from "../lib/types";

const AREA = 0.1;
const DASHES = [6, 6];

interface Band {
  colour: string;
  from: number;
  to: number | null;
}

function bandsOf(panel: Panel, dark: boolean): Band[] {
  const steps = panel.field.steps.filter((step) => step.value !== null);
  return steps.map((step, at) => ({
    colour: namedColour(step.colour, dark),
    from: step.value as number,
    to: steps[at + 1]?.value ?? null,
  }));
}

function fill(u: uPlot, band: Band) {
  const { ctx, bbox } = u;
  const bottom = u.valToPos(band.from, "y", true);
  const top = band.to === null ? bbox.top : u.valToPos(band.to, "y", true);
  ctx.fillStyle = faded(band.colour, AREA);
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
}

function rule(u: uPlot, band: Band, dashes: number[]) {
  const { ctx, bbox } = u;
  const y = u.valToPos(band.from, "y", true);
  ctx.strokeStyle = band.colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash(dashes);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
}

/** A uPlot plugin; draws nothing where the panel asks for nothing. */
export function thresholds(panel: Panel, dark: boolean): uPlot.Plugin {
  const how = panel.stroke.thresholds;
  const bands = bandsOf(panel, dark);
  if (how === "off" || bands.length === 0) return { hooks: {} };
  const dashes = how.includes("dashed") ? DASHES : [];
  const areas = how.includes("area");
  const lines = how !== "area";
  return {
    hooks: {
      drawClear: (u) => {
        const { ctx, bbox } = u;
        ctx.save();
        ctx.beginPath();
        ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
        ctx.clip();
        if (areas) for (const band of bands) fill(u, band);
        if (lines) for (const band of bands) rule(u, band, dashes);
        ctx.restore();
      },
    },
  };
}
