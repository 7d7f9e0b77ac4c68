import { chosenRange, RANGES, type Range, rangeLabel } from "../../lib/range";
import type { Variable } from "../../lib/types";
import { Choice } from "../../ui/choice";
import { Icon } from "../../ui/icon";

const REFRESHES = ["off", "5s", "10s", "30s", "1m", "5m"];

interface Props {
  range: Range;
  refresh: string;
  variables: Variable[];
  /** What was chosen and is not answered yet comes before what is known. */
  wanted: Record<string, string[]>;
  onSet: (change: [string, string[]][]) => void;
}

/** Variables, time range and refresh. */
export function Controls({ range, refresh, variables, wanted, onSet }: Props) {
  const shown = variables.filter((one) => !one.hidden && !(one.kind === "datasource"));
  return (
    <div class="controls">
      {shown.map((variable) => (
        <Choice
          key={variable.name}
          label={variable.label}
          choices={variable.choices}
          chosen={wanted[variable.name] ?? variable.chosen}
          multi={variable.multi}
          free={variable.kind === "textbox"}
          problem={variable.problem}
          onChoose={(values) => onSet([[`var-${variable.name}`, values]])}
        />
      ))}
      <Ranges range={range} onSet={onSet} />
      <Refresh refresh={refresh} onSet={onSet} />
    </div>
  );
}

function Ranges({ range, onSet }: Pick<Props, "range" | "onSet">) {
  const chosen = chosenRange(range);
  return (
    <label class="control">
      <span>Range</span>
      <select
        class="field"
        value={chosen ?? "zoomed"}
        onChange={(event) =>
          onSet([
            ["from", [event.currentTarget.value]],
            ["to", ["now"]],
          ])
        }
      >
        {chosen === null && <option value="zoomed">{rangeLabel(range)}</option>}
        {RANGES.map(([from]) => (
          <option key={from} value={from}>
            {rangeLabel({ from, to: "now" })}
          </option>
        ))}
      </select>
    </label>
  );
}

function Refresh({ refresh, onSet }: Pick<Props, "refresh" | "onSet">) {
  const choices = REFRESHES.includes(refresh || "off") ? REFRESHES : [...REFRESHES, refresh];
  return (
    <>
      <label class="control">
        <span>Refresh</span>
        <select
          class="field"
          value={refresh || "off"}
          onChange={(event) => onSet([["refresh", [event.currentTarget.value]]])}
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice === "off" ? "off" : `every ${choice}`}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="icon-button"
        aria-label="Ask again now"
        title="Ask again now (r)"
        onClick={() => window.dispatchEvent(new CustomEvent("vedette:refresh"))}
      >
        <Icon name="refresh" />
      </button>
    </>
  );
}
