// Markdown as data: whoever draws it never handles HTML, so nothing in it can run.

export type Inline =
  | { kind: "text" | "code" | "strong" | "em"; text: string }
  | { kind: "link"; text: string; href: string };

export type Block =
  | { kind: "heading"; level: number; inlines: Inline[] }
  | { kind: "paragraph" | "quote"; inlines: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] };

const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const FENCE = /^\s*(?:```|~~~)/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*\|?\s*:?-{3,}/;
const INLINE =
  /`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)|<?(https?:\/\/[^\s<>)]+)>?/g;
const SAFE = /^(?:https?:\/\/|mailto:|#|\/(?!\/))/i;

/** Read a text. */
export function markdown(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const [block, next] = blockAt(lines, at);
    if (block) blocks.push(block);
    at = next;
  }
  return blocks;
}

function blockAt(lines: string[], at: number): [Block | null, number] {
  const line = lines[at] as string;
  if (line.trim() === "") return [null, at + 1];
  if (FENCE.test(line)) return codeAt(lines, at);
  const heading = HEADING.exec(line);
  if (heading) {
    const level = (heading[1] as string).length;
    return [{ kind: "heading", level, inlines: inlines(heading[2] as string) }, at + 1];
  }
  if (ITEM.test(line)) return listAt(lines, at);
  if (line.includes("|") && RULE.test(lines[at + 1] ?? "")) return tableAt(lines, at);
  return paragraphAt(lines, at);
}

function codeAt(lines: string[], at: number): [Block, number] {
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => FENCE.test(line));
  const inside = end < 0 ? rest : rest.slice(0, end);
  return [{ kind: "code", text: inside.join("\n") }, at + 1 + inside.length + 1];
}

function listAt(lines: string[], at: number): [Block, number] {
  const ordered = ITEM.exec(lines[at] as string)?.[1] !== undefined;
  const texts: string[] = [];
  let end = at;
  for (; end < lines.length; end++) {
    const line = lines[end] as string;
    const item = ITEM.exec(line);
    if (item) texts.push(item[2] as string);
    else if (/^\s+\S/.test(line)) texts.push(`${texts.pop()} ${line.trim()}`);
    else break;
  }
  return [{ kind: "list", ordered, items: texts.map(inlines) }, end];
}

function tableAt(lines: string[], at: number): [Block, number] {
  let end = at + 2;
  while (end < lines.length && (lines[end] as string).includes("|")) end++;
  const rows = lines.slice(at + 2, end).map(cells);
  return [{ kind: "table", head: cells(lines[at] as string), rows }, end];
}

function cells(line: string): Inline[][] {
  const inner = line.trim().replace(/^\||\|$/g, "");
  return inner.split("|").map((cell) => inlines(cell.trim()));
}

function paragraphAt(lines: string[], at: number): [Block, number] {
  let end = at;
  while (end < lines.length) {
    const line = lines[end] as string;
    const other = FENCE.test(line) || HEADING.test(line) || ITEM.test(line);
    if (line.trim() === "" || (end > at && other)) break;
    end++;
  }
  const text = lines.slice(at, end).join(" ");
  const quote = text.startsWith(">");
  const plain = quote ? text.replace(/(^|\s)>\s?/g, "$1") : text;
  return [{ kind: quote ? "quote" : "paragraph", inlines: inlines(plain) }, end];
}

/** Read code, emphasis and links inside a line; an address that could run is only text. */
function inlines(text: string): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) found.push({ kind: "text", text: text.slice(from, match.index) });
    found.push(inlineOf(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: "text", text: text.slice(from) });
  return found;
}

function inlineOf(match: RegExpMatchArray): Inline {
  const [whole, code, strong, under, em, label, href, bare] = match;
  if (code !== undefined) return { kind: "code", text: code };
  const bold = strong ?? under;
  if (bold !== undefined) return { kind: "strong", text: bold };
  if (em !== undefined) return { kind: "em", text: em };
  const target = href ?? bare ?? "";
  if (!SAFE.test(target)) return { kind: "text", text: whole };
  return { kind: "link", text: label ?? target, href: target };
}
