import { expect, it } from "vitest";
import { furtherStatus, tickFor } from "./ticks";

it.each([
  ["pending", "queued"],
  ["queued", "queued"],
  ["sending", "queued"],
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["failed", "failed"],
  ["unsettled", "unsettled"],
  ["something new", null],
  [null, null],
])("%s is drawn as %s", (status, tick) => {
  expect(tickFor(status)).toBe(tick);
});

it.each([
  ["pending", "sent", "sent"],
  ["read", "delivered", "read"],
  ["delivered", "sent", "delivered"],
  ["delivered", "failed", "delivered"],
  ["failed", "delivered", "delivered"],
  ["failed", "sent", "failed"],
  ["unsettled", "sent", "sent"],
])("%s, then %s: %s", (known, incoming, expected) => {
  expect(furtherStatus(known, incoming)).toBe(expected);
});
