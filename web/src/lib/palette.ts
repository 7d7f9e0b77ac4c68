// Colours: of series, and of Grafana's names. Told apart with every common colour blindness.

const DARK = [
  "#56b4e9",
  "#f0a93b",
  "#2fb98f",
  "#d98cb8",
  "#e6dc5a",
  "#e8743b",
  "#7f9cf5",
  "#9aa5b1",
  "#6fd3c8",
  "#c9a26b",
];
const LIGHT = [
  "#1f77b4",
  "#c77700",
  "#00805f",
  "#b0518a",
  "#8f8400",
  "#c4501b",
  "#4a5fc1",
  "#5f6b78",
  "#1d8a80",
  "#8a6530",
];
const NAMES: Record<string, [dark: string, light: string]> = {
  green: ["#2fb98f", "#00805f"],
  yellow: ["#e6c84a", "#8a7400"],
  orange: ["#f0a93b", "#b86a00"],
  red: ["#ef6a5b", "#c53a2b"],
  blue: ["#56b4e9", "#1f6fb4"],
  purple: ["#b39af2", "#6a4fc0"],
  text: ["#e3e8ef", "#1b232c"],
  white: ["#ffffff", "#1b232c"],
  black: ["#000000", "#000000"],
  gray: ["#9aa5b1", "#5f6b78"],
  grey: ["#9aa5b1", "#5f6b78"],
  transparent: ["transparent", "transparent"],
};
const SHADE = /^(?:semi-dark|super-light|light|dark)-/;

/** The colour of the series at a position. */
export function seriesColour(position: number, dark: boolean): string {
  const colours = dark ? DARK : LIGHT;
  return colours[position % colours.length] as string;
}

/** A colour of Grafana's: a name, a shade of one, or a CSS colour, which stays. */
export function namedColour(name: string, dark: boolean): string {
  const pair = NAMES[name.replace(SHADE, "")];
  if (pair) return dark ? pair[0] : pair[1];
  return /^(#|rgb|hsl)/.test(name) ? name : namedColour("text", dark);
}

/** The same colour, seen through; for fills. */
export function faded(colour: string, opacity: number): string {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!match) return colour;
  const [red, green, blue] = match.slice(1).map((part) => Number.parseInt(part, 16));
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}
