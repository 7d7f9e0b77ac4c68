// Ask again and again: one question at a time, and none while nobody looks.

import { ApiError } from "./client";

interface Told<T> {
  ask: (signal: AbortSignal) => Promise<T>;
  /** Between an answer and the next question; 0 asks once. */
  seconds: number;
  hidden: () => boolean;
  onAnswer: (answer: T) => void;
  onProblem: (problem: ApiError) => void;
}

export class Poller<T> {
  private readonly told: Told<T>;
  private readonly stopped = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;

  constructor(told: Told<T>) {
    this.told = told;
  }

  /** Ask now, unless a question is on its way. */
  readonly now = () => {
    if (this.busy || this.stopped.signal.aborted) return;
    clearTimeout(this.timer);
    this.busy = true;
    void this.run();
  };

  /** Somebody looks, or looks away. */
  readonly looked = () => {
    clearTimeout(this.timer);
    if (this.told.seconds > 0 && !this.told.hidden()) this.now();
  };

  /** Forget the question that is on its way, and ask no more. */
  stop() {
    this.stopped.abort();
    clearTimeout(this.timer);
  }

  private async run() {
    const { signal } = this.stopped;
    try {
      const answer = await this.told.ask(signal);
      if (!signal.aborted) this.told.onAnswer(answer);
    } catch (failure) {
      if (!signal.aborted) this.told.onProblem(problemOf(failure));
    }
    this.busy = false;
    this.wait();
  }

  private wait() {
    if (this.stopped.signal.aborted || this.told.seconds <= 0 || this.told.hidden()) return;
    this.timer = setTimeout(this.now, this.told.seconds * 1000);
  }
}

function problemOf(failure: unknown): ApiError {
  if (failure instanceof ApiError) return failure;
  // A connection that breaks in the middle of an answer.
  return new ApiError("The answer broke off.", `It is asked again by itself. (${failure})`);
}
