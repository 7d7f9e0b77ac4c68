// The variables of a dashboard: their choices, asked again when a choice or the range changes.

import { useCallback, useMemo } from "preact/hooks";
import { usePoll } from "../../api/poll";
import { askVariables } from "../../api/questions";
import { type Range, span } from "../../lib/range";
import { chosenValues } from "../../lib/route";
import type { Dashboard } from "../../lib/types";

/** Null until they are known. */
export function useVariables(dashboard: Dashboard, range: Range, chosen: string) {
  const { from, to } = range;
  const ask = useCallback(
    (signal: AbortSignal) => {
      const [start, end] = span({ from, to }, Date.now() / 1000);
      const values = chosenValues(new URLSearchParams(chosen));
      return askVariables(dashboard.uid, { start, end, values }, signal);
    },
    [dashboard, from, to, chosen],
  );
  const { data: variables } = usePoll(ask, 0);
  const values = useMemo(
    () => variables && Object.fromEntries(variables.map((one) => [one.name, one.values])),
    [variables],
  );
  return { variables, values };
}
