import { expect, it } from "vitest";
import type { Template } from "../../templates/templateShapes";
import { canBeSent, componentsWith, emptyDraft, endIn, fileOf, hasAudience, hasMessage, locationIn, messageOf, nobody, placesOf, shownValue, valuesIn, variablesFor } from "./draft";

const wants: Template["wants"] = { header: null, header_names: [], body: ["1", "2"], named: false, buttons: [], offer: false, cards: [] };
const template: Template = {
  id: "1.sale.id",
  waba_id: "1",
  name: "sale",
  language: "id",
  category: "MARKETING",
  status: "APPROVED",
  parameter_format: "POSITIONAL",
  components: [{ type: "BODY", text: "Hai {{1}}, {{2}} untukmu.", example: { body_text: [["Ana", "diskon"]] } }],
  message_send_ttl_seconds: null,
  quality: "",
  reason: "",
  details: "",
  becomes: "",
  changes_at: null,
  editable: true,
  next_edit_at: null,
  wants,
  created_at: 1,
  updated_at: 1,
};

it("makes WhatsApp's message with a place for each variable", () => {
  expect(messageOf(template, "")).toEqual({
    type: "template",
    template: {
      name: "sale",
      language: { code: "id" },
      components: [
        {
          type: "body",
          parameters: [
            { type: "text", text: "{{body_1}}" },
            { type: "text", text: "{{body_2}}" },
          ],
        },
      ],
    },
  });
});

it("names the parameters of a template that names its variables", () => {
  const named = { ...template, wants: { ...wants, body: ["nama"], named: true } };
  expect(messageOf(named, "").template.components?.[0]?.parameters).toEqual([{ type: "text", text: "{{body_nama}}", parameter_name: "nama" }]);
});

it("fills the header with a file and the buttons with their variables", () => {
  const rich = {
    ...template,
    wants: {
      ...wants,
      header: "image",
      body: [],
      buttons: [
        { index: 0, kind: "quick_reply", text: "Ya", needed: false },
        { index: 1, kind: "url", text: "Lihat", needed: true },
        { index: 2, kind: "copy_code", text: "Salin", needed: true },
      ],
    },
  };
  const message = messageOf(rich, "m1");
  expect(fileOf(message)).toBe("m1");
  const draft = { ...emptyDraft("Asia/Jakarta"), name: "Sale", channel_id: "1" };
  expect(hasMessage({ ...draft, message })).toBe(true);
  expect(hasMessage({ ...draft, message: messageOf(rich, "") })).toBe(false);
  expect(message.template.components?.slice(1)).toEqual([
    { type: "button", sub_type: "url", index: "1", parameters: [{ type: "text", text: "{{button_1}}" }] },
    { type: "button", sub_type: "copy_code", index: "2", parameters: [{ type: "coupon_code", coupon_code: "{{button_2}}" }] },
  ]);
});

it("offers no template that it could not fill", () => {
  expect(canBeSent(template)).toBe(true);
  expect(canBeSent({ ...template, status: "PAUSED" })).toBe(false);
  expect(canBeSent({ ...template, category: "AUTHENTICATION" })).toBe(false);
  expect(canBeSent({ ...template, wants: { ...wants, header: "product" } })).toBe(false);
  expect(canBeSent({ ...template, wants: { ...wants, cards: [{}] } })).toBe(false);
});

it("shows constants as they are and samples for the rest", () => {
  const variables = { body_1: { source: "contact" as const, name: "name", otherwise: null }, body_2: { source: "constant" as const, name: "kopi", otherwise: null } };
  const [body] = componentsWith(template, ({ variable, sample }) => shownValue(variables[variable as "body_1"], sample));
  expect(body?.text).toBe("Hai Ana, kopi untukmu.");
});

it("reads what a filled message holds, place by place", () => {
  const filled = { type: "template" as const, template: { name: "sale", language: { code: "id" }, components: [{ type: "body", parameters: [{ type: "text", text: "Budi" }, { type: "text", text: "teh" }] }] } };
  expect(valuesIn(template, filled)).toEqual({ body_1: "Budi", body_2: "teh" });
});

it("keeps what was chosen and takes the first place for a name", () => {
  expect(variablesFor(template, { body_2: { source: "constant", name: "x", otherwise: null } })).toEqual({
    body_1: { source: "contact", name: "name", otherwise: null },
    body_2: { source: "constant", name: "x", otherwise: null },
  });
  expect(placesOf(template).map(({ sample }) => sample)).toEqual(["Ana", "diskon"]);
});

it("is complete with a name, a number, a template and every value", () => {
  const draft = { ...emptyDraft("Asia/Jakarta"), name: "Sale", channel_id: "2", message: messageOf(template, ""), variables: variablesFor(template, {}) };
  expect(hasMessage(draft)).toBe(false);
  expect(hasMessage({ ...draft, variables: { ...draft.variables, body_2: { source: "constant", name: "x", otherwise: null } } })).toBe(true);
  expect(hasAudience(nobody)).toBe(false);
  expect(hasAudience({ ...nobody, tags: ["VIP"] })).toBe(true);
  expect(hasAudience({ ...nobody, upload_id: "u" })).toBe(false);
  expect(hasAudience({ ...nobody, upload_id: "u", phone_column: "hp" })).toBe(true);
});

it("shows everybody the same place, and waits until all of it is told", () => {
  const placed = { ...template, wants: { ...wants, header: "location", body: [] } };
  const shop = { latitude: "-6,2", longitude: "106.8", name: "Toko", address: "Jl. Kabar 1" };
  const message = messageOf(placed, shop);
  expect(message.template.components).toEqual([{ type: "header", parameters: [{ type: "location", location: { ...shop, latitude: "-6.2" } }] }]);
  expect(locationIn(message)).toEqual({ ...shop, latitude: "-6.2" });
  const draft = { ...emptyDraft("Asia/Jakarta"), name: "Sale", channel_id: "1" };
  expect(hasMessage({ ...draft, message })).toBe(true);
  expect(hasMessage({ ...draft, message: messageOf(placed, "") })).toBe(false);
});

it("ends an offer when somebody has said when", () => {
  const offer = { ...template, wants: { ...wants, body: [], offer: true } };
  const draft = { ...emptyDraft("Asia/Jakarta"), name: "Sale", channel_id: "1" };
  const open = messageOf(offer, "");
  expect([endIn(open), hasMessage({ ...draft, message: open })]).toEqual([null, false]);
  const ending = messageOf(offer, "", 1_800_000_000_000);
  expect([endIn(ending), hasMessage({ ...draft, message: ending })]).toEqual([1_800_000_000_000, true]);
});
