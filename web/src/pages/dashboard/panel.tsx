import type { ComponentType } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { ChartProps } from "../../charts/chart";
import { chartOf } from "../../charts/registry";
import { frameOf } from "../../lib/frames";
import { fillTitle } from "../../lib/interpolate";
import type { Panel } from "../../lib/types";
import { Markdown } from "../../ui/markdown";
import { NoData } from "./no-data";
import type { Shared } from "./section";
import type { Answered } from "./use-panels";

interface Props extends Shared {
  panel: Panel;
  answered: Answered | undefined;
}

export function PanelView({ panel, answered, texts, dark, events, onShown, onZoom }: Props) {
  const element = useOnScreen(panel, onShown);
  const { x, y, w, h } = panel.grid;
  const place = { gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` };
  const title = fillTitle(panel.title, texts);
  const about = [panel.description, ...panel.notes].filter(Boolean).join("\n\n");
  const named = useMemo(() => ({ ...panel, title }), [panel, title]);
  return (
    <article class="panel" style={place} ref={element} aria-label={title} data-kind={panel.kind}>
      {title && (
        <header>
          <h3>{title}</h3>
          {about && (
            <details class="about">
              <summary aria-label={`About ${title}`}>{panel.notes.length > 0 ? "!" : "i"}</summary>
              <div class="about-text">
                <Markdown text={about} />
              </div>
            </details>
          )}
        </header>
      )}
      <div class="panel-body">
        <Content panel={named} answered={answered} dark={dark} events={events} onZoom={onZoom} />
      </div>
    </article>
  );
}

type ContentProps = Pick<Props, "panel" | "answered" | "dark" | "events" | "onZoom">;

function Content({ panel, ...props }: ContentProps) {
  const Chart = chartOf(panel.kind);
  if (panel.kind === "text") return <Text panel={panel} />;
  if (panel.reason) return <Absent title="Not drawn" reason={panel.reason} />;
  if (panel.queries.length === 0) return <Absent title="It asks nothing" reason="" />;
  if (!Chart) {
    return <Absent title="Not drawn yet" reason={`The console has no ${panel.kind} chart.`} />;
  }
  return <Asked Chart={Chart} panel={panel} {...props} />;
}

type AskedProps = ContentProps & { Chart: ComponentType<ChartProps> };

function Asked({ Chart, panel, answered, ...shared }: AskedProps) {
  const frame = useMemo(() => frameOf(panel, answered?.lines ?? []), [panel, answered]);
  if (!answered) return <Waiting />;
  const failed = answered.lines.find((line) => line.problem);
  if (frame.series.length === 0) {
    if (failed) return <Absent title={failed.problem ?? ""} reason={failed.hint ?? ""} />;
    return <NoData expr={answered.lines[0]?.expr ?? ""} />;
  }
  return (
    <>
      {failed && (
        <p class="error-text">
          Query {failed.ref}: {failed.problem}
        </p>
      )}
      <Chart panel={panel} frame={frame} span={answered.span} {...shared} />
    </>
  );
}

function Waiting() {
  return (
    <p class="panel-wait" role="status">
      <span class="spinner" />
      <span class="hidden-title">Loading</span>
    </p>
  );
}

function Text({ panel }: { panel: Panel }) {
  if (panel.options.mode === "markdown") return <Markdown text={panel.options.content} />;
  if (panel.options.mode === "code") return <pre>{panel.options.content}</pre>;
  return (
    <Absent title="Not drawn" reason="Text panels in HTML are not drawn: it could run here." />
  );
}

function Absent({ title, reason }: { title: string; reason: string }) {
  return (
    <div class="panel-absent">
      <strong>{title}</strong>
      <span class="muted small">{reason}</span>
    </div>
  );
}

/** Report when a panel comes on or leaves the screen, and how wide it is. */
function useOnScreen(panel: Panel, onShown: Shared["onShown"]) {
  const element = useRef<HTMLElement>(null);
  const asks = panel.queries.length > 0 && !panel.reason && chartOf(panel.kind) !== undefined;
  useEffect(() => {
    const target = element.current;
    if (!target || !asks) return;
    const observer = new IntersectionObserver(
      ([entry]) => onShown(panel.id, entry?.isIntersecting ? target.clientWidth : null),
      { rootMargin: "250px" },
    );
    observer.observe(target);
    return () => {
      observer.disconnect();
      onShown(panel.id, null);
    };
  }, [panel.id, asks, onShown]);
  return element;
}
