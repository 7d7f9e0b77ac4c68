import { Sparkline } from "../../charts/sparkline";
import type { Health, Service, Signal } from "../../lib/types";
import { format } from "../../lib/units";
import { Pill } from "../../ui/pill";

// A share of failures that nobody can overlook.
const MANY_ERRORS = 0.05;

export function ServiceCard({ service }: { service: Service }) {
  const down = service.up < service.targets;
  return (
    <article class={down ? "card service service-down" : "card service"}>
      <header class="card-head">
        <h2>{service.name}</h2>
        {service.owner && <span class="muted">{service.owner}</span>}
        <span class="spacer" />
        {service.firing.map((name) => (
          <Pill key={name} state={name} level="bad" />
        ))}
        <Pill
          state={down ? `${service.up} of ${service.targets} up` : "up"}
          level={down ? "bad" : "ok"}
        />
      </header>
      {service.error && <p class="error-text">{service.error}</p>}
      {service.health && <Tiles health={service.health} />}
      {service.models.length > 0 && <Models models={service.models} />}
    </article>
  );
}

function Tiles({ health }: { health: Health }) {
  return (
    <div class="tiles">
      <Tile title="Requests" signal={health.rate} unit="reqps" />
      <Tile title="p95 latency" signal={health.p95} unit="s" />
      <Tile
        title="Errors"
        signal={health.errors}
        unit="percentunit"
        bad={(health.errors.now ?? 0) >= MANY_ERRORS}
      />
    </div>
  );
}

interface TileProps {
  title: string;
  signal: Signal;
  unit: string;
  bad?: boolean;
}

function Tile({ title, signal, unit, bad }: TileProps) {
  return (
    <div class={bad ? "tile tile-bad" : "tile"}>
      <span class="tile-title">{title}</span>
      <span class="tile-value">{format(signal.now, unit)}</span>
      <Sparkline values={signal.past} />
    </div>
  );
}

function Models({ models }: { models: Service["models"] }) {
  return (
    <div class="scroll">
      <table class="table models">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Inferences
            </th>
            <th scope="col" class="number">
              p95 latency
            </th>
            <th scope="col" class="number">
              Errors
            </th>
            <th scope="col" class="wide-only">
              Trend of latency
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map(({ name, health }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{loaded(health)}</td>
              <td class="number">{format(health.rate.now, "suffix:/s")}</td>
              <td class="number">{format(health.p95.now, "s")}</td>
              <td class="number">{format(health.errors.now, "percentunit")}</td>
              <td class="wide-only">
                <Sparkline values={health.p95.past} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function loaded(health: Health) {
  if (health.loaded === null) return <span class="muted">–</span>;
  return (
    <Pill state={health.loaded ? "loaded" : "not loaded"} level={health.loaded ? "ok" : "bad"} />
  );
}
