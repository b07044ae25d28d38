import { expect, it } from "vitest";
import { signupNews } from "./metaSignup";

const facebook = "https://www.facebook.com";
const finish = { type: "WA_EMBEDDED_SIGNUP", event: "FINISH", data: { waba_id: "1", phone_number_id: 2 } };
const chosen = { kind: "chosen", wabaId: "1", phoneNumberId: "2", coexistence: false };

it.each([
  [facebook, JSON.stringify(finish), chosen],
  ["https://facebook.com", finish, chosen],
  [facebook, { ...finish, event: "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING" }, { ...chosen, coexistence: true }],
  [facebook, { ...finish, event: "CANCEL", data: { current_step: "PHONE" } }, { kind: "left" }],
  [facebook, { ...finish, event: "CANCEL", data: { error_message: "No" } }, { kind: "refused", reason: "No" }],
  [facebook, { ...finish, event: "ERROR", data: { error_message: "No" } }, { kind: "refused", reason: "No" }],
  [facebook, { type: "other" }, null],
  [facebook, "cb=f2&domain=localhost", null],
  [facebook, null, null],
  ["https://facebook.com.evil.example", finish, null],
  ["https://evilfacebook.com", finish, null],
  ["http://www.facebook.com", finish, null],
])("from %s, %j says %j", (origin, data, news) => {
  expect(signupNews(origin, data)).toEqual(news);
});
