import { useCallback, useMemo } from "preact/hooks";
import { usePoll } from "../../api/poll";
import { askDashboard } from "../../api/questions";
import { durationSeconds, type Range } from "../../lib/range";
import { address, chosenValues } from "../../lib/route";
import type { Dashboard, Variable } from "../../lib/types";
import { Failure, Loading } from "../../ui/states";
import { Controls } from "./controls";
import { Links } from "./links";
import { SectionView } from "./section";
import { useEvents } from "./use-events";
import { usePanels, useShown } from "./use-panels";
import { useVariables } from "./use-variables";

interface Props {
  name: string;
  params: URLSearchParams;
  dark: boolean;
}

export function DashboardPage({ name, params, dark }: Props) {
  const ask = useCallback((signal: AbortSignal) => askDashboard(name, signal), [name]);
  const { data, error } = usePoll(ask, 0);
  if (!data && error) return <Failure problem={error.message} hint={error.hint} />;
  if (!data) return <Loading what="the dashboard" />;
  return <Board dashboard={data} params={params} dark={dark} />;
}

/** Change the address: what is shown follows it, and the browser's back button undoes it. */
function go(dashboard: Dashboard, params: URLSearchParams, change: [string, string[]][]) {
  const changed = new Set(change.map(([key]) => key));
  const kept = [...params].filter(([key]) => !changed.has(key));
  const added = change.flatMap(([key, values]) => values.map((v): [string, string] => [key, v]));
  location.hash = address("dashboards", dashboard.uid, [...kept, ...added]);
}

function Board({ dashboard, params, dark }: { dashboard: Dashboard } & Omit<Props, "name">) {
  const from = params.get("from") ?? dashboard.start;
  const to = params.get("to") ?? dashboard.end;
  const range = useMemo<Range>(() => ({ from, to }), [from, to]);
  const refresh = params.get("refresh") ?? dashboard.refresh;
  const chosen = new URLSearchParams([...params].filter(([key]) => key.startsWith("var-")));
  const { variables, values } = useVariables(dashboard, range, chosen.toString());
  const [panels, report] = useShown();
  const seconds = to.startsWith("now") ? (durationSeconds(refresh) ?? 0) : 0;
  const { answers } = usePanels({ dashboard, range, values, panels, seconds });
  const events = useEvents({ dashboard, range, values, seconds });
  const texts = useMemo(() => titles(variables ?? []), [variables]);

  const set = (change: [string, string[]][]) => go(dashboard, params, change);
  const zoom = (span: [number, number] | null) =>
    set([
      ["from", span ? [String(Math.round(span[0] * 1000))] : []],
      ["to", span ? [String(Math.round(span[1] * 1000))] : []],
    ]);
  return (
    <>
      <header class="page-head">
        <h1>{dashboard.title}</h1>
        <span class="spacer" />
        <Links links={dashboard.links} params={params} />
        <Controls
          range={range}
          refresh={refresh}
          variables={variables ?? []}
          wanted={chosenValues(chosen)}
          onSet={set}
        />
        {dashboard.description && <p>{dashboard.description}</p>}
      </header>
      {dashboard.notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      {dashboard.sections.map((section) => (
        <SectionView
          key={section.title + (section.panels[0]?.id ?? "")}
          section={section}
          answers={answers}
          texts={texts}
          dark={dark}
          events={events}
          onShown={report}
          onZoom={zoom}
        />
      ))}
    </>
  );
}

/** What stands for each variable in a title. */
function titles(variables: Variable[]): Record<string, string> {
  return Object.fromEntries(
    variables.map((variable) => {
      const known = variable.choices.filter((choice) => variable.chosen.includes(choice.value));
      return [variable.name, known.map((choice) => choice.text).join(", ")];
    }),
  );
}
