// What the pages ask.

import type { Line } from "../lib/frames";
import type {
  Alerts,
  Dashboard,
  DashboardList,
  Happening,
  Overview,
  Status,
  Target,
  Variable,
} from "../lib/types";
import { get, post, postLines } from "./client";

export const POLL_SECONDS = 5;

export const askOverview = (signal: AbortSignal) => get<Overview>("overview", signal);
export const askTargets = (signal: AbortSignal) => get<Target[]>("targets", signal);
export const askAlerts = (signal: AbortSignal) => get<Alerts>("alerts", signal);
export const askStatus = (signal: AbortSignal) => get<Status>("programs", signal);
export const askDashboards = (signal: AbortSignal) => get<DashboardList>("dashboards", signal);

export const askDashboard = (uid: string, signal: AbortSignal) =>
  get<Dashboard>(`dashboards/${encodeURIComponent(uid)}`, signal);

export const askRunbook = (name: string, signal: AbortSignal) =>
  get<{ name: string; text: string }>(`runbooks/${encodeURIComponent(name)}`, signal);

export const askReason = (expr: string, signal: AbortSignal) =>
  get<{ reason: string }>(`explain?${new URLSearchParams({ expr })}`, signal);

export interface Wanted {
  start: number;
  end: number;
  values: Record<string, string[]>;
}

export const askVariables = (uid: string, wanted: Wanted, signal: AbortSignal) =>
  post<Variable[]>(`dashboards/${encodeURIComponent(uid)}/variables`, wanted, signal);

export const askEvents = (uid: string, wanted: Wanted, signal: AbortSignal) =>
  post<Happening[]>(`dashboards/${encodeURIComponent(uid)}/annotations`, wanted, signal);

export const askData = (
  uid: string,
  wanted: Wanted & { panels: { id: number; points: number }[] },
  signal: AbortSignal,
  each: (line: Line) => void,
) => postLines<Line>(`dashboards/${encodeURIComponent(uid)}/data`, wanted, signal, each);
