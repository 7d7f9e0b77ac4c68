import { usePoll } from "../../api/poll";
import { askStatus, POLL_SECONDS } from "../../api/questions";
import { lasting } from "../../lib/range";
import type { Program, Status } from "../../lib/types";
import { format } from "../../lib/units";
import { Pill } from "../../ui/pill";
import { Empty, Failure, Loading } from "../../ui/states";

export function ProgramsPage() {
  const { data, error } = usePoll(askStatus, POLL_SECONDS);
  return (
    <>
      <header class="page-head">
        <h1>Programs</h1>
        {data?.name && (
          <p>
            Stack <strong>{data.name}</strong>, supervised by process {data.pid}, in{" "}
            <code class="breakable">{data.home}</code>
          </p>
        )}
      </header>
      {!data && error && <Failure problem={error.message} hint={error.hint} />}
      {!data && !error && <Loading what="programs" />}
      {data?.programs.length === 0 && (
        <Empty title="The console shows no stack">
          It was started beside a Prometheus that somebody else runs. <code>vedette up</code> starts
          a stack with its own console.
        </Empty>
      )}
      {data && data.programs.length > 0 && <List programs={data.programs} />}
    </>
  );
}

function List({ programs }: { programs: Status["programs"] }) {
  return (
    <div class="card scroll">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Program</th>
            <th scope="col">State</th>
            <th scope="col">Version</th>
            <th scope="col" class="number">
              Process
            </th>
            <th scope="col" class="number">
              Port
            </th>
            <th scope="col" class="number">
              Runs for
            </th>
            <th scope="col" class="number">
              Restarts
            </th>
            <th scope="col" class="number">
              Processor
            </th>
            <th scope="col" class="number">
              Memory
            </th>
          </tr>
        </thead>
        <tbody>
          {programs.map((program) => (
            <Row key={program.name} program={program} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ program }: { program: Program }) {
  const uptime = program.uptime_seconds;
  return (
    <tr>
      <th scope="row">
        {program.title || program.name}
        {program.detail && <p class="muted small">{program.detail}</p>}
      </th>
      <td>
        <Pill state={program.state} />
      </td>
      <td>
        {program.version || "–"}
        {program.source && <span class="muted small"> · {program.source}</span>}
      </td>
      <td class="number">{program.pid ?? "–"}</td>
      <td class="number">{program.port ?? "–"}</td>
      <td class="number">{uptime === null ? "–" : lasting(uptime)}</td>
      <td class="number">{program.restarts}</td>
      <td class="number">{format(program.cpu_percent, "percent")}</td>
      <td class="number">{format(program.memory_bytes, "bytes")}</td>
    </tr>
  );
}
