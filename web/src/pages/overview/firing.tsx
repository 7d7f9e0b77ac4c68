import { ago } from "../../lib/range";
import { address } from "../../lib/route";
import type { Rule } from "../../lib/types";
import { Pill } from "../../ui/pill";

export function Firing({ rules, now, count }: { rules: Rule[]; now: number; count: number }) {
  return (
    <section class="card">
      <header class="card-head">
        <h2>Alerts</h2>
        <span class="spacer" />
        <a class="small" href={address("alerts")}>
          All {count} rules
        </a>
      </header>
      {rules.length === 0 && <p class="muted small">Nothing fires, nothing is pending.</p>}
      <ul class="plain">
        {rules.map((rule) => (
          <Row key={`${rule.group}/${rule.name}`} rule={rule} now={now} />
        ))}
      </ul>
    </section>
  );
}

function Row({ rule, now }: { rule: Rule; now: number }) {
  const first = rule.active[0];
  const silenced = rule.active.length > 0 && rule.active.every((alert) => alert.silenced);
  return (
    <li class="alert-row">
      <div class="row">
        <Pill state={silenced ? "silenced" : rule.state} />
        <strong>{rule.name}</strong>
        <span class="spacer" />
        {first && <span class="muted small">{ago(first.since, now)}</span>}
      </div>
      {first?.summary && <p class="small">{first.summary}</p>}
      {rule.active.length > 1 && (
        <p class="muted small">and {rule.active.length - 1} more series</p>
      )}
      {rule.runbook && (
        <a class="small" href={address("runbooks", rule.name)}>
          What to do
        </a>
      )}
    </li>
  );
}
