import { useCallback } from "preact/hooks";
import { usePoll } from "../../api/poll";
import { askRunbook } from "../../api/questions";
import { address } from "../../lib/route";
import { Markdown } from "../../ui/markdown";
import { Failure, Loading } from "../../ui/states";

export function RunbookPage({ name }: { name: string }) {
  const ask = useCallback((signal: AbortSignal) => askRunbook(name, signal), [name]);
  const { data, error } = usePoll(ask, 0);
  return (
    <>
      <header class="page-head">
        <h1>{name}</h1>
        <span class="spacer" />
        <a href={address("alerts")}>All alerts</a>
      </header>
      {error && <Failure problem={error.message} hint={error.hint} />}
      {!data && !error && <Loading what="the runbook" />}
      {data && (
        <article class="card runbook">
          <Markdown text={data.text} />
        </article>
      )}
    </>
  );
}
