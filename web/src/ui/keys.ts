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

function isTyping(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

function focusSearch() {
  const search = document.querySelector<HTMLInputElement>("input[type=search]");
  search?.focus();
  search?.select();
}

function refresh() {
  window.dispatchEvent(new CustomEvent("vedette:refresh"));
}

/** What a key does; `since` is how long ago `g` was pressed, in milliseconds. */
function actionOf(key: string, since: number, onHelp: () => void): (() => void) | undefined {
  const page = since < PATIENCE_MS ? PAGES[key] : undefined;
  if (page) return () => location.assign(page);
  const single: Record<string, () => void> = { "/": focusSearch, "?": onHelp, r: refresh };
  return single[key];
}

function isPlain(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (!isTyping(event.target)) return true;
  if (event.key === "Escape") event.target.blur();
  return false;
}

/** Listen: `g` and a letter open a page, `/` searches, `?` helps. */
export function useKeys(onHelp: () => void) {
  useEffect(() => {
    let went = -PATIENCE_MS;
    const pressed = (event: KeyboardEvent) => {
      if (!isPlain(event)) return;
      const action = actionOf(event.key, event.timeStamp - went, onHelp);
      went = event.key === "g" ? event.timeStamp : -PATIENCE_MS;
      if (action) event.preventDefault();
      action?.();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [onHelp]);
}
