// Whether the server answers: one truth for every page and the header.

import { useEffect, useState } from "preact/hooks";

export interface Connection {
  /** Unix milliseconds of the last answer; 0 before the first. */
  answered: number;
  /** Why there is none now; empty while all is well. */
  problem: string;
  hint: string;
}

let current: Connection = { answered: 0, problem: "", hint: "" };
const listeners = new Set<(connection: Connection) => void>();

function publish(next: Connection) {
  current = next;
  for (const listener of listeners) listener(next);
}

export function reportAnswer() {
  publish({ answered: Date.now(), problem: "", hint: "" });
}

export function reportProblem(problem: string, hint: string) {
  publish({ answered: current.answered, problem, hint });
}

export function useConnection(): Connection {
  const [connection, set] = useState(current);
  useEffect(() => {
    listeners.add(set);
    set(current);
    return () => {
      listeners.delete(set);
    };
  }, []);
  return connection;
}
