import { describe, expect, it } from "vitest";
import type { Component, Template } from "../templateShapes";
import { filled, namesIn, nextNumber } from "../variables";
import { fromTemplate, toDraft } from "./draft";
import { byPart, errorAt } from "./fieldErrors";

const image: Component = { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::EXAMPLE"] } };
const card = (text: string): { components: Component[] } => ({
  components: [
    image,
    { type: "BODY", text },
    {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "More" },
        { type: "URL", text: "Shop", url: "https://example.com/{{1}}", example: ["https://example.com/p/1"] },
      ],
    },
  ],
});

const examples: [string, string, Component[]][] = [
  [
    "numbered variables and buttons",
    "UTILITY",
    [
      { type: "HEADER", format: "TEXT", text: "Order {{1}}", example: { header_text: ["1001"] } },
      { type: "BODY", text: "Hi {{1}}, your total is {{2}}. Thank you.", example: { body_text: [["Ana", "EUR 7.99"]] } },
      { type: "FOOTER", text: "Example Ltd" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Help" },
          { type: "URL", text: "Track", url: "https://example.com/t/{{1}}", example: ["https://example.com/t/1001"] },
          { type: "PHONE_NUMBER", text: "Call", phone_number: "+15550001111" },
        ],
      },
    ],
  ],
  [
    "named variables below a document",
    "UTILITY",
    [
      { type: "HEADER", format: "DOCUMENT", example: { header_handle: ["4::EXAMPLE"] } },
      {
        type: "BODY",
        text: "Hi {{first_name}}, invoice {{order_id}} is attached.",
        example: { body_text_named_params: [{ param_name: "first_name", example: "Ana" }, { param_name: "order_id", example: "1001" }] },
      },
    ],
  ],
  [
    "a code for one tap",
    "AUTHENTICATION",
    [
      { type: "BODY", add_security_recommendation: true },
      { type: "FOOTER", code_expiration_minutes: 5 },
      {
        type: "BUTTONS",
        buttons: [{ type: "OTP", otp_type: "ONE_TAP", supported_apps: [{ package_name: "com.example.shop", signature_hash: "AbCdEfGhIjK" }] }],
      },
    ],
  ],
  [
    "cards",
    "MARKETING",
    [
      { type: "BODY", text: "Hi {{1}}, two ideas for you.", example: { body_text: [["Ana"]] } },
      { type: "CAROUSEL", cards: [card("Idea 1"), card("Idea 2")] },
    ],
  ],
  [
    "an offer",
    "MARKETING",
    [
      image,
      { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Ends soon", has_expiration: true } },
      { type: "BODY", text: "Good news, use the code below for 20% off." },
      {
        type: "BUTTONS",
        buttons: [
          { type: "COPY_CODE", example: "SAVE20" },
          { type: "URL", text: "Book", url: "https://example.com/o?c={{1}}", example: ["https://example.com/o?c=offer7"] },
        ],
      },
    ],
  ],
];

const template = (category: string, components: Component[]) => ({ waba_id: "1", name: "a", language: "en", category, components }) as unknown as Template;

describe("a template that is taken up and handed in again", () => {
  it.each(examples)("keeps %s", (_name, category, components) => {
    const draft = fromTemplate(template(category, components));
    expect(draft && toDraft(draft).components).toEqual(components);
  });

  it("is left alone where it has parts that are not known here", () => {
    expect(fromTemplate(template("MARKETING", [{ type: "HEADER", format: "PRODUCT" }, { type: "BODY", text: "Hi" }]))).toBeNull();
    expect(fromTemplate(template("UTILITY", [{ type: "ORDER_STATUS" }]))).toBeNull();
  });
});

it("finds variables and fills them", () => {
  expect(namesIn("{{2}} and {{1}} and {{ 2 }}")).toEqual(["1", "2"]);
  expect(namesIn("{{b}} {{a}}")).toEqual(["b", "a"]);
  expect(filled("Hi {{1}}, {{2}}", { 1: "Ana" })).toBe("Hi Ana, {{2}}");
  expect(nextNumber("{{1}} {{4}}")).toBe(5);
});

it("names what is wrong by its part", () => {
  const components = [{ type: "HEADER" }, { type: "BODY" }, { type: "BUTTONS" }];
  const errors = byPart(
    [
      { field: "components.1.text", message: "too long" },
      { field: "components.2.buttons.0.url", message: "no address" },
      { field: "name", message: "missing" },
    ],
    components,
  );
  expect(errorAt(errors, "BODY.text")).toBe("too long");
  expect(errorAt(errors, "BUTTONS.buttons.0")).toBe("no address");
  expect(errorAt(errors, "BUTTONS.buttons.1")).toBeUndefined();
  expect(errorAt(errors, "name")).toBe("missing");
});
