import { Icon } from "./icon";

const LEVELS: Record<string, string> = {
  up: "ok",
  ready: "ok",
  inactive: "ok",
  down: "bad",
  crashed: "bad",
  firing: "bad",
  backoff: "warning",
  pending: "warning",
  stopped: "notice",
  unknown: "notice",
  starting: "notice",
  waiting: "notice",
  silenced: "notice",
};

/** A state in a word, told by shape and colour as well. */
export function Pill({ state, level }: { state: string; level?: string }) {
  const shown = level ?? LEVELS[state] ?? "notice";
  return (
    <span class={`pill level-${shown}`}>
      <Icon name={shown} />
      {state}
    </span>
  );
}
