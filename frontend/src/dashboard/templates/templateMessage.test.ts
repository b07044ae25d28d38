import { expect, it } from "vitest";
import { isWhole, placesOf, templateMessage } from "./templateMessage";
import type { Template } from "./templateShapes";

const nothing: Template["wants"] = { header: null, header_names: [], body: [], named: false, buttons: [], offer: false, cards: [] };
const template = (wants: Partial<Template["wants"]>) => ({ name: "order_ready", language: "id", wants: { ...nothing, ...wants } });

it("says a template without variables by its name and language", () => {
  expect(templateMessage(template({}), {})).toEqual({ type: "template", template: { name: "order_ready", language: { code: "id" } } });
});

it("fills each place as Meta takes it", () => {
  const whole = template({
    header: "image",
    body: ["1", "2"],
    buttons: [
      { index: 0, kind: "quick_reply", text: "Thanks", needed: false },
      { index: 1, kind: "url", text: "Follow", needed: true },
      { index: 2, kind: "copy_code", text: "Copy", needed: true },
    ],
  });
  const filling = { header: "media_1", "body.1": "Ana", "body.2": "A7", "button.1": "a7", "button.2": "SAVE10" };
  const places = placesOf(whole) ?? [];
  expect(places.map(({ key }) => key)).toEqual(Object.keys(filling));
  expect(isWhole(places, filling)).toBe(true);
  expect(isWhole(places, { ...filling, "body.2": " " })).toBe(false);
  expect(templateMessage(whole, filling)).toMatchObject({
    template: {
      components: [
        { type: "header", parameters: [{ type: "image", image: { id: "media_1" } }] },
        { type: "body", parameters: [{ type: "text", text: "Ana" }, { type: "text", text: "A7" }] },
        { type: "button", sub_type: "url", index: "1", parameters: [{ type: "text", text: "a7" }] },
        { type: "button", sub_type: "copy_code", index: "2", parameters: [{ type: "coupon_code", coupon_code: "SAVE10" }] },
      ],
    },
  });
});

it("names the variables of templates that have names", () => {
  const named = template({ named: true, header: "text", header_names: ["shop"], body: ["who"] });
  expect(templateMessage(named, { "header.shop": "Toko", "body.who": "Ana" })).toMatchObject({
    template: {
      components: [
        { type: "header", parameters: [{ type: "text", text: "Toko", parameter_name: "shop" }] },
        { type: "body", parameters: [{ type: "text", text: "Ana", parameter_name: "who" }] },
      ],
    },
  });
});

it("leaves what needs more than a form to programs and flows", () => {
  expect(placesOf(template({ cards: [{}] }))).toBeNull();
  expect(placesOf(template({ header: "product" }))).toBeNull();
  expect(placesOf(template({ buttons: [{ index: 0, kind: "mpm", text: "Products", needed: true }] }))).toBeNull();
});

it("fills a header with a place", () => {
  const placed = template({ header: "location" });
  const filling = { "header.latitude": "-6,2", "header.longitude": "106.8", "header.name": "Toko", "header.address": "Jl. Kabar 1" };
  expect(placesOf(placed)?.map(({ key }) => key)).toEqual(Object.keys(filling));
  const location = { latitude: "-6.2", longitude: "106.8", name: "Toko", address: "Jl. Kabar 1" };
  expect(templateMessage(placed, filling)).toMatchObject({ template: { components: [{ type: "header", parameters: [{ type: "location", location }] }] } });
});

it("says when an offer ends", () => {
  const offer = template({ offer: true });
  expect(placesOf(offer)).toEqual([{ key: "offer", kind: "time", name: "offer" }]);
  const ends = new Date("2026-12-01T09:00").getTime();
  const parameters = [{ type: "limited_time_offer", limited_time_offer: { expiration_time_ms: ends } }];
  expect(templateMessage(offer, { offer: "2026-12-01T09:00" })).toMatchObject({ template: { components: [{ type: "limited_time_offer", parameters }] } });
});
