/** Campaigns as the API has them; times are milliseconds since the epoch, but where they are local. */
import type { Location } from "../templates/obstacles";

export type Source = "contact" | "field" | "column" | "constant";

/** Where a value comes from; `name` is the value itself of a constant. */
export interface Variable {
  source: Source;
  name: string;
  /** For who has none; without it the person is skipped. */
  otherwise: string | null;
}

export interface Exclusions {
  segment_ids: string[];
  tags: string[];
  contact_ids: string[];
  campaign_ids: string[];
}

/** An uploaded file, or everybody, or whoever is meant by any of the rest. */
export interface Audience {
  everybody: boolean;
  segment_ids: string[];
  tags: string[];
  contact_ids: string[];
  upload_id: string | null;
  /** Of the file: where the numbers are. */
  phone_column: string | null;
  /** Of the numbers of the file that have no country's code. */
  country: string;
  exclude: Exclusions;
}

export interface FrequencyCap {
  messages: number;
  days: number;
}

export interface QuietHours {
  begin: string;
  end: string;
}

/** A message in WhatsApp's own shape, with {{places}} in its texts. */
export interface TemplateMessage {
  type: "template";
  template: { name: string; language: { code: string }; components?: MessagePart[] };
}

/** Only to whoever wrote within the last 24 hours. */
export interface TextMessage {
  type: "text";
  text: { body: string };
}

/** What only programs make: it is shown here, and not edited. */
export interface OtherMessage {
  type: "image" | "video" | "audio" | "document" | "sticker" | "location" | "contacts" | "interactive";
}

export type CampaignMessage = TemplateMessage | TextMessage | OtherMessage;

export interface MessagePart {
  type: string;
  sub_type?: string;
  index?: string;
  parameters: MessageParameter[];
}

export interface MessageParameter {
  type: string;
  text?: string;
  parameter_name?: string;
  coupon_code?: string;
  image?: FileReference;
  video?: FileReference;
  document?: FileReference;
  location?: Location;
  limited_time_offer?: { expiration_time_ms: number };
}

export interface FileReference {
  id?: string;
  link?: string;
}

export type CampaignStatus = "draft" | "scheduled" | "preparing" | "running" | "paused" | "finished" | "cancelled";

export interface CampaignDraft {
  name: string;
  channel_id: string;
  message: CampaignMessage;
  variables: Record<string, Variable>;
  audience: Audience;
  frequency_cap: FrequencyCap | null;
  quiet_hours: QuietHours | null;
  time_zone: string;
  /** Its share where several campaigns send from one number. */
  weight: number;
}

/** Why a campaign stands still. */
export interface Halt {
  code: string;
  /** In English. */
  words: string;
  values: Record<string, string | number>;
}

export interface Campaign extends CampaignDraft {
  id: string;
  status: CampaignStatus;
  /** Why it is paused, or could not start. */
  reason: Halt | null;
  /** Size of the frozen audience. */
  people: number | null;
  /** Local to its time zone. */
  starts_at: string | null;
  revision: number;
  created_at: number;
  created_by: string;
  updated_at: number;
  started_at: number | null;
  finished_at: number | null;
}

/** How many people WhatsApp lets be written to in 24 hours; null: no limit. */
export interface Tier {
  limit: number | null;
  left: number | null;
}

/** What a message is billed as. */
export const priceLines = ["marketing", "utility", "authentication", "service"] as const;
export type PriceLine = (typeof priceLines)[number];

/** The price of one message by what it is billed as, null where nobody has entered one. */
export type Prices = Record<PriceLine, number | null>;

/** The prices of all countries but `countries`, by their codes; those hold for what a country leaves out. */
export type RateCard = { revision: number; currency: string | null; countries: Record<string, Prices> } & Prices;

export type RateCardDraft = { currency: string; countries: Record<string, Partial<Record<PriceLine, number>>> } & Partial<Record<PriceLine, number>>;

/** Messages to one country, null where that is not known; prices null where the rate card has none. */
export interface CostLine {
  category: PriceLine;
  country: string | null;
  messages: number;
  price: number | null;
  amount: number | null;
}

/** At most, of the lines with a price; `price` null where there are several, or none. */
export interface CostEstimate {
  category: PriceLine;
  price: number | null;
  amount: number | null;
  currency: string | null;
  lines: CostLine[];
}

export interface Estimate {
  people: number;
  exact: boolean;
  per_second: number;
  minutes: number;
  days: number;
  tier: Tier;
  cost: CostEstimate;
  warnings: { code: string; words: string }[];
}

/** What one person would get; null with the reason why they would get nothing. */
export interface Preview {
  contact_id: string | null;
  name: string | null;
  phone: string | null;
  message: CampaignMessage | null;
  class: string | null;
  reason: string | null;
}

export interface Tested {
  to: string;
  conversation_id: string | null;
  class: string | null;
  reason: string | null;
}

export const outcomes = ["queued", "sent", "delivered", "read", "replied", "failed", "skipped", "cancelled"] as const;
export type Outcome = (typeof outcomes)[number];
export const funnelSteps = ["sent", "delivered", "read", "replied"] as const;
export type Funnel = Record<(typeof funnelSteps)[number], number>;

export interface Reason {
  class: string;
  words: string;
  count: number;
  retryable: boolean;
}

/** `amount` is by the rate card, of the lines with a price; null where none has one. */
export interface Cost {
  billable: Record<string, number>;
  free: number;
  amount: number | null;
  currency: string | null;
  unpriced: PriceLine[];
  lines: CostLine[];
}

export interface Report {
  campaign: Campaign;
  people: number;
  /** Together they are everybody. */
  outcomes: Record<Outcome, number>;
  funnel: Funnel;
  failures: Reason[];
  skips: Reason[];
  opted_out: number;
  /** Of those queued: held back by WhatsApp, to be tried again. */
  waiting: number;
  in_flight: number;
  next_try_at: number | null;
  per_second: number;
  seconds_left: number | null;
  tier: Tier;
  cost: Cost;
}

export interface Recipient {
  id: string;
  contact_id: string | null;
  name: string | null;
  phone: string | null;
  outcome: Outcome;
  class: string | null;
  reason: string | null;
  tries: number;
  conversation_id: string | null;
  wamid: string | null;
  values: Record<string, string>;
  sent_at: number | null;
  updated_at: number;
}

export interface Compared {
  campaign: Campaign;
  people: number;
  outcomes: Record<Outcome, number>;
  funnel: Funnel;
  opted_out: number;
  cost: Cost;
}

export interface UploadedFile {
  id: string;
  file_name: string;
  status: "waiting" | "ready" | "failed";
  reason: string | null;
  columns: string[];
  rows: string[][];
  phone_column: string | null;
  total: number | null;
}

const underWay: ReadonlySet<CampaignStatus> = new Set(["preparing", "running"]);

const open: ReadonlySet<CampaignStatus> = new Set(["scheduled", ...underWay, "paused"]);

/** Ordered, and not over. */
export function isOpen({ status }: Pick<Campaign, "status">): boolean {
  return open.has(status);
}

export function isUnderWay({ status }: Pick<Campaign, "status">): boolean {
  return underWay.has(status);
}
