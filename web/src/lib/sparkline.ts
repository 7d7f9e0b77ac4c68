// A line without axes, as an SVG path in a box of 100 by 100.

/** One path; a gap starts a new stroke. Zero is the bottom unless values go below. */
export function sparkPath(values: (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return "";
  const low = Math.min(0, ...known);
  const high = Math.max(...known);
  const height = high - low || 1;
  let path = "";
  let open = false;
  values.forEach((value, at) => {
    if (value === null) {
      open = false;
      return;
    }
    const x = (at / (values.length - 1)) * 100;
    const y = 96 - ((value - low) / height) * 92;
    path += `${open ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    open = true;
  });
  return path;
}
