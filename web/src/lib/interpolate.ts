// Variables in titles; expressions are filled by the server.

/** Replace `$name`, `${name}` and `[[name]]` by what is chosen; unknown names stay. */
export function fillTitle(text: string, chosen: Record<string, string>): string {
  return text.replace(
    /\$\{(\w+)(?::\w+)?\}|\$(\w+)|\[\[(\w+)\]\]/g,
    (whole, braced?: string, plain?: string, square?: string) =>
      chosen[braced ?? plain ?? square ?? ""] ?? whole,
  );
}
