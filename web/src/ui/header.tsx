import { useEffect, useState } from "preact/hooks";
import { lasting } from "../lib/range";
import { address } from "../lib/route";
import { Icon } from "./icon";
import type { Theme } from "./theme";

const TABS: [page: string, title: string][] = [
  ["", "Overview"],
  ["dashboards", "Dashboards"],
  ["alerts", "Alerts"],
  ["targets", "Targets"],
  ["programs", "Programs"],
];
const THEME_ICONS: Record<Theme, string> = { auto: "auto", light: "sun", dark: "moon" };
const THEME_WORDS: Record<Theme, string> = {
  auto: "as the system",
  light: "light",
  dark: "dark",
};

interface Props {
  page: string;
  theme: Theme;
  answered: number;
  problem: string;
  hint: string;
  onTheme: () => void;
  onHelp: () => void;
}

export function Header({ page, theme, answered, problem, hint, onTheme, onHelp }: Props) {
  const current = page === "runbooks" ? "alerts" : page;
  return (
    <header class="top">
      <a class="brand" href="#/">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M5 10l11 15L27 10" />
          <circle cx="16" cy="10" r="3.4" />
        </svg>
        Vedette
      </a>
      <nav aria-label="Pages">
        {TABS.map(([name, title]) => (
          <a key={name} href={address(name)} aria-current={name === current ? "page" : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <span class="spacer" />
      <Freshness answered={answered} problem={problem} />
      <button
        type="button"
        class="icon-button"
        onClick={onTheme}
        aria-label={`Colours: ${THEME_WORDS[theme]}. Change`}
        title={`Colours: ${THEME_WORDS[theme]}`}
      >
        <Icon name={THEME_ICONS[theme]} />
      </button>
      <button
        type="button"
        class="icon-button"
        onClick={onHelp}
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
      >
        <Icon name="help" />
      </button>
      {problem && (
        <p class="banner" role="alert">
          <Icon name="warning" />
          <span>
            <strong>{problem}</strong> {hint}
          </span>
        </p>
      )}
    </header>
  );
}

/** How old what is shown is. */
function Freshness({ answered, problem }: { answered: number; problem: string }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  if (!answered) return <span class="fresh muted">{problem ? "No answer" : "Connecting"}</span>;
  const age = lasting((Math.max(now, answered) - answered) / 1000);
  return (
    <span class={problem ? "fresh fresh-stale" : "fresh"}>
      <i />
      {problem ? `Last answer ${age} ago` : "Live"}
    </span>
  );
}
