import { expect, it } from "vitest";
import { english } from "../../words/english";
import { conversationPath } from "../paths";
import { contactName, contactNumber, phoneNumber, searchableText } from "./contactLabel";
import { neighbour } from "./neighbour";

const contact = { id: "c", name: null, wa_id: null, bsuid: "ID.1", username: null };

it("calls a contact by the best that is known", () => {
  expect(contactName({ ...contact, name: "Ana", username: "a" }, english)).toBe("Ana");
  expect(contactName({ ...contact, username: "ana.k" }, english)).toBe("@ana.k");
  expect(contactName({ ...contact, wa_id: "6281234567890" }, english)).toBe("+62 812-3456-7890");
  expect(contactName(contact, english)).toBe("Unnamed contact");
  expect(contactNumber(contact, english)).toBe("Hidden number");
});

it("prints numbers of other countries and odd ids unharmed", () => {
  expect(phoneNumber("628125550100")).toBe("+62 812-555-0100");
  expect(phoneNumber("447700900123")).toBe("+447700900123");
  expect(phoneNumber("abc")).toBe("abc");
});

it("finds a contact by number in both spellings", () => {
  const words = searchableText({ ...contact, wa_id: "6281234567890" });
  expect(words).toContain("6281234567890");
  expect(words).toContain("812-3456");
});

it("steps through the list and stops at its ends", () => {
  const ids = ["a", "b", "c"];
  expect(neighbour(ids, undefined, 1)).toBe("a");
  expect(neighbour(ids, "a", 1)).toBe("b");
  expect(neighbour(ids, "c", 1)).toBe("c");
  expect(neighbour(ids, "a", -1)).toBe("a");
  expect(neighbour(ids, "gone", -1)).toBe("a");
  expect(neighbour([], "a", 1)).toBeUndefined();
});

it("keeps ids with dots and slashes out of the path", () => {
  expect(conversationPath("whatsapp.ID.1/2")).toBe("/inbox?conversation=whatsapp.ID.1%2F2");
});
