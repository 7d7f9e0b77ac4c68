import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Heatmap as Cells, heatmapOf, strength } from "../lib/heatmap";
import { seriesColour } from "../lib/palette";
import { clock } from "../lib/range";
import { format } from "../lib/units";
import type { ChartProps } from "./chart";

const OPAQUE = 255;

/** How values spread over buckets, and how that changes: darker where there are more. */
export function Heatmap({ panel, frame, dark }: ChartProps) {
  const cells = useMemo(() => heatmapOf(frame), [frame]);
  const [spoken, setSpoken] = useState("");
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current) paint(canvas.current, cells, seriesColour(0, dark));
  }, [cells, dark]);
  const name = (text: string) => bucketName(text, panel.field.unit);
  const { times, rows } = cells;
  return (
    <div class="heat">
      <ul class="heat-rows" aria-hidden="true">
        {[...rows].reverse().map((row) => (
          <li key={row.name}>{name(row.name)}</li>
        ))}
      </ul>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${panel.title}: ${rows.length} buckets over ${times.length} moments`}
        title={spoken}
        onMouseMove={(event) => setSpoken(under(event, cells, name))}
      />
      <div class="heat-times" aria-hidden="true">
        <span>{clock(times[0] ?? 0)}</span>
        <span>{clock(times.at(-1) ?? 0)}</span>
      </div>
    </div>
  );
}

function bucketName(text: string, unit: string): string {
  const end = Number(text);
  if (text.endsWith("Inf")) return "more";
  return Number.isNaN(end) ? text : `≤ ${format(end, unit)}`;
}

/** One point of the canvas for each cell; the page stretches it. */
function paint(canvas: HTMLCanvasElement, { times, rows, most }: Cells, colour: string) {
  canvas.width = Math.max(1, times.length);
  canvas.height = Math.max(1, rows.length);
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  rows.forEach((row, at) => {
    row.counts.forEach((count, column) => {
      const place = ((rows.length - 1 - at) * canvas.width + column) * 4;
      const alpha = Math.round(strength(count, most) * OPAQUE);
      image.data.set([red ?? 0, green ?? 0, blue ?? 0, alpha], place);
    });
  });
  context.putImageData(image, 0, 0);
}

function under(event: MouseEvent, { times, rows }: Cells, name: (text: string) => string): string {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const column = Math.floor(((event.clientX - box.left) / box.width) * times.length);
  const at = rows.length - 1 - Math.floor(((event.clientY - box.top) / box.height) * rows.length);
  const row = rows[at];
  const time = times[column];
  const count = row?.counts[column] ?? null;
  if (!row || time === undefined || count === null) return "";
  return `${clock(time)}  ${name(row.name)}: ${format(count, "short")}`;
}
