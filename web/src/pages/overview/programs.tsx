import { address } from "../../lib/route";
import type { Program } from "../../lib/types";
import { format } from "../../lib/units";
import { Pill } from "../../ui/pill";

export function Programs({ programs }: { programs: Program[] }) {
  return (
    <section class="card">
      <header class="card-head">
        <h2>Programs</h2>
        <span class="spacer" />
        <a class="small" href={address("programs")}>
          Details
        </a>
      </header>
      <ul class="plain">
        {programs.map((program) => (
          <li key={program.name} class="row program-row">
            <span>{program.title || program.name}</span>
            <span class="spacer" />
            <span class="muted small number">{format(program.memory_bytes, "bytes")}</span>
            <Pill state={program.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}
