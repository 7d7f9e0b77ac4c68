import { useState } from "preact/hooks";
import { display, type Shown } from "../lib/display";
import type { Frame } from "../lib/frames";
import { reduce } from "../lib/reduce";
import type { ChartProps } from "./chart";

interface Row {
  labels: Record<string, string>;
  name: string;
  value: number | null;
}

const VALUE = "Value";
const NAME = "Series";
const MOST = 500;

function rowsOf(frame: Frame, reducer: string): Row[] {
  return frame.series.map(({ labels, name, values }) => {
    return { labels, name, value: reduce(values, reducer) };
  });
}

function columnsOf(rows: Row[]): string[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row.labels)));
  names.delete("__name__");
  return names.size > 0 ? [...names] : [NAME];
}

function cell(row: Row, column: string): string {
  return column === NAME ? row.name : (row.labels[column] ?? "");
}

function compare(a: Row, b: Row, column: string): number {
  if (column === VALUE) return (a.value ?? -Infinity) - (b.value ?? -Infinity);
  return cell(a, column).localeCompare(cell(b, column), "en", { numeric: true });
}

/** A row per series: its labels and its value. */
export function Table({ panel, frame, dark }: ChartProps) {
  const [sorted, setSorted] = useState({ column: VALUE, down: true });
  const rows = rowsOf(frame, panel.options.reducer);
  const columns = columnsOf(rows);
  const turn = sorted.down ? -1 : 1;
  rows.sort((a, b) => turn * compare(a, b, sorted.column));
  const sort = (column: string) =>
    setSorted({ column, down: sorted.column === column && !sorted.down });
  return (
    <div class="scroll table-panel">
      <table class="table">
        <thead>
          <tr>
            {[...columns, VALUE].map((column) => (
              <th
                key={column}
                scope="col"
                class={column === VALUE ? "number" : ""}
                aria-sort={direction(sorted, column)}
              >
                <button type="button" onClick={() => sort(column)}>
                  {column}
                  {sorted.column === column && (sorted.down ? " ↓" : " ↑")}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST).map((row) => (
            <Cells
              key={row.name}
              row={row}
              columns={columns}
              shown={display(panel.field, row.value, dark)}
            />
          ))}
        </tbody>
      </table>
      {rows.length > MOST && <p class="muted small">and {rows.length - MOST} more rows</p>}
    </div>
  );
}

function direction(sorted: { column: string; down: boolean }, column: string) {
  if (sorted.column !== column) return "none";
  return sorted.down ? "descending" : "ascending";
}

function Cells({ row, columns, shown }: { row: Row; columns: string[]; shown: Shown }) {
  return (
    <tr>
      {columns.map((column) => (
        <td key={column}>{cell(row, column)}</td>
      ))}
      <td class="number" style={{ color: shown.colour }}>
        {shown.text}
      </td>
    </tr>
  );
}
