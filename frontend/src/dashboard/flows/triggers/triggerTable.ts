/** What can begin a flow, as the engine's `triggers` has it, and how a flow behaves beside others. */
import type { Field } from "../kinds/fields";
import type { StoredTrigger } from "../model/storedFlow";

export interface TriggerKind {
  type: string;
  fields: readonly Field[];
  fresh: () => Omit<StoredTrigger, "type">;
}

const channels: Field = { name: "channels", kind: "texts", of: "channel", most: 100, optional: true };
const campaigns: Field = { name: "campaign_ids", kind: "texts", of: "campaign", most: 100, optional: true };
const texts = (name: string, more: { optional?: boolean } = {}): Field => ({ name, kind: "texts", of: "plain", most: 100, ...more });

export const triggerTable: readonly TriggerKind[] = [
  {
    type: "keyword",
    fields: [{ name: "match", kind: "choice", values: ["exact", "first_word", "contains", "pattern"] }, texts("words"), channels],
    fresh: () => ({ match: "contains", words: [""] }),
  },
  { type: "any_message", fields: [channels], fresh: () => ({}) },
  { type: "new_contact", fields: [channels], fresh: () => ({}) },
  { type: "payload", fields: [texts("payloads"), channels], fresh: () => ({ payloads: [""] }) },
  { type: "ad_referral", fields: [texts("source_ids", { optional: true }), channels], fresh: () => ({}) },
  { type: "form", fields: [{ name: "field", kind: "variable", optional: true }, channels], fresh: () => ({}) },
  { type: "tag_added", fields: [{ name: "tag", kind: "tag" }, channels], fresh: () => ({ tag: "" }) },
  { type: "segment_entered", fields: [{ name: "segment_id", kind: "thing", of: "segment" }, channels], fresh: () => ({ segment_id: "" }) },
  {
    type: "schedule",
    fields: [
      { name: "at", kind: "when" },
      { name: "zone", kind: "zone" },
      { name: "segment_id", kind: "thing", of: "segment" },
      {
        name: "repeat",
        kind: "group",
        optional: true,
        fresh: () => ({ every: 1, unit: "week" }),
        of: [
          { name: "every", kind: "number", least: 1, most: 365 },
          { name: "unit", kind: "choice", values: ["day", "week", "month"] },
          {
            name: "days",
            kind: "choices",
            values: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            optional: true,
            when: ({ unit }) => unit === "week",
          },
          { name: "until", kind: "plain", optional: true },
        ],
      },
      channels,
    ],
    fresh: () => ({ id: crypto.randomUUID(), at: new Date(Date.now() + 86_400_000).toISOString().slice(0, 16), zone: "workspace", segment_id: "" }),
  },
  { type: "api", fields: [channels], fresh: () => ({}) },
  {
    type: "campaign_no_reply",
    fields: [{ name: "after", kind: "duration" }, campaigns, channels],
    fresh: () => ({ after: { amount: 1, unit: "days" } }),
  },
  { type: "campaign_reply", fields: [campaigns, channels], fresh: () => ({}) },
];

export const settingFields: readonly Field[] = [
  { name: "interrupts", kind: "switch" },
  { name: "interruptible", kind: "switch" },
  { name: "when_busy", kind: "choice", values: ["skip", "interrupt"] },
  { name: "merge_seconds", kind: "number", least: 0, most: 30 },
  { name: "expires_after", kind: "duration", optional: true },
  { name: "hand_back_after", kind: "duration", optional: true },
];

/** What the engine does when a flow says nothing of it. */
export const usualSettings = { interrupts: true, interruptible: true, when_busy: "skip", merge_seconds: 0, expires_after: { amount: 3, unit: "days" } };

export const parameterFields: readonly Field[] = [
  { name: "name", kind: "variable" },
  { name: "kind", kind: "choice", values: ["text", "number", "boolean", "date", "list", "object"], optional: true },
  { name: "default", kind: "json", optional: true },
];
