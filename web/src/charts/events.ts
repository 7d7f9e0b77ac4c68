// Events drawn over a time series: a line where something happened, an area where it went on.

import type uPlot from "uplot";
import { within } from "../lib/events";
import { faded, namedColour } from "../lib/palette";
import type { Happening } from "../lib/types";
import type { Drawing } from "./drawing";

const DASHES = [4, 3];
const FLAG = 5;
const AREA = 0.12;

function line(u: uPlot, x: number, colour: string) {
  const { ctx, bbox } = u;
  const flag = FLAG * devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash(DASHES.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
  ctx.beginPath();
  ctx.moveTo(x - flag, bottom);
  ctx.lineTo(x + flag, bottom);
  ctx.lineTo(x, bottom - 1.6 * flag);
  ctx.fill();
}

function one(u: uPlot, event: Happening, dark: boolean) {
  const colour = namedColour(event.colour, dark);
  const left = u.valToPos(event.start, "x", true);
  const right = u.valToPos(event.end, "x", true);
  if (right - left > 1) {
    u.ctx.fillStyle = faded(colour, AREA);
    u.ctx.fillRect(left, u.bbox.top, right - left, u.bbox.height);
    line(u, right, colour);
  }
  line(u, left, colour);
}

/** A uPlot plugin; the events are asked for whenever it draws. */
export function events(drawing: () => Drawing): uPlot.Plugin {
  return {
    hooks: {
      draw: (u) => {
        const { ctx, bbox } = u;
        const { span, dark } = drawing();
        ctx.save();
        ctx.beginPath();
        ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
        ctx.clip();
        for (const event of within(drawing().events, span)) one(u, event, dark);
        ctx.restore();
      },
    },
  };
}
