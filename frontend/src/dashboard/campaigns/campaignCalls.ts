import type { Requests } from "../api/requests";
import type { Page } from "../api/shapes";
import type { Export } from "../contacts/contactShapes";
import type { Upload } from "../imports/importShapes";
import type { Campaign, CampaignDraft, Compared, Estimate, Preview, RateCard, RateCardDraft, Recipient, Report, Tested, UploadedFile } from "./campaignShapes";

export interface RecipientFilter {
  outcome: string;
  class: string;
}

export interface CampaignCalls {
  list: (cursor: string | null, signal?: AbortSignal) => Promise<Page<Campaign>>;
  get: (id: string, signal?: AbortSignal) => Promise<Campaign>;
  create: (draft: CampaignDraft) => Promise<Campaign>;
  /** `revision` is the one that was seen; refused when it is no longer the newest. */
  change: (id: string, revision: number, draft: CampaignDraft) => Promise<Campaign>;
  /** Its share of the number, at any time. */
  weigh: (id: string, revision: number, weight: number) => Promise<Campaign>;
  remove: (id: string) => Promise<unknown>;
  estimate: (id: string, signal?: AbortSignal) => Promise<Estimate>;
  rateCard: (signal?: AbortSignal) => Promise<RateCard>;
  /** `revision` is the one that was seen. */
  setRateCard: (revision: number, card: RateCardDraft) => Promise<RateCard>;
  /** For these contacts; for a few of the audience, where none is named. */
  preview: (id: string, contacts: readonly string[], signal?: AbortSignal) => Promise<{ items: Preview[] }>;
  test: (id: string, phones: string[], values: Record<string, string>) => Promise<{ items: Tested[] }>;
  /** `at` is local to the campaign's time zone; null: now. */
  start: (id: string, at: string | null) => Promise<Campaign>;
  pause: (id: string) => Promise<Campaign>;
  resume: (id: string) => Promise<Campaign>;
  cancel: (id: string) => Promise<Campaign>;
  /** No classes: whatever may be tried again. */
  retry: (id: string, classes: string[]) => Promise<{ recipients: number }>;
  report: (id: string, signal?: AbortSignal) => Promise<Report>;
  recipients: (id: string, filter: RecipientFilter, cursor: string | null, signal?: AbortSignal) => Promise<Page<Recipient>>;
  startExport: (id: string) => Promise<Export>;
  export: (id: string, exportId: string, signal?: AbortSignal) => Promise<Export>;
  compare: (ids: readonly string[], signal?: AbortSignal) => Promise<{ items: Compared[] }>;
  /** A place for a file of people; it is read when it has arrived. */
  beginUpload: (fileName: string) => Promise<{ id: string; upload: Upload }>;
  upload: (id: string, signal?: AbortSignal) => Promise<UploadedFile>;
}

export function campaignCalls({ get, page, send }: Requests): CampaignCalls {
  const at = (id: string, rest = "") => `/v1/campaigns/${encodeURIComponent(id)}${rest}`;
  const given = (signal?: AbortSignal) => (signal ? { signal } : {});
  return {
    list: (cursor, signal) => page("/v1/campaigns", cursor, signal),
    get: (id, signal) => get(at(id), signal),
    create: (draft) => send("POST", "/v1/campaigns", { body: draft }),
    change: (id, revision, draft) => send("PATCH", at(id), { body: patchOf(draft), ifMatch: `"${revision}"` }),
    weigh: (id, revision, weight) => send("PATCH", at(id), { body: { weight }, ifMatch: `"${revision}"` }),
    remove: (id) => send("DELETE", at(id)),
    estimate: (id, signal) => send("POST", at(id, "/estimate"), given(signal)),
    rateCard: (signal) => get("/v1/rate-card", signal),
    setRateCard: (revision, card) => send("PUT", "/v1/rate-card", { body: card, ifMatch: `"${revision}"` }),
    preview: (id, contacts, signal) => send("POST", at(id, "/preview"), { body: { contact_ids: contacts }, ...given(signal) }),
    test: (id, phones, values) => send("POST", at(id, "/test"), { body: { phones, values } }),
    start: (id, when) => send("POST", at(id, "/start"), { body: when === null ? {} : { at: when } }),
    pause: (id) => send("POST", at(id, "/pause")),
    resume: (id) => send("POST", at(id, "/resume")),
    cancel: (id) => send("POST", at(id, "/cancel")),
    retry: (id, classes) => send("POST", at(id, "/retry"), { body: { classes } }),
    report: (id, signal) => get(at(id, "/report"), signal),
    recipients: (id, filter, cursor, signal) => {
      const wanted = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
      return page(at(id, "/recipients"), cursor, signal, wanted);
    },
    startExport: (id) => send("POST", at(id, "/exports")),
    export: (id, exportId, signal) => get(at(id, `/exports/${encodeURIComponent(exportId)}`), signal),
    compare: (ids, signal) => get(`/v1/campaign-comparison?${new URLSearchParams({ ids: ids.join(",") })}`, signal),
    beginUpload: (fileName) => send("POST", "/v1/campaign-uploads", { body: { file_name: fileName } }),
    upload: (id, signal) => get(`/v1/campaign-uploads/${encodeURIComponent(id)}`, signal),
  };
}

/** What is to be without is named, since what is left out stays. */
function patchOf({ frequency_cap: cap, quiet_hours: quiet, ...rest }: CampaignDraft): Record<string, unknown> {
  const clear = [...(cap === null ? ["frequency_cap"] : []), ...(quiet === null ? ["quiet_hours"] : [])];
  return { ...rest, ...(cap === null ? {} : { frequency_cap: cap }), ...(quiet === null ? {} : { quiet_hours: quiet }), clear };
}
