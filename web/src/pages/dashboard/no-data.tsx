import { useEffect, useState } from "preact/hooks";
import { askReason } from "../../api/questions";

/** Says that there is no data, and why, as far as the server finds out. */
export function NoData({ expr }: { expr: string }) {
  const [reason, setReason] = useState("");
  // The step in the expression changes with the range; the reason does not.
  const lasting = expr.replace(/\[[^\]]*\]/g, "[5m]");
  useEffect(() => {
    const stop = new AbortController();
    askReason(lasting, stop.signal).then(
      (answer) => setReason(answer.reason),
      () => setReason(""),
    );
    return () => stop.abort();
  }, [lasting]);
  return (
    <div class="panel-absent">
      <strong>No data</strong>
      <span class="muted small">{reason}</span>
      <code class="small">{expr}</code>
    </div>
  );
}
