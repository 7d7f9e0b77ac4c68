// The console's API, as /api/openapi.json describes it.

export interface Signal {
  now: number | null;
  past: (number | null)[];
}

export interface Health {
  rate: Signal;
  errors: Signal;
  p95: Signal;
  loaded: boolean | null;
}

export interface Service {
  name: string;
  owner: string;
  up: number;
  targets: number;
  error: string;
  firing: string[];
  health: Health | null;
  models: { name: string; health: Health }[];
}

export interface ActiveAlert {
  state: string;
  since: string;
  value: string;
  labels: Record<string, string>;
  summary: string;
  description: string;
  silenced: boolean;
}

export interface Rule {
  name: string;
  group: string;
  state: string;
  severity: string;
  expr: string;
  hold_seconds: number;
  labels: Record<string, string>;
  error: string;
  runbook: boolean;
  heartbeat: boolean;
  active: ActiveAlert[];
}

export interface Alerts {
  rules: Rule[];
  problem: string;
}

type Level = "ok" | "notice" | "warning" | "bad";

export interface Program {
  name: string;
  title: string;
  state: string;
  pid: number | null;
  port: number | null;
  url: string;
  version: string;
  source: string;
  restarts: number;
  uptime_seconds: number | null;
  cpu_percent: number | null;
  memory_bytes: number | null;
  detail: string;
}

export interface Overview {
  name: string;
  verdict: { level: Level; text: string; details: string[] };
  pulse: "beating" | "silent" | "absent";
  targets_up: number;
  targets: number;
  rules: number;
  modules: number;
  services: Service[];
  firing: Rule[];
  programs: Program[] | null;
  problems: string[];
  time: number;
}

export interface Target {
  job: string;
  instance: string;
  module: string;
  health: string;
  error: string;
  url: string;
  last_scrape: string;
  scrape_seconds: number;
  interval: string;
  labels: Record<string, string>;
}

export interface Status {
  name: string;
  pid: number;
  started: number | string;
  home: string;
  state: string;
  programs: Program[];
}

export interface DashboardList {
  dashboards: {
    uid: string;
    title: string;
    description: string;
    tags: string[];
    panels: number;
  }[];
  broken: { file: string; line: number; column: number; problem: string; hint: string }[];
}

interface Query {
  ref: string;
  expr: string;
  legend: string;
  instant: boolean;
  shape: string;
}

export interface Step {
  value: number | null;
  colour: string;
}

export interface Mapping {
  kind: "value" | "range" | "regex" | "special";
  value: string;
  low: number | null;
  high: number | null;
  text: string;
  colour: string;
}

export interface Field {
  unit: string;
  decimals: number | null;
  minimum: number | null;
  maximum: number | null;
  empty: string;
  name: string;
  steps: Step[];
  percentage: boolean;
  mappings: Mapping[];
  colouring: string;
  colour: string;
}

interface Stroke {
  style: "line" | "bars" | "points";
  interpolation: string;
  width: number;
  fill: number;
  stacking: "none" | "normal" | "percent";
  span_nulls: boolean;
  log_base: number;
  thresholds: string;
}

interface Options {
  reducer: string;
  each: boolean;
  text: string;
  colours: string;
  graph: string;
  orientation: string;
  legend: string;
  calcs: string[];
  donut: boolean;
  mode: string;
  content: string;
}

export interface Panel {
  id: number;
  kind: string;
  title: string;
  description: string;
  grid: { x: number; y: number; w: number; h: number };
  queries: Query[];
  field: Field;
  stroke: Stroke;
  options: Options;
  reason: string;
  notes: string[];
}

export interface Section {
  title: string;
  collapsed: boolean;
  panels: Panel[];
}

export interface Dashboard {
  uid: string;
  title: string;
  description: string;
  tags: string[];
  start: string;
  end: string;
  refresh: string;
  sections: Section[];
  links: DashboardLink[];
  notes: string[];
}

export interface DashboardLink {
  title: string;
  /** Empty where the tags tell which dashboards it leads to. */
  url: string;
  tags: string[];
}

/** Something that happened at a moment, or went on for a while. */
export interface Happening {
  start: number;
  end: number;
  name: string;
  colour: string;
  title: string;
  text: string;
  tags: string[];
}

export interface Variable {
  name: string;
  label: string;
  kind: string;
  multi: boolean;
  all: boolean;
  hidden: boolean;
  choices: { text: string; value: string }[];
  chosen: string[];
  values: string[];
  problem: string;
}
