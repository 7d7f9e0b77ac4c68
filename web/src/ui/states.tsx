import type { ComponentChildren } from "preact";
import { Icon } from "./icon";

/** In place of what is not there yet. */
export function Loading({ what }: { what: string }) {
  return (
    <p class="state" role="status">
      <span class="spinner" /> Loading {what} …
    </p>
  );
}

/** In place of what there is none of, with what to do about it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="state">
      <strong>{title}</strong>
      {children && <div class="muted">{children}</div>}
    </div>
  );
}

/** What went wrong and what to do next. */
export function Failure({ problem, hint }: { problem: string; hint: string }) {
  return (
    <div class="state failure" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{problem}</strong>
        {hint && <div class="muted">{hint}</div>}
      </div>
    </div>
  );
}
