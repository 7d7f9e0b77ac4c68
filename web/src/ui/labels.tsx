/** Labels of a series, each as `name=value`. */
export function Labels({ labels }: { labels: Record<string, string> }) {
  return (
    <span class="labels">
      {Object.entries(labels).map(([name, value]) => (
        <span key={name} class="label">
          <span class="label-name">{name}</span>
          {value}
        </span>
      ))}
    </span>
  );
}
