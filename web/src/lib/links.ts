// Links on top of a dashboard, as Grafana's files have them.

import { address } from "./route";

const KEPT = /^(from|to|refresh|var-.*)$/;

/** Where a link leads; null for what is no page, such as a script. */
export function target(url: string, params: URLSearchParams): string | null {
  const local = /^\/?d\/([^/?#]+)/.exec(url);
  if (local) {
    const kept = [...params].filter(([key]) => KEPT.test(key));
    return address("dashboards", decodeURIComponent(local[1] as string), kept);
  }
  return /^https?:\/\//i.test(url) ? url : null;
}

/** The dashboards that a link by tags leads to. */
export function tagged<T extends { tags: string[] }>(dashboards: T[], tags: string[]): T[] {
  return dashboards.filter((one) => tags.every((tag) => one.tags.includes(tag)));
}
