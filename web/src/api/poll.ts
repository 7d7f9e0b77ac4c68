// Ask again and again, but not while nobody looks.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "./client";
import { reportAnswer, reportProblem } from "./connection";

export interface Polled<T> {
  /** The last good answer: it stays while the server is away. */
  data: T | null;
  /** Why the last question had no answer. */
  error: ApiError | null;
  /** Ask now. */
  refresh: () => void;
}

/**
 * Ask at once and then every `seconds`; 0 asks once.
 *
 * The next question waits for the last answer, so a slow server is not asked twice at a time.
 */
export function usePoll<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  seconds: number,
): Polled<T> {
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const again = useRef<() => void>(() => {});

  useEffect(() => {
    const stop = new AbortController();
    let timer = 0;
    let busy = false;

    const run = async () => {
      if (busy || stop.signal.aborted) return;
      busy = true;
      window.clearTimeout(timer);
      try {
        const answer = await ask(stop.signal);
        if (stop.signal.aborted) return;
        setData(answer);
        setError(null);
        reportAnswer();
      } catch (failure) {
        if (stop.signal.aborted) return;
        const known =
          failure instanceof ApiError ? failure : new ApiError(String(failure), "Reload the page.");
        setError(known);
        reportProblem(known.message, known.hint);
      } finally {
        busy = false;
        if (seconds > 0 && !document.hidden) timer = window.setTimeout(run, seconds * 1000);
      }
    };
    const shown = () => {
      window.clearTimeout(timer);
      if (!document.hidden && seconds > 0) void run();
    };
    const now = () => void run();
    again.current = now;
    document.addEventListener("visibilitychange", shown);
    window.addEventListener("vedette:refresh", now);
    void run();
    return () => {
      stop.abort();
      window.clearTimeout(timer);
      document.removeEventListener("visibilitychange", shown);
      window.removeEventListener("vedette:refresh", now);
    };
  }, [ask, seconds]);

  const refresh = useCallback(() => again.current(), []);
  return { data, error, refresh };
}
