import { expect, test } from "vitest";
import { type Inline, markdown } from "./markdown";

const plain = (text: string): Inline => ({ kind: "text", text });

test("headings, paragraphs and code are told apart", () => {
  expect(markdown("# A\n\nline one\nline two\n\n```sh\n# not a heading\n```")).toEqual([
    { kind: "heading", level: 1, inlines: [plain("A")] },
    { kind: "paragraph", inlines: [plain("line one line two")] },
    { kind: "code", text: "# not a heading" },
  ]);
});

test("lists keep their order and their long items", () => {
  expect(markdown("1. one\n   more\n2. two")).toEqual([
    { kind: "list", ordered: true, items: [[plain("one more")], [plain("two")]] },
  ]);
  expect(markdown("- a\n- b")[0]).toMatchObject({ kind: "list", ordered: false });
});

test("tables have a head and rows", () => {
  expect(markdown("| a | b |\n|---|---|\n| 1 | 2 |")).toEqual([
    {
      kind: "table",
      head: [[plain("a")], [plain("b")]],
      rows: [[[plain("1")], [plain("2")]]],
    },
  ]);
});

test("emphasis, code and links are found inside a line", () => {
  expect(markdown("a **b** `c` *d* [e](#/targets) https://x.test/y.")).toEqual([
    {
      kind: "paragraph",
      inlines: [
        plain("a "),
        { kind: "strong", text: "b" },
        plain(" "),
        { kind: "code", text: "c" },
        plain(" "),
        { kind: "em", text: "d" },
        plain(" "),
        { kind: "link", text: "e", href: "#/targets" },
        plain(" "),
        { kind: "link", text: "https://x.test/y.", href: "https://x.test/y." },
      ],
    },
  ]);
});

test.each(["javascript:alert(1)", "data:text/html,x", "//elsewhere.test", "JaVaScRiPt:x"])(
  "an address that could run or leave unseen is only text: %s",
  (href) => {
    const text = `[x](${href})`;
    const [block] = markdown(text);
    expect(JSON.stringify(block)).not.toContain('"link"');
  },
);

test("HTML stays text", () => {
  expect(markdown("<script>alert(1)</script>")).toEqual([
    { kind: "paragraph", inlines: [plain("<script>alert(1)</script>")] },
  ]);
});

test.each(["```", "|", "- ", "# ", ">", "**", "[](", "| a |\n|---"])(
  "half of something ends all the same: %s",
  (text) => {
    expect(markdown(text)).toBeInstanceOf(Array);
  },
);
