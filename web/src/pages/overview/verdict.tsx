import type { Overview } from "../../lib/types";
import { Icon } from "../../ui/icon";

const PULSE = {
  beating: "The watchdog alert fires, as it must",
  silent: "The watchdog alert is silent: rules are not evaluated",
  absent: "",
};

/** How things are, in one line that can be read across a room. */
export function Verdict({ overview, stale }: { overview: Overview; stale: boolean }) {
  const { level, text, details } = overview.verdict;
  const facts = [
    `${overview.targets_up} of ${overview.targets} targets up`,
    `${overview.rules} alert rules`,
    PULSE[overview.pulse],
    ...details,
  ].filter(Boolean);
  return (
    <section class={`verdict level-${stale ? "notice" : level}`} aria-live="polite">
      <span class="verdict-mark">
        <Icon name={stale ? "notice" : level} />
      </span>
      <div>
        <p class="verdict-text">{stale ? `Not known since the last answer: ${text}` : text}</p>
        <p class="verdict-facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      </div>
    </section>
  );
}
