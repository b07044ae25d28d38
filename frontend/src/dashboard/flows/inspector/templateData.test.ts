import { expect, it } from "vitest";
import type { Template } from "../../templates/templateShapes";
import { fittedTo } from "./templateData";

const template = (wants: Partial<Template["wants"]>): Template =>
  ({
    name: "order_update",
    language: "id",
    wants: { header: null, header_names: [], body: [], named: false, buttons: [], offer: false, cards: [], ...wants },
  }) as unknown as Template;

it("lays out what the template wants, and keeps what fits", () => {
  const wants = { header: "document", body: ["1", "2"], buttons: [{ index: 1, kind: "url", text: "Track", needed: true }, { index: 0, kind: "quick_reply", text: "Help", needed: false }] };
  expect(fittedTo(template(wants), ["id"], { kind: "template", name: "other", body: ["{{contact.name}}"], named_body: { a: "b" } })).toEqual({
    kind: "template",
    name: "order_update",
    language: "id",
    header: { kind: "document", media: "" },
    body: ["{{contact.name}}", ""],
    buttons: [{ index: 1, kind: "url", value: "" }],
  });
});

it("follows the contact's language where the template is in several", () => {
  expect(fittedTo(template({}), ["id", "en"], { name: "" })).toEqual({ name: "order_update" });
  expect(fittedTo(template({}), ["id", "en"], { name: "", language: "en" })).toEqual({ name: "order_update", language: "en" });
});

it("names the variables that have names", () => {
  const filled = fittedTo(template({ body: ["first_name", "order_id"], named: true }), ["id"], { name: "", named_body: { order_id: "{{order}}", old: "x" } });
  expect(filled.named_body).toEqual({ first_name: "", order_id: "{{order}}" });
});

it("takes away what the template has no place for", () => {
  expect(fittedTo(template({}), ["id"], { name: "a", header: { kind: "text", text: "x" }, body: ["y"], buttons: [{ index: 0, kind: "url", value: "z" }] })).toEqual({
    name: "order_update",
    language: "id",
  });
});
