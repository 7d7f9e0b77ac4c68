import { type Polled, usePoll } from "../../api/poll";
import { askOverview, POLL_SECONDS } from "../../api/questions";
import type { Overview, Service } from "../../lib/types";
import { Empty, Failure, Loading } from "../../ui/states";
import { Firing } from "./firing";
import { Programs } from "./programs";
import { ServiceCard } from "./service-card";
import { Verdict } from "./verdict";

export function OverviewPage() {
  const polled = usePoll(askOverview, POLL_SECONDS);
  return (
    <>
      <h1 class="hidden-title">Overview</h1>
      <Body {...polled} />
    </>
  );
}

/** True for what has numbers of its own, or needs a person: it gets the whole width. */
function isMeasured(service: Service): boolean {
  return service.health !== null || service.models.length > 0 || service.up < service.targets;
}

function Body({ data, error }: Polled<Overview>) {
  if (!data) {
    if (error) return <Failure problem={error.message} hint={error.hint} />;
    return <Loading what="the overview" />;
  }
  const measured = data.services.filter(isMeasured);
  const others = data.services.filter((service) => !isMeasured(service));
  return (
    <div class={error ? "overview stale" : "overview"}>
      <Verdict overview={data} stale={error !== null} />
      <section class="overview-main" aria-label="Services and models">
        {data.modules === 0 && data.programs && (
          <div class="card">
            <Empty title="None of your services is watched yet">
              Add one to vedette.yaml, then run <code>vedette reload</code>. Until then, these are
              the stack’s own.
            </Empty>
          </div>
        )}
        {measured.map((service) => (
          <ServiceCard key={service.name} service={service} />
        ))}
        <div class="service-grid">
          {others.map((service) => (
            <ServiceCard key={service.name} service={service} />
          ))}
        </div>
      </section>
      <aside class="overview-side">
        <Firing rules={data.firing} now={data.time} count={data.rules} />
        {data.programs && <Programs programs={data.programs} />}
        {data.problems.map((problem) => (
          <p key={problem} class="note">
            {problem}
          </p>
        ))}
      </aside>
    </div>
  );
}
