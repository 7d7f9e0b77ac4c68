// One kind of panel, one file.

import type { ComponentType } from "preact";
import { BarGauge } from "./bargauge";
import type { ChartProps } from "./chart";
import { Gauge } from "./gauge";
import { Heatmap } from "./heatmap";
import { PieChart } from "./piechart";
import { Stat } from "./stat";
import { Table } from "./table";
import { TimeSeries } from "./timeseries";

const CHARTS: Record<string, ComponentType<ChartProps>> = {
  timeseries: TimeSeries,
  stat: Stat,
  gauge: Gauge,
  bargauge: BarGauge,
  table: Table,
  piechart: PieChart,
  heatmap: Heatmap,
};

/** The chart of a panel kind; undefined where there is none yet. */
export function chartOf(kind: string): ComponentType<ChartProps> | undefined {
  return Object.hasOwn(CHARTS, kind) ? CHARTS[kind] : undefined;
}
