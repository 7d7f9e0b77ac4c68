// Addresses after the #: `/dashboards/serving?from=now-1h&var-model=a`.

export interface Route {
  page: string;
  name: string;
  params: URLSearchParams;
}

/** Read `location.hash`. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [page = "", ...rest] = path.split("/");
  return { page, name: decode(rest.join("/")), params: new URLSearchParams(query) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Write an address; parameters without a value are left out. */
export function address(page: string, name = "", params: [string, string][] = []): string {
  const query = new URLSearchParams(params.filter(([, value]) => value !== "")).toString();
  const path = [page, name && encodeURIComponent(name)].filter(Boolean).join("/");
  return `#/${path}${query ? `?${query}` : ""}`;
}

/** The `var-` parameters: chosen values by variable. */
export function chosenValues(params: URLSearchParams): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [key, value] of params) {
    if (key.startsWith("var-")) {
      const name = key.slice(4);
      values[name] = [...(values[name] ?? []), value];
    }
  }
  return values;
}
