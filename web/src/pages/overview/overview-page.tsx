import { type Polled, usePoll } from "../../api/poll";
import { askOverview, POLL_SECONDS } from "../../api/questions";
import type { Overview } from "../../lib/types";
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

function Body({ data, error }: Polled<Overview>) {
  if (!data) {
    if (error) return <Failure problem={error.message} hint={error.hint} />;
    return <Loading what="the overview" />;
  }
  return (
    <div class={error ? "overview stale" : "overview"}>
      <Verdict overview={data} stale={error !== null} />
      <section class="overview-main" aria-label="Services and models">
        {data.services.length === 0 && (
          <Empty title="No service is watched yet">
            Add one to vedette.yaml, then run <code>vedette reload</code>.
          </Empty>
        )}
        {data.services.map((service) => (
          <ServiceCard key={service.name} service={service} />
        ))}
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
