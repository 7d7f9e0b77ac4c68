// Keyboard shortcuts for the whole page.

import { useEffect } from "preact/hooks";
import { address } from "../lib/route";

const PAGES: Record<string, string> = {
  o: address(""),
  d: address("dashboards"),
  t: address("targets"),
  a: address("alerts"),
  p: address("programs"),
};
const PATIENCE_MS = 1500;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

function focusSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>("input[type=search]");
  search?.focus();
  search?.select();
  return search !== null;
}

/** Listen: `g` and a letter open a page, `/` searches, `?` helps. */
export function useKeys(onHelp: () => void) {
  useEffect(() => {
    let went = 0;
    const single: Record<string, () => boolean> = {
      "/": focusSearch,
      "?": () => {
        onHelp();
        return true;
      },
      r: () => window.dispatchEvent(new CustomEvent("vedette:refresh")),
      g: () => {
        went = Date.now();
        return true;
      },
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Escape" && isTyping(event.target)) (event.target as HTMLElement).blur();
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const page = Date.now() - went < PATIENCE_MS ? PAGES[event.key] : undefined;
      went = 0;
      if (page) location.hash = page;
      if (page || single[event.key]?.()) event.preventDefault();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [onHelp]);
}
