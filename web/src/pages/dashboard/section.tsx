import { useState } from "preact/hooks";
import { fillTitle } from "../../lib/interpolate";
import type { Happening, Section } from "../../lib/types";
import { Icon } from "../../ui/icon";
import { PanelView } from "./panel";
import type { Answered, Shown } from "./use-panels";

export interface Shared {
  texts: Record<string, string>;
  dark: boolean;
  events: Happening[];
  onShown: Shown;
  onZoom: (span: [number, number] | null) => void;
}

interface Props extends Shared {
  section: Section;
  answers: Record<number, Answered>;
}

/** A row of panels; a closed one asks for nothing. */
export function SectionView({ section, answers, ...shared }: Props) {
  const [open, setOpen] = useState(!section.collapsed);
  return (
    <section class="board-section" aria-label={section.title || "Panels"}>
      {section.title && (
        <h2>
          <button
            type="button"
            class={open ? "section-head section-open" : "section-head"}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <Icon name="down" />
            {fillTitle(section.title, shared.texts)}
            {!open && <span class="muted small"> {section.panels.length} panels</span>}
          </button>
        </h2>
      )}
      {open && (
        <div class="grid">
          {section.panels.map((panel) => (
            <PanelView key={panel.id} panel={panel} answered={answers[panel.id]} {...shared} />
          ))}
        </div>
      )}
    </section>
  );
}
