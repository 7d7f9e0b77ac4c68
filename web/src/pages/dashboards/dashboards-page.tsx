import { useState } from "preact/hooks";
import { usePoll } from "../../api/poll";
import { askDashboards, POLL_SECONDS } from "../../api/questions";
import { address } from "../../lib/route";
import type { DashboardList } from "../../lib/types";
import { Search } from "../../ui/search";
import { Empty, Failure, Loading } from "../../ui/states";

type Listed = DashboardList["dashboards"][number];

export function DashboardsPage() {
  const { data, error } = usePoll(askDashboards, POLL_SECONDS);
  const [wanted, setWanted] = useState("");
  const shown = data?.dashboards.filter((one) => fits(one, wanted)) ?? [];
  return (
    <>
      <header class="page-head">
        <h1>Dashboards</h1>
        <span class="spacer" />
        <Search value={wanted} onChange={setWanted} what="dashboards" />
      </header>
      {!data && error && <Failure problem={error.message} hint={error.hint} />}
      {!data && !error && <Loading what="dashboards" />}
      {data && data.broken.length > 0 && <Broken files={data.broken} />}
      {data && data.dashboards.length + data.broken.length === 0 && (
        <Empty title="There are no dashboards">
          The console was started without a folder of dashboards, or the folder is empty.
        </Empty>
      )}
      {data && data.dashboards.length > 0 && shown.length === 0 && (
        <Empty title="No dashboard fits the search" />
      )}
      <ul class="plain board-list">
        {shown.map((one) => (
          <li key={one.uid}>
            <a class="card board" href={address("dashboards", one.uid)}>
              <strong>{one.title}</strong>
              {one.description && <span class="muted small board-about">{one.description}</span>}
              <span class="muted small">
                {one.panels} panels{one.tags.length > 0 && ` · ${one.tags.join(", ")}`}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Broken({ files }: { files: DashboardList["broken"] }) {
  return (
    <section class="card broken" aria-label="Files that cannot be read">
      {files.map((file) => (
        <p key={file.file}>
          <strong>{file.problem}</strong> <span class="muted">– {file.hint}</span>
        </p>
      ))}
    </section>
  );
}

function fits(one: Listed, wanted: string): boolean {
  const text = `${one.title} ${one.description} ${one.tags.join(" ")}`;
  return text.toLowerCase().includes(wanted.toLowerCase());
}
