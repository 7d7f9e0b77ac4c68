// Dark or light: the system's choice until a person makes one, which is remembered.

import { useCallback, useEffect, useState } from "preact/hooks";

export type Theme = "auto" | "dark" | "light";

const KEY = "vedette-theme";
const NEXT: Record<Theme, Theme> = { auto: "light", light: "dark", dark: "auto" };
const system = window.matchMedia("(prefers-color-scheme: dark)");

function remembered(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "dark" || kept === "light" ? kept : "auto";
  } catch {
    return "auto";
  }
}

function remember(theme: Theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
}

export function useTheme(): { theme: Theme; dark: boolean; turn: () => void } {
  const [theme, setTheme] = useState<Theme>(remembered);
  const [systemDark, setSystemDark] = useState(system.matches);
  useEffect(() => {
    const changed = (event: MediaQueryListEvent) => setSystemDark(event.matches);
    system.addEventListener("change", changed);
    return () => system.removeEventListener("change", changed);
  }, []);
  const dark = theme === "auto" ? systemDark : theme === "dark";
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [dark]);
  const turn = useCallback(() => {
    setTheme((now) => {
      remember(NEXT[now]);
      return NEXT[now];
    });
  }, []);
  return { theme, dark, turn };
}
