// Numbers with Grafana's unit ids, written for people. An id that is not known is a suffix.

type Writer = (value: number, decimals: number | null) => string;

const SHORT = ["", " K", " Mil", " Bil", " Tri"];
const BINARY = [" B", " KiB", " MiB", " GiB", " TiB", " PiB"];
const DECIMAL = [" B", " kB", " MB", " GB", " TB", " PB"];
const BITS = [" b", " kb", " Mb", " Gb", " Tb"];
const SMALL_SECONDS: [number, string][] = [
  [1, " s"],
  [1e-3, " ms"],
  [1e-6, " µs"],
  [1e-9, " ns"],
];
const LARGE_SECONDS: [number, string][] = [
  [86_400, " d"],
  [3_600, " h"],
  [60, " min"],
];

/** Digits after the point: those asked for, else as many as three significant digits need. */
function digits(value: number, decimals: number | null): string {
  if (decimals !== null) return value.toFixed(decimals);
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return group(Math.round(value));
  const places = size === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(size)));
  return String(Number(value.toFixed(Math.min(places, 10))));
}

function group(value: number): string {
  return Math.abs(value) >= 10_000 ? value.toLocaleString("en-GB") : String(value);
}

function scaled(value: number, base: number, units: string[], decimals: number | null): string {
  let rest = value;
  let power = 0;
  while (Math.abs(rest) >= base && power < units.length - 1) {
    rest /= base;
    power += 1;
  }
  return digits(rest, decimals) + (units[power] ?? "");
}

const scale =
  (base: number, units: string[], suffix = ""): Writer =>
  (value, decimals) =>
    scaled(value, base, units, decimals) + suffix;

const seconds =
  (unit: number): Writer =>
  (value, decimals) => {
    const total = value * unit;
    if (total === 0) return "0 s";
    const size = Math.abs(total);
    const steps = size >= 60 ? LARGE_SECONDS : SMALL_SECONDS;
    const [length, word] = steps.find(([limit]) => size >= limit) ?? [1e-9, " ns"];
    return digits(total / length, decimals) + word;
  };

const suffix =
  (word: string): Writer =>
  (value, decimals) =>
    digits(value, decimals) + word;

const perSecond = (word: string): Writer => scale(1000, ["", "K", "M", "B"], ` ${word}`);

const WRITERS: Record<string, Writer> = {
  "": suffix(""),
  none: suffix(""),
  short: scale(1000, SHORT),
  sishort: scale(1000, ["", " k", " M", " G", " T"]),
  percent: suffix("%"),
  percentunit: (value, decimals) => `${digits(value * 100, decimals)}%`,
  bytes: scale(1024, BINARY),
  decbytes: scale(1000, DECIMAL),
  kbytes: (value, decimals) => scaled(value * 1024, 1024, BINARY, decimals),
  mbytes: (value, decimals) => scaled(value * 1024 ** 2, 1024, BINARY, decimals),
  gbytes: (value, decimals) => scaled(value * 1024 ** 3, 1024, BINARY, decimals),
  bits: scale(1024, BITS),
  decbits: scale(1000, BITS),
  Bps: scale(1000, DECIMAL, "/s"),
  binBps: scale(1024, BINARY, "/s"),
  KBs: (value, decimals) => `${scaled(value * 1000, 1000, DECIMAL, decimals)}/s`,
  MBs: (value, decimals) => `${scaled(value * 1e6, 1000, DECIMAL, decimals)}/s`,
  bps: scale(1000, BITS, "/s"),
  s: seconds(1),
  dtdurations: seconds(1),
  ms: seconds(1e-3),
  dtdurationms: seconds(1e-3),
  µs: seconds(1e-6),
  ns: seconds(1e-9),
  m: seconds(60),
  h: seconds(3600),
  d: seconds(86_400),
  clocks: seconds(1),
  clockms: seconds(1e-3),
  reqps: perSecond("req/s"),
  rps: perSecond("rd/s"),
  wps: perSecond("wr/s"),
  ops: perSecond("ops/s"),
  iops: perSecond("io/s"),
  cps: perSecond("c/s"),
  pps: perSecond("p/s"),
  reqpm: perSecond("req/min"),
  opm: perSecond("ops/min"),
  hertz: scale(1000, [" Hz", " kHz", " MHz", " GHz"]),
  watt: scale(1000, [" W", " kW", " MW"]),
  joule: scale(1000, [" J", " kJ", " MJ"]),
  volt: suffix(" V"),
  celsius: suffix(" °C"),
  fahrenheit: suffix(" °F"),
  humidity: suffix(" %H"),
  rotrpm: suffix(" rpm"),
  currencyUSD: (value, decimals) => `$${scaled(value, 1000, ["", "K", "M", "B"], decimals)}`,
  currencyEUR: (value, decimals) => `€${scaled(value, 1000, ["", "K", "M", "B"], decimals)}`,
  bool: (value) => (value === 0 ? "False" : "True"),
  bool_yes_no: (value) => (value === 0 ? "No" : "Yes"),
  bool_on_off: (value) => (value === 0 ? "Off" : "On"),
  dateTimeAsIso: (value) => new Date(value).toISOString().slice(0, 19).replace("T", " "),
  dateTimeFromNow: (value) => new Date(value).toLocaleString(),
};

/** Write a value in a unit; what is no number is a dash. */
export function format(value: number | null, unit: string, decimals: number | null = null): string {
  if (value === null || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const known = WRITERS[unit];
  if (known) return known(value, decimals);
  if (unit.startsWith("prefix:")) return unit.slice(7) + digits(value, decimals);
  const word = unit.startsWith("suffix:") ? unit.slice(7) : ` ${unit}`;
  return digits(value, decimals) + word;
}
