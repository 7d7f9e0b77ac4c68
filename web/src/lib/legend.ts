// Names of series.

type Labels = Record<string, string>;

/** Fill `{{label}}`; without a format the labels are the name, without labels the expression. */
export function seriesName(format: string, labels: Labels, expr: string): string {
  if (format !== "" && format !== "__auto") {
    const asked: string[] = [];
    const name = format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => {
      asked.push(label);
      return labels[label] ?? "";
    });
    // A legend without a word cannot be clicked, nor understood.
    return name.trim() === "" && asked.length > 0 ? `no ${asked.join(", ")}` : name;
  }
  const { __name__: metric = "", ...rest } = labels;
  const pairs = Object.entries(rest).map(([name, value]) => `${name}="${value}"`);
  if (pairs.length === 0) return metric || expr;
  return `${metric}{${pairs.join(", ")}}`;
}
