import type { Frame } from "../lib/frames";
import type { Happening, Panel } from "../lib/types";

/** What every kind of chart is drawn from. */
export interface ChartProps {
  panel: Panel;
  frame: Frame;
  /** Start and end of what was asked for, Unix seconds. */
  span: [start: number, end: number];
  dark: boolean;
  /** What happened meanwhile. */
  events: Happening[];
  /** Show another range; null for the one before the zoom. */
  onZoom: (span: [start: number, end: number] | null) => void;
}
