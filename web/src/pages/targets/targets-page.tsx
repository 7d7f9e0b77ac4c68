import { useState } from "preact/hooks";
import { usePoll } from "../../api/poll";
import { askTargets, POLL_SECONDS } from "../../api/questions";
import { ago } from "../../lib/range";
import type { Target } from "../../lib/types";
import { format } from "../../lib/units";
import { Labels } from "../../ui/labels";
import { Pill } from "../../ui/pill";
import { Search } from "../../ui/search";
import { Empty, Failure, Loading } from "../../ui/states";

export function TargetsPage() {
  const { data, error } = usePoll(askTargets, POLL_SECONDS);
  const [wanted, setWanted] = useState("");
  const down = data?.filter((target) => target.health === "down").length ?? 0;
  return (
    <>
      <header class="page-head">
        <h1>Targets</h1>
        {data && (
          <Pill
            state={down ? `${down} down` : `all ${data.length} up`}
            level={down ? "bad" : "ok"}
          />
        )}
        <span class="spacer" />
        <Search value={wanted} onChange={setWanted} what="targets" />
      </header>
      {!data && error && <Failure problem={error.message} hint={error.hint} />}
      {!data && !error && <Loading what="targets" />}
      {data?.length === 0 && (
        <Empty title="Prometheus scrapes nothing">Add a module to vedette.yaml.</Empty>
      )}
      {data && data.length > 0 && <List targets={data.filter((one) => fits(one, wanted))} />}
    </>
  );
}

function fits(target: Target, wanted: string): boolean {
  const text = `${target.url} ${target.error} ${Object.values(target.labels).join(" ")}`;
  return text.toLowerCase().includes(wanted.toLowerCase());
}

function List({ targets }: { targets: Target[] }) {
  const now = Date.now() / 1000;
  if (targets.length === 0) return <Empty title="No target fits the search" />;
  return (
    <div class="card scroll">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Job</th>
            <th scope="col">Address</th>
            <th scope="col">Last scrape</th>
            <th scope="col" class="number">
              Took
            </th>
            <th scope="col" class="wide-only">
              Labels
            </th>
          </tr>
        </thead>
        <tbody>
          {targets.map((target) => (
            <tr key={target.url + target.job}>
              <td>
                <Pill state={target.health} />
              </td>
              <th scope="row">{target.job}</th>
              <td>
                <code class="breakable">{target.url}</code>
                {target.error && <p class="error-text">{target.error}</p>}
              </td>
              <td class="nowrap">
                {ago(target.last_scrape, now)}
                {target.interval && <span class="muted small"> · every {target.interval}</span>}
              </td>
              <td class="number">{format(target.scrape_seconds, "s")}</td>
              <td class="wide-only">
                <Labels labels={other(target.labels)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function other({ job: _, instance: __, ...rest }: Record<string, string>): Record<string, string> {
  return rest;
}
