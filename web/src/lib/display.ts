// How one value of a field is shown: its words and its colour.

import { namedColour } from "./palette";
import type { Field, Mapping, Step } from "./types";
import { format } from "./units";

export interface Shown {
  text: string;
  colour: string;
}

/** The colour name of the highest threshold that a value reaches. */
export function thresholdColour(field: Field, value: number | null): string {
  const steps = field.percentage ? shares(field) : field.steps;
  let name = field.steps[0]?.colour ?? "text";
  for (const step of steps) {
    if (step.value === null || (value !== null && value >= step.value)) name = step.colour;
  }
  return name;
}

function shares(field: Field): Step[] {
  const low = field.minimum ?? 0;
  const high = field.maximum ?? 100;
  return field.steps.map((step) => ({
    ...step,
    value: step.value === null ? null : low + ((high - low) * step.value) / 100,
  }));
}

const SPECIAL: Record<string, (value: number | null) => boolean> = {
  null: (value) => value === null,
  nan: (value) => Number.isNaN(value),
  "null+nan": (value) => value === null || Number.isNaN(value),
  true: (value) => value === 1,
  false: (value) => value === 0,
};

function fits(mapping: Mapping, value: number | null): boolean {
  if (mapping.kind === "special") return SPECIAL[mapping.value]?.(value) ?? false;
  if (value === null) return false;
  if (mapping.kind === "value") return Number(mapping.value) === value;
  if (mapping.kind === "range") {
    return value >= (mapping.low ?? -Infinity) && value <= (mapping.high ?? Infinity);
  }
  try {
    return new RegExp(mapping.value).test(String(value));
  } catch {
    return false;
  }
}

/** Write a value as the field asks, in the colour that its mappings and thresholds give. */
export function display(field: Field, value: number | null, dark: boolean): Shown {
  const mapping = field.mappings.find((one) => fits(one, value));
  const fixed = field.colouring === "fixed" && field.colour;
  const name = mapping?.colour || (fixed ? field.colour : thresholdColour(field, value));
  const plain =
    value === null && field.empty ? field.empty : format(value, field.unit, field.decimals);
  return { text: mapping?.text || plain, colour: namedColour(name, dark) };
}
