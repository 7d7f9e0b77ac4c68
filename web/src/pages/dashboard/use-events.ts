// What happened meanwhile: marks, and the dashboard's own annotations.

import { useCallback } from "preact/hooks";
import { usePoll } from "../../api/poll";
import { askEvents } from "../../api/questions";
import { type Range, span } from "../../lib/range";
import type { Dashboard, Happening } from "../../lib/types";

const NOTHING: Happening[] = [];

interface Wanted {
  dashboard: Dashboard;
  range: Range;
  /** Null while the variables are not known yet. */
  values: Record<string, string[]> | null;
  seconds: number;
}

/** The events of the range; those of before stay while the server is away. */
export function useEvents({ dashboard, range, values, seconds }: Wanted): Happening[] {
  const { from, to } = range;
  const ask = useCallback(
    async (signal: AbortSignal) => {
      if (values === null) return NOTHING;
      const [start, end] = span({ from, to }, Date.now() / 1000);
      return askEvents(dashboard.uid, { start, end, values }, signal);
    },
    [dashboard, from, to, values],
  );
  return usePoll(ask, seconds, true).data ?? NOTHING;
}
