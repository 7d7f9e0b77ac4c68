import { useState } from "preact/hooks";
import { usePoll } from "../../api/poll";
import { askAlerts, POLL_SECONDS } from "../../api/questions";
import { ago, lasting } from "../../lib/range";
import { address } from "../../lib/route";
import type { ActiveAlert, Rule } from "../../lib/types";
import { Labels } from "../../ui/labels";
import { Pill } from "../../ui/pill";
import { Search } from "../../ui/search";
import { Empty, Failure, Loading } from "../../ui/states";

export function AlertsPage() {
  const { data, error } = usePoll(askAlerts, POLL_SECONDS);
  const [wanted, setWanted] = useState("");
  const rules = data?.rules.filter((rule) => fits(rule, wanted)) ?? [];
  const firing = data?.rules.filter((rule) => rule.state === "firing" && !rule.heartbeat).length;
  return (
    <>
      <header class="page-head">
        <h1>Alerts</h1>
        {data && (
          <Pill state={firing ? `${firing} firing` : "none firing"} level={firing ? "bad" : "ok"} />
        )}
        <span class="spacer" />
        <Search value={wanted} onChange={setWanted} what="alerts" />
      </header>
      {data?.problem && <p class="note">Silences are not known: {data.problem}</p>}
      {!data && error && <Failure problem={error.message} hint={error.hint} />}
      {!data && !error && <Loading what="alert rules" />}
      {data?.rules.length === 0 && <Empty title="Prometheus has no alert rules" />}
      {data && data.rules.length > 0 && rules.length === 0 && (
        <Empty title="No alert fits the search" />
      )}
      <div class="stack">
        {rules.map((rule) => (
          <RuleCard key={`${rule.group}/${rule.name}/${rule.expr}`} rule={rule} />
        ))}
      </div>
    </>
  );
}

function fits(rule: Rule, wanted: string): boolean {
  const text = `${rule.name} ${rule.group} ${rule.state} ${rule.severity} ${rule.expr}`;
  return text.toLowerCase().includes(wanted.toLowerCase());
}

function RuleCard({ rule }: { rule: Rule }) {
  const [open, setOpen] = useState(rule.state !== "inactive" && !rule.heartbeat);
  return (
    <details class="card rule" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="row">
        <Pill {...stateOf(rule)} />
        <strong>{rule.name}</strong>
        {rule.severity && <span class="label">{rule.severity}</span>}
        <span class="spacer" />
        <span class="muted small">
          {rule.active.length > 0 ? `${rule.active.length} series · ` : ""}
          {rule.group}
        </span>
      </summary>
      <div class="rule-body">
        {rule.heartbeat && (
          <p class="small">It always fires, so that its absence shows that the watch sleeps.</p>
        )}
        {rule.error && <p class="error-text">It cannot be evaluated: {rule.error}</p>}
        <code class="expr">{rule.expr}</code>
        <p class="muted small">
          {rule.hold_seconds > 0
            ? `Must hold for ${lasting(rule.hold_seconds)}.`
            : "Fires at once."}
          {rule.runbook && (
            <>
              {" "}
              <a href={address("runbooks", rule.name)}>What to do</a>
            </>
          )}
        </p>
        {rule.active.map((alert) => (
          <Active key={JSON.stringify(alert.labels)} alert={alert} />
        ))}
      </div>
    </details>
  );
}

function stateOf(rule: Rule): { state: string; level?: string } {
  if (rule.heartbeat && rule.state === "firing") return { state: "beating", level: "ok" };
  const silenced = rule.active.length > 0 && rule.active.every((alert) => alert.silenced);
  return { state: silenced ? "silenced" : rule.state };
}

function Active({ alert }: { alert: ActiveAlert }) {
  return (
    <div class="active">
      <div class="row wrap">
        <Pill state={alert.silenced ? "silenced" : alert.state} />
        <span class="small">{alert.summary}</span>
        <span class="spacer" />
        <span class="muted small">{ago(alert.since, Date.now() / 1000)}</span>
      </div>
      {alert.description && <p class="muted small">{alert.description}</p>}
      <Labels labels={alert.labels} />
    </div>
  );
}
