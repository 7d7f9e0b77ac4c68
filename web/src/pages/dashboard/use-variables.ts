// The variables of a dashboard: their choices, asked again when a choice or the range changes.

import { useEffect, useMemo, useState } from "preact/hooks";
import { ApiError } from "../../api/client";
import { reportProblem } from "../../api/connection";
import { askVariables } from "../../api/questions";
import { type Range, span } from "../../lib/range";
import { chosenValues } from "../../lib/route";
import type { Dashboard, Variable } from "../../lib/types";

const RETRY_MS = 5000;

/** Null until they are known. */
export function useVariables(dashboard: Dashboard, range: Range, chosen: string) {
  const [variables, setVariables] = useState<Variable[] | null>(null);
  const { from, to } = range;
  useEffect(() => {
    const stop = new AbortController();
    let timer = 0;
    const run = async () => {
      const [start, end] = span({ from, to }, Date.now() / 1000);
      const wanted = { start, end, values: chosenValues(new URLSearchParams(chosen)) };
      try {
        setVariables(await askVariables(dashboard.uid, wanted, stop.signal));
      } catch (error) {
        if (stop.signal.aborted) return;
        if (error instanceof ApiError) reportProblem(error.message, error.hint);
        timer = window.setTimeout(run, RETRY_MS);
      }
    };
    void run();
    return () => {
      stop.abort();
      window.clearTimeout(timer);
    };
  }, [dashboard, from, to, chosen]);
  const values = useMemo(
    () => variables && Object.fromEntries(variables.map((one) => [one.name, one.values])),
    [variables],
  );
  return { variables, values };
}
