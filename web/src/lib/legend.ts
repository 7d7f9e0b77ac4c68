// Names of series.

type Labels = Record<string, string>;

/** Fill `{{label}}`; without a format the labels are the name, without labels the expression. */
export function seriesName(format: string, labels: Labels, expr: string): string {
  if (format !== "" && format !== "__auto") {
    return format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, name: string) => labels[name] ?? "");
  }
  const { __name__: metric = "", ...rest } = labels;
  const pairs = Object.entries(rest).map(([name, value]) => `${name}="${value}"`);
  if (pairs.length === 0) return metric || expr;
  return `${metric}{${pairs.join(", ")}}`;
}
