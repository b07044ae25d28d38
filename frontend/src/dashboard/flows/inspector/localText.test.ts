// @vitest-environment node
import { describe, expect, it } from "vitest";
import { languagesIn, textFor, withText } from "./localText";

describe("reading", () => {
  it("has one text for everybody", () => {
    expect(textFor("Halo", null)).toEqual({ own: "Halo", standIn: "" });
    expect(textFor("Halo", "en", "id")).toEqual({ own: "", standIn: "Halo" });
    expect(textFor("Halo", "id", "id")).toEqual({ own: "Halo", standIn: "" });
  });

  it("has a text by language, and another in its stead", () => {
    expect(textFor({ id: "Halo", en: "Hello" }, "en")).toEqual({ own: "Hello", standIn: "Halo" });
    expect(textFor({ id: "Halo" }, "en")).toEqual({ own: "", standIn: "Halo" });
    expect(textFor(undefined, "en")).toEqual({ own: "", standIn: "" });
  });
});

describe("writing", () => {
  it("keeps one text while there is one language", () => {
    expect(withText("Halo", null, "id", "Hai")).toBe("Hai");
  });

  it("gives the text that was there its language", () => {
    expect(withText("Halo", "en", "id", "Hello")).toEqual({ id: "Halo", en: "Hello" });
    expect(withText("", "en", "id", "Hello")).toEqual({ en: "Hello" });
    expect(withText("Halo", "id", "id", "Hai")).toBe("Hai");
  });

  it("drops a language whose text was emptied", () => {
    expect(withText({ id: "Halo", en: "Hello" }, "en", "id", "")).toEqual({ id: "Halo" });
    expect(withText({ en: "Hello" }, "en", "id", "")).toBe("");
    expect(withText("Halo", "en", "id", "")).toBe("Halo");
  });
});

it("finds the languages of texts, and no others", () => {
  const data = { content: { text: { id: "a", en: "b" } }, headers: { to: "x" }, week: { mon: [{ from: "09:00", to: "10:00" }] }, named: { pt_BR: "c" } };
  expect(languagesIn(data)).toEqual(["en", "id", "pt_BR"]);
});
