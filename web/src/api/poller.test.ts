import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "./client";
import { Poller } from "./poller";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function told(ask: (signal: AbortSignal) => Promise<number>, hidden = () => false) {
  const answers: number[] = [];
  const problems: ApiError[] = [];
  const poller = new Poller<number>({
    ask,
    seconds: 5,
    hidden,
    onAnswer: (answer) => answers.push(answer),
    onProblem: (problem) => problems.push(problem),
  });
  return { poller, answers, problems };
}

test("it asks at once and again after its seconds", async () => {
  let count = 0;
  const { poller, answers } = told(async () => ++count);
  poller.now();
  await vi.advanceTimersByTimeAsync(10_100);
  expect(answers).toEqual([1, 2, 3]);
  poller.stop();
});

test("it goes on asking after a failure, and says what failed", async () => {
  let count = 0;
  const { poller, answers, problems } = told(async () => {
    count += 1;
    if (count === 1) throw new ApiError("away", "wait");
    if (count === 2) throw new TypeError("broken off");
    return count;
  });
  poller.now();
  await vi.advanceTimersByTimeAsync(10_100);
  expect(problems.map((one) => one.message)).toEqual(["away", "The answer broke off."]);
  expect(answers).toEqual([3]);
  poller.stop();
});

test("a slow answer is waited for, not asked for twice", async () => {
  let asked = 0;
  const { poller } = told(async () => {
    asked += 1;
    return new Promise<number>((done) => setTimeout(() => done(1), 60_000));
  });
  poller.now();
  await vi.advanceTimersByTimeAsync(30_000);
  poller.now();
  expect(asked).toBe(1);
  poller.stop();
});

test("nobody is asked while the page is hidden, and at once when it is seen", async () => {
  let hidden = false;
  let asked = 0;
  const { poller } = told(
    async () => ++asked,
    () => hidden,
  );
  poller.now();
  await vi.advanceTimersByTimeAsync(0);
  hidden = true;
  poller.looked();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(1);
  hidden = false;
  poller.looked();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toBe(2);
  poller.stop();
});

test("an answer that comes after the end is dropped", async () => {
  const { poller, answers } = told(async (signal) => {
    await Promise.resolve();
    return signal.aborted ? 1 : 2;
  });
  poller.now();
  poller.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(answers).toEqual([]);
});
