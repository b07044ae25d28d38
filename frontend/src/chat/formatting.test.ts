import { describe, expect, it } from "vitest";
import { isLargeEmoji, parseInline, parseText, plainText, type Inline } from "./formatting";

const text = (value: string): Inline => ({ kind: "text", text: value });

describe("inline marks", () => {
  it.each([
    ["*tebal*", [{ kind: "bold", children: [text("tebal")] }]],
    ["_miring_", [{ kind: "italic", children: [text("miring")] }]],
    ["~coret~", [{ kind: "strike", children: [text("coret")] }]],
    ["a `kode` b", [text("a "), { kind: "code", text: "kode" }, text(" b")]],
    ["*_dua_*", [{ kind: "bold", children: [{ kind: "italic", children: [text("dua")] }] }]],
    ["(*ya*),", [text("("), { kind: "bold", children: [text("ya")] }, text("),")]],
  ])("%s", (line, expected) => {
    expect(parseInline(line)).toEqual(expected);
  });

  it.each(["2*3*4", "snake_case_name", "* not bold*", "*not closed", "a ** b", "**", "~ ~", "_", "``"])(
    "leaves %s as it is",
    (line) => {
      expect(parseInline(line)).toEqual([text(line)]);
    },
  );

  it("does not lose a character, whatever the input", () => {
    for (const line of ["*a _b* c_", "~*_x_*~ y", "``` a", "*a* *b* _c_d", "http:// www. *"]) {
      const flat = (nodes: Inline[]): string =>
        nodes.map((node) => ("children" in node ? `*${flat(node.children)}*` : node.text)).join("");
      expect(flat(parseInline(line)).replace(/[*_~]/g, "")).toBe(line.replace(/[*_~]/g, ""));
    }
  });

  it("stays quick on a long line of marks", () => {
    const started = performance.now();
    parseInline("*a ".repeat(1365));
    parseInline("*".repeat(4096));
    parseInline("_*~".repeat(1365));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("links", () => {
  it.each([
    ["https://toko.example/a?b=1.", "https://toko.example/a?b=1", "https://toko.example/a?b=1"],
    ["(www.kabar.test)", "www.kabar.test", "https://www.kabar.test"],
    ["HTTP://X.test", "HTTP://X.test", "HTTP://X.test"],
    ["https://x.test/a_b_c", "https://x.test/a_b_c", "https://x.test/a_b_c"],
  ])("%s", (line, shown, href) => {
    expect(parseInline(line)).toContainEqual({ kind: "link", text: shown, href });
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "xhttps://a.test", "www.", "https://"])("%s is no link", (line) => {
    expect(parseInline(line).some(({ kind }) => kind === "link")).toBe(false);
  });
});

describe("blocks", () => {
  it("keeps monospace over several lines and leaves its marks alone", () => {
    expect(parseText("Nota:\n```*a*\n  b```\nok")).toEqual([
      { kind: "paragraph", children: [text("Nota:")] },
      { kind: "mono", text: "*a*\n  b" },
      { kind: "paragraph", children: [text("ok")] },
    ]);
  });

  it("knows quotes and lists", () => {
    expect(parseText("> kata\n- satu\n2. dua").map(({ kind }) => kind)).toEqual(["quote", "item", "item"]);
  });

  it("makes one line for previews", () => {
    expect(plainText("*Halo*\n_apa_ kabar\n- baik")).toBe("Halo apa kabar • baik");
  });
});

describe("large emoji", () => {
  it.each(["😀", "👍🏽", "🇮🇩", "❤️ 🔥", "👨‍👩‍👧"])("%s is shown large", (value) => {
    expect(isLargeEmoji(value)).toBe(true);
  });

  it.each(["😀 ya", "1", "12", "", "😀😀😀😀", "#"])("%s is not", (value) => {
    expect(isLargeEmoji(value)).toBe(false);
  });
});
