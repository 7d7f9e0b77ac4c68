import { useRef } from "preact/hooks";

const ALL = "$__all";

interface Props {
  label: string;
  choices: { text: string; value: string }[];
  chosen: string[];
  multi: boolean;
  /** True where any text may be written. */
  free: boolean;
  problem: string;
  onChoose: (values: string[]) => void;
}

/** One variable: a list, a list with several marks, or a text. */
export function Choice(props: Props) {
  if (props.free) return <Free {...props} />;
  return props.multi ? <Several {...props} /> : <One {...props} />;
}

function One({ label, choices, chosen, problem, onChoose }: Props) {
  return (
    <label class="control" title={problem}>
      <span>{label}</span>
      <select
        class="field"
        value={chosen[0] ?? ""}
        onChange={(event) => onChoose([event.currentTarget.value])}
      >
        {choices.length === 0 && <option value="">{problem ? "unknown" : "none"}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Free({ label, chosen, onChoose }: Props) {
  return (
    <label class="control">
      <span>{label}</span>
      <input
        class="field"
        value={chosen[0] ?? ""}
        onChange={(event) => onChoose([event.currentTarget.value])}
      />
    </label>
  );
}

function toggled(chosen: string[], value: string): string[] {
  if (value === ALL) return [ALL];
  const others = chosen.filter((one) => one !== ALL && one !== value);
  const next = chosen.includes(value) ? others : [...others, value];
  return next.length > 0 ? next : [ALL];
}

function Several({ label, choices, chosen, onChoose }: Props) {
  const box = useRef<HTMLDetailsElement>(null);
  const names = choices.filter((one) => chosen.includes(one.value)).map((one) => one.text);
  const close = () => box.current?.removeAttribute("open");
  const left = (event: FocusEvent) => {
    const inside =
      event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget);
    if (!inside) close();
  };
  return (
    <div class="control">
      <span>{label}</span>
      <details
        ref={box}
        class="menu"
        onKeyDown={(event) => event.key === "Escape" && close()}
        onFocusOut={left}
      >
        <summary class="field" aria-label={label}>
          {names.length > 2 ? `${names.length} chosen` : names.join(", ") || "none"}
        </summary>
        <div class="menu-list" tabIndex={-1}>
          {choices.map((choice) => (
            <label key={choice.value}>
              <input
                type="checkbox"
                checked={chosen.includes(choice.value)}
                onChange={() => onChoose(toggled(chosen, choice.value))}
              />
              {choice.text}
            </label>
          ))}
        </div>
      </details>
    </div>
  );
}
