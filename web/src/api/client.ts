// One way to ask the console's server, and one kind of failure.

/** What the server said went wrong, or that it said nothing. */
export class ApiError extends Error {
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/${path}`, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError("The console's server does not answer.", "It is asked again by itself.");
  }
  if (response.ok) return response;
  const said = (await response.json().catch(() => ({}))) as { problem?: string; hint?: string };
  throw new ApiError(said.problem ?? `The server answered ${response.status}.`, said.hint ?? "");
}

export async function get<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await ask(path, { signal });
  return (await response.json()) as T;
}

function posted(body: unknown, signal: AbortSignal): RequestInit {
  return {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
    signal,
  };
}

export async function post<T>(path: string, body: unknown, signal: AbortSignal): Promise<T> {
  const response = await ask(path, posted(body, signal));
  return (await response.json()) as T;
}

/** Post, and hand over every line of JSON of the answer as soon as it is there. */
export async function postLines<T>(
  path: string,
  body: unknown,
  signal: AbortSignal,
  each: (line: T) => void,
): Promise<void> {
  const response = await ask(path, posted(body, signal));
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) each(JSON.parse(line) as T);
  }
}
