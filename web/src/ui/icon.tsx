const PATHS: Record<string, string> = {
  ok: "M5 12.5l4.5 4.5L19 7.5",
  notice: "M12 7v6M12 16.5v.5",
  warning: "M12 4L2.5 20h19L12 4zM12 10v4.5M12 17v.5",
  bad: "M7 7l10 10M17 7L7 17",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5L19 19M5 19l1.5-1.5M17.5 6.5L19 5",
  auto: "M12 3a9 9 0 1 0 0 18V3zM12 3a9 9 0 0 1 0 18",
  help: "M9 9.2a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 2M12 17v.5",
  refresh: "M20 11a8 8 0 1 0-1 5M20 4v7h-7",
  down: "M6 9l6 6 6-6",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21",
};

export function Icon({ name }: { name: string }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name] ?? ""} />
    </svg>
  );
}
