import { sparkPath } from "../lib/sparkline";

/** A line without axes; its number stands beside it, so it says nothing to a screen reader. */
export function Sparkline({ values }: { values: (number | null)[] }) {
  // What began a minute ago fills the width as well: the shape counts here, not the time.
  const began = values.findIndex((value) => value !== null);
  const path = sparkPath(values.slice(Math.max(began, 0)));
  return (
    <svg class="sparkline" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {path && <path d={path} vector-effect="non-scaling-stroke" />}
    </svg>
  );
}
