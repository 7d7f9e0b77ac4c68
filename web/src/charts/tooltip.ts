// What stands under the pointer: the time, and every series' value, the largest first.

import type uPlot from "uplot";
import { near } from "../lib/events";
import { namedColour } from "../lib/palette";
import { clock } from "../lib/range";
import type { Happening } from "../lib/types";
import { format } from "../lib/units";
import type { Drawing } from "./drawing";

const MOST = 16;
// How far beside an event the pointer may be, in pixels.
const REACH = 6;

function row(colour: string, name: string, value: string): HTMLElement {
  const line = document.createElement("div");
  const swatch = document.createElement("i");
  swatch.className = "swatch";
  swatch.style.background = colour;
  const label = document.createElement("span");
  label.textContent = name;
  const number = document.createElement("b");
  number.textContent = value;
  line.append(swatch, label, number);
  return line;
}

function rowsAt({ panel, frame, colours }: Drawing, at: number): HTMLElement[] {
  const found = frame.series
    .map((series, place) => ({ series, place, value: series.values[at] ?? null }))
    .filter((one) => one.value !== null)
    .sort((a, b) => (b.value as number) - (a.value as number));
  const { unit, decimals } = panel.field;
  const rows = found
    .slice(0, MOST)
    .map(({ series, place, value }) =>
      row(colours[place] ?? "", series.name, format(value, unit, decimals)),
    );
  if (found.length > MOST) rows.push(row("transparent", `and ${found.length - MOST} more`, ""));
  return rows;
}

function told(event: Happening, dark: boolean): HTMLElement {
  const line = document.createElement("p");
  line.className = "tip-event";
  line.style.borderColor = namedColour(event.colour, dark);
  const title = document.createElement("strong");
  title.textContent = event.title;
  const text = document.createElement("em");
  text.textContent = [event.text, ...event.tags].filter(Boolean).join(" · ");
  const when = document.createElement("time");
  when.textContent = clock(event.start, true);
  line.append(title, text, when);
  return line;
}

/** The events that the pointer is on. */
function eventsAt(u: uPlot, { events, dark }: Drawing, left: number): HTMLElement[] {
  const reach = u.posToVal(REACH, "x") - u.posToVal(0, "x");
  return near(events, u.posToVal(left, "x"), reach).map((event) => told(event, dark));
}

function place(tip: HTMLElement, over: HTMLElement, left: number, top: number) {
  const beside = left > over.clientWidth / 2 ? left - tip.offsetWidth - 14 : left + 14;
  tip.style.left = `${Math.max(-40, beside)}px`;
  tip.style.top = `${Math.min(top + 12, over.clientHeight - tip.offsetHeight)}px`;
}

/** A uPlot plugin; only the chart under the pointer shows its values. */
export function tooltip(drawing: () => Drawing): uPlot.Plugin {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  let inside = false;
  return {
    hooks: {
      init: (u) => {
        u.over.append(tip);
        u.over.addEventListener("mouseenter", () => {
          inside = true;
        });
        u.over.addEventListener("mouseleave", () => {
          inside = false;
          tip.hidden = true;
        });
      },
      setCursor: (u) => {
        const { left = -1, top = -1, idx } = u.cursor;
        const time = idx === null || idx === undefined ? undefined : u.data[0][idx];
        if (!inside || left < 0 || time === undefined) {
          tip.hidden = true;
          return;
        }
        const head = document.createElement("time");
        head.textContent = clock(time, true);
        const happened = eventsAt(u, drawing(), left);
        tip.replaceChildren(...happened, head, ...rowsAt(drawing(), idx as number));
        tip.hidden = false;
        place(tip, u.over, left, top);
      },
    },
  };
}
