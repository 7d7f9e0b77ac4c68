import { useEffect, useRef } from "preact/hooks";

const KEYS: [keys: string[], what: string][] = [
  [["g", "o"], "Overview"],
  [["g", "d"], "Dashboards"],
  [["g", "t"], "Targets"],
  [["g", "a"], "Alerts"],
  [["g", "p"], "Programs"],
  [["/"], "Search on this page"],
  [["r"], "Ask again now"],
  [["?"], "This list"],
  [["Esc"], "Close, leave the search"],
];

export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Keyboard</h2>
      <dl>
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="muted small">
        In a chart: drag to zoom, double-click to zoom out. In a legend: click shows one series
        alone.
      </p>
      <button type="button" class="button" onClick={onClose}>
        Close
      </button>
    </dialog>
  );
}
