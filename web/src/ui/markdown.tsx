import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { type Block, type Inline, markdown } from "../lib/markdown";

/** Draw Markdown; nothing in the text becomes HTML. */
export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => markdown(text), [text]);
  return (
    <div class="markdown">
      {blocks.map((block, at) => (
        // A text does not change its order.
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name
        <Drawn key={at} block={block} />
      ))}
    </div>
  );
}

function Drawn({ block }: { block: Block }) {
  if (block.kind === "code") {
    return (
      <pre>
        <code>{block.text}</code>
      </pre>
    );
  }
  if (block.kind === "list") return <List block={block} />;
  if (block.kind === "table") return <Table block={block} />;
  if (block.kind === "quote") return <blockquote>{line(block.inlines)}</blockquote>;
  if (block.kind !== "heading") return <p>{line(block.inlines)}</p>;
  const Heading = `h${Math.min(block.level + 1, 6)}` as "h2";
  return <Heading>{line(block.inlines)}</Heading>;
}

function List({ block }: { block: Extract<Block, { kind: "list" }> }) {
  const items = block.items.map((item, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items have no other name
    <li key={at}>{line(item)}</li>
  ));
  return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

function Table({ block }: { block: Extract<Block, { kind: "table" }> }) {
  return (
    <div class="scroll">
      <table class="table">
        <thead>
          <tr>{block.head.map((cell, at) => cellOf("th", cell, at))}</tr>
        </thead>
        <tbody>
          {block.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
            <tr key={at}>{row.map((cell, column) => cellOf("td", cell, column))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellOf(Tag: "th" | "td", inlines: Inline[], key: number) {
  return <Tag key={key}>{line(inlines)}</Tag>;
}

function line(inlines: Inline[]): ComponentChildren {
  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line have no other name
  return inlines.map((inline, at) => <Piece key={at} inline={inline} />);
}

function Piece({ inline }: { inline: Inline }) {
  if (inline.kind === "text") return <>{inline.text}</>;
  if (inline.kind !== "link") {
    const Tag = inline.kind;
    return <Tag>{inline.text}</Tag>;
  }
  const outside = !inline.href.startsWith("#");
  return (
    <a href={inline.href} {...(outside && { target: "_blank", rel: "noreferrer" })}>
      {inline.text}
    </a>
  );
}
