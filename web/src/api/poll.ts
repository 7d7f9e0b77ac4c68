import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { ApiError } from "./client";
import { reportAnswer, reportProblem } from "./connection";
import { Poller } from "./poller";

export interface Polled<T> {
  /** The last good answer: it stays while the server is away. */
  data: T | null;
  /** Why the last question had no answer. */
  error: ApiError | null;
  /** Ask now. */
  refresh: () => void;
}

const RETRY_SECONDS = 5;

/**
 * Ask at once and then every `seconds`; 0 asks until there is an answer. What is asked `aside`
 * says nothing about whether Prometheus is there.
 */
export function usePoll<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  seconds: number,
  aside = false,
): Polled<T> {
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const again = useRef<() => void>(() => {});
  const retry = seconds === 0 && error !== null ? RETRY_SECONDS : seconds;

  useEffect(() => {
    const poller = new Poller<T>({
      ask,
      seconds: retry,
      hidden: () => document.hidden,
      onAnswer: (answer) => {
        setData(answer);
        setError(null);
        if (!aside) reportAnswer();
      },
      onProblem: (problem) => {
        setError(problem);
        if (!aside) reportProblem(problem.message, problem.hint);
      },
    });
    again.current = poller.now;
    document.addEventListener("visibilitychange", poller.looked);
    window.addEventListener("vedette:refresh", poller.now);
    poller.now();
    return () => {
      poller.stop();
      document.removeEventListener("visibilitychange", poller.looked);
      window.removeEventListener("vedette:refresh", poller.now);
    };
  }, [ask, retry, aside]);

  const refresh = useCallback(() => again.current(), []);
  return { data, error, refresh };
}
