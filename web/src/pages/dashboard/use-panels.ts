// The data of the panels that are on the screen, in one request per refresh.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../api/client";
import { usePoll } from "../../api/poll";
import { askData } from "../../api/questions";
import type { Line } from "../../lib/frames";
import { type Range, span } from "../../lib/range";
import type { Dashboard } from "../../lib/types";

export interface Answered {
  lines: Line[];
  span: [start: number, end: number];
}

export type Shown = (id: number, points: number | null) => void;

const SETTLE_MS = 60;
// A pixel more or less is no reason to ask again.
const GRAIN = 50;

/** Which panels are on the screen, and how wide; settled, so that scrolling asks once. */
export function useShown(): [panels: [id: number, points: number][], report: Shown] {
  const known = useRef(new Map<number, number>());
  const timer = useRef(0);
  const [panels, setPanels] = useState<[number, number][]>([]);
  const report = useCallback<Shown>((id, points) => {
    const before = known.current.get(id);
    const rounded =
      points === null ? undefined : Math.max(GRAIN, Math.round(points / GRAIN) * GRAIN);
    if (before === rounded) return;
    if (rounded === undefined) known.current.delete(id);
    else known.current.set(id, rounded);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setPanels([...known.current]), SETTLE_MS);
  }, []);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return [panels, report];
}

interface Wanted {
  dashboard: Dashboard;
  range: Range;
  /** Null while the variables are not known yet. */
  values: Record<string, string[]> | null;
  panels: [id: number, points: number][];
  seconds: number;
}

/** Ask for the data of `panels`, again every `seconds`; answers stay until better ones come. */
export function usePanels({ dashboard, range, values, panels, seconds }: Wanted) {
  const [answers, setAnswers] = useState<Record<number, Answered>>({});
  const { from, to } = range;
  const ask = useCallback(
    async (signal: AbortSignal) => {
      if (values === null || panels.length === 0) return;
      const [start, end] = span({ from, to }, Date.now() / 1000);
      const collected = new Map<number, Line[]>();
      const expected = queriesOf(dashboard);
      let away: Line | undefined;
      const wanted = { start, end, values, panels: panels.map(([id, points]) => ({ id, points })) };
      await askData(dashboard.uid, wanted, signal, (line) => {
        const lines = [...(collected.get(line.panel) ?? []), line];
        collected.set(line.panel, lines);
        if (line.away) away = line;
        if (lines.length < (expected.get(line.panel) ?? 1)) return;
        const answered: Answered = { lines, span: [start, end] };
        setAnswers((before) => better(before, line.panel, answered));
      });
      if (away) throw new ApiError(away.problem ?? "", away.hint ?? "");
    },
    [dashboard, from, to, values, panels],
  );
  const { error } = usePoll(ask, seconds);
  return { answers, error };
}

/** Keep what is drawn while the server is away. */
function better(before: Record<number, Answered>, panel: number, next: Answered) {
  const kept = next.lines.some((line) => line.away) && before[panel];
  return kept ? before : { ...before, [panel]: next };
}

function queriesOf(dashboard: Dashboard): Map<number, number> {
  const panels = dashboard.sections.flatMap((section) => section.panels);
  return new Map(panels.map((panel) => [panel.id, panel.queries.length]));
}
