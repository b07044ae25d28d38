import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { mockedApi, signedInAs } from "../api/mockedApi";
import { openApp } from "../api/openedApp";
import { ApiProblem } from "../api/problem";
import type { ContactRecord } from "../contacts/contactShapes";
import type { Channel } from "../channels/channelShapes";
import { campaignPath, comparisonPath, newCampaignAddress } from "../paths";
import type { Template } from "../templates/templateShapes";
import type { Campaign, Report } from "./campaignShapes";
import { emptyDraft, nobody } from "./wizard/draft";

const api = mockedApi();

const template = {
  id: "1.sale.id",
  waba_id: "1",
  name: "sale",
  language: "id",
  status: "APPROVED",
  components: [{ type: "BODY", text: "Hai {{1}}, diskon.", example: { body_text: [["Ana"]] } }],
  wants: { header: null, header_names: [], body: ["1"], named: false, buttons: [], offer: false, cards: [] },
} as unknown as Template;
const channel = { id: "200", kind: "cloud_api", state: "connected", name: "Toko", display_phone_number: "+62 811", waba_id: "1" } as unknown as Channel;
const campaign: Campaign = {
  ...emptyDraft("Asia/Jakarta"),
  id: "c1",
  name: "Harvest sale",
  channel_id: "200",
  message: { type: "template", template: { name: "sale", language: { code: "id" } } },
  audience: { ...nobody, tags: ["VIP"] },
  status: "running",
  reason: null,
  weight: 1,
  people: 200,
  starts_at: null,
  revision: 4,
  created_at: 1,
  created_by: "u",
  updated_at: 1,
  started_at: 2,
  finished_at: null,
};
const report: Report = {
  campaign,
  people: 200,
  outcomes: { queued: 50, sent: 40, delivered: 60, read: 30, replied: 10, failed: 6, skipped: 4, cancelled: 0 },
  funnel: { sent: 140, delivered: 100, read: 40, replied: 10 },
  failures: [{ class: "undeliverable", words: "WhatsApp could not deliver it.", count: 6, retryable: true }],
  skips: [{ class: "opted_out", words: "Opted out of marketing.", count: 4, retryable: false }],
  opted_out: 3,
  waiting: 2,
  in_flight: 1,
  next_try_at: null,
  per_second: 19.8,
  seconds_left: 40,
  tier: { limit: 2000, left: 1800 },
  cost: { billable: { marketing: 140 }, free: 0, amount: 82086.2, currency: "IDR", unpriced: [], lines: [{ category: "marketing", country: "ID", messages: 140, price: 586.33, amount: 82086.2 }] },
};

const open = (at: string) => openApp(api, at);

beforeEach(() => {
  vi.resetAllMocks();
  api.me.mockResolvedValue(signedInAs("owner"));
  api.templates.list.mockResolvedValue({ items: [template], next_cursor: null, accounts: [] });
  api.channels.list.mockResolvedValue({ items: [channel], next_cursor: null, signup: null, linked_phones: false });
  api.contacts.fields.mockResolvedValue([]);
  api.contacts.tags.mockResolvedValue(["VIP"]);
  api.segments.list.mockResolvedValue({ items: [], next_cursor: null });
  api.campaigns.list.mockResolvedValue({ items: [campaign, { ...campaign, id: "c2", name: "Older", status: "finished" }], next_cursor: null });
  api.campaigns.get.mockResolvedValue(campaign);
  api.campaigns.report.mockResolvedValue(report);
  api.campaigns.recipients.mockResolvedValue({ items: [], next_cursor: null });
});

it("goes from a new draft through its steps to the start, saving each", async () => {
  const draft = { ...campaign, status: "draft" as const, started_at: null, people: null };
  let kept: Campaign = draft;
  api.campaigns.create.mockImplementation((given) => Promise.resolve((kept = { ...draft, ...given, revision: 1 })));
  api.campaigns.change.mockImplementation((_, revision, given) => Promise.resolve((kept = { ...kept, ...given, revision: revision + 1 })));
  api.campaigns.get.mockImplementation(() => Promise.resolve(kept));
  api.campaigns.estimate.mockResolvedValue({ people: 1200, exact: true, per_second: 20, minutes: 1, days: 1, tier: { limit: 2000, left: 2000 }, cost: { category: "marketing", price: null, amount: null, currency: null, lines: [] }, warnings: [{ code: "new", words: "Beware." }] });
  api.campaigns.preview.mockResolvedValue({
    items: [{ contact_id: "x", name: "Budi", phone: null, class: null, reason: null, message: { type: "template", template: { name: "sale", language: { code: "id" }, components: [{ type: "body", parameters: [{ type: "text", text: "Budi" }] }] } } }],
  });
  open(newCampaignAddress);
  await userEvent.type(await screen.findByLabelText("Name"), "Sale");
  await userEvent.selectOptions(await screen.findByLabelText("Sent from"), "200");
  await userEvent.selectOptions(screen.getByLabelText("Template"), template.id);
  await screen.findByText("Hai Ana, diskon.");
  screen.getByRole("group", { name: /^Text \{\{1\}\}/ });
  await userEvent.click(screen.getByRole("button", { name: "Save and continue" }));
  await waitFor(() => expect(document.activeElement?.textContent).toBe("2. People"));
  const [tags] = await screen.findAllByRole("group", { name: "Tags" });
  await userEvent.click(await within(tags as HTMLElement).findByRole("button", { name: "VIP" }));
  await userEvent.click(screen.getByRole("button", { name: "Save and continue" }));
  await userEvent.click(await screen.findByLabelText(/At most so often/));
  await userEvent.click(screen.getByRole("button", { name: "Save and continue" }));
  await screen.findByText("1,200");
  screen.getByText("Beware.");
  await screen.findByText("Hai Budi, diskon.");
  expect(api.campaigns.create).toHaveBeenCalledWith(expect.objectContaining({ name: "Sale", channel_id: "200", variables: { body_1: { source: "contact", name: "name", otherwise: null } } }));
  expect(api.campaigns.change).toHaveBeenLastCalledWith("c1", 2, expect.objectContaining({ frequency_cap: { messages: 2, days: 7 } }));
  api.campaigns.start.mockImplementation(() => Promise.resolve((kept = { ...kept, status: "running" })));
  await userEvent.click(screen.getByRole("button", { name: "Start now" }));
  expect(api.campaigns.start).not.toHaveBeenCalled();
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Start now" }));
  await waitFor(() => expect(api.campaigns.start).toHaveBeenCalledWith("c1", null));
  await screen.findByRole("progressbar");
}, 60_000);

it("sends a text of its own to whoever wrote lately, with each person's values", async () => {
  const draft = { ...campaign, status: "draft" as const, started_at: null, people: null };
  let kept: Campaign = draft;
  api.campaigns.create.mockImplementation((given) => Promise.resolve((kept = { ...draft, ...given, revision: 1 })));
  api.campaigns.get.mockImplementation(() => Promise.resolve(kept));
  open(newCampaignAddress);
  await userEvent.type(await screen.findByLabelText("Name"), "Thanks");
  await userEvent.selectOptions(await screen.findByLabelText("Sent from"), "200");
  await userEvent.click(screen.getByLabelText(/A text of its own/));
  expect(screen.getByRole("button", { name: "Save and continue" }).hasAttribute("disabled")).toBe(true);
  await userEvent.type(screen.getByLabelText("Text"), "Hai {{{{nama}}, kode {{{{kode}}.");
  screen.getByText("Hai [name], kode {{kode}}.");
  const code = within(screen.getByRole("group", { name: /^Text \{\{kode\}\}/ }));
  await userEvent.selectOptions(code.getByLabelText("Comes from"), "constant");
  await userEvent.type(code.getByLabelText("Text"), "A1");
  screen.getByText("Hai [name], kode A1.");
  await userEvent.click(screen.getByRole("button", { name: "Save and continue" }));
  await waitFor(() =>
    expect(api.campaigns.create).toHaveBeenCalledWith(
      expect.objectContaining({
        message: { type: "text", text: { body: "Hai {{nama}}, kode {{kode}}." } },
        variables: { nama: { source: "contact", name: "name", otherwise: null }, kode: { source: "constant", name: "A1", otherwise: null } },
      }),
    ),
  );
}, 30_000);

it("names in its report what a program made", async () => {
  const made = { ...campaign, message: { type: "image" as const } };
  api.campaigns.get.mockResolvedValue(made);
  api.campaigns.report.mockResolvedValue({ ...report, campaign: made });
  open(campaignPath("c1"));
  await screen.findByText("Photo");
});

it("keeps what was written while one looks at another kind of message, or cuts a place and pastes it", async () => {
  const half = { type: "text" } as unknown as Campaign["message"];
  api.campaigns.get.mockResolvedValue({ ...campaign, status: "draft", started_at: null, people: null, message: half });
  open(campaignPath("c1"));
  await userEvent.type(await screen.findByLabelText("Text"), "Kode {{{{kode}}");
  const code = () => within(screen.getByRole("group", { name: /^Text \{\{kode\}\}/ }));
  await userEvent.selectOptions(code().getByLabelText("Comes from"), "constant");
  await userEvent.type(code().getByLabelText("Text"), "A1");
  await userEvent.type(screen.getByRole("textbox", { name: "Text", description: /bold/ }), "{Backspace}}");
  screen.getByText("Kode A1");
  await userEvent.click(screen.getByLabelText(/^A template/));
  await userEvent.click(screen.getByLabelText(/^A text of its own/));
  screen.getByText("Kode A1");
});

it("leaves a message alone that a program made", async () => {
  const made = { ...campaign, status: "draft" as const, started_at: null, people: null, message: { type: "image" as const } };
  api.campaigns.get.mockResolvedValue(made);
  api.campaigns.change.mockResolvedValue({ ...made, revision: 5 });
  open(campaignPath("c1"));
  await userEvent.click(await screen.findByLabelText(/^A text of its own/));
  await userEvent.click(screen.getByLabelText(/^What a program made/));
  await userEvent.click(screen.getByRole("button", { name: "Save and continue" }));
  await waitFor(() => expect(api.campaigns.change).toHaveBeenCalledWith("c1", 4, expect.objectContaining({ message: { type: "image" } })));
});

it("shows how far it is, how fast, and what has become of everybody", async () => {
  open(campaignPath("c1"));
  const bar = await screen.findByRole("progressbar");
  expect(bar.getAttribute("aria-valuetext")).toBe("150 of 200 people · 19.8 per second · 40 s left");
  const funnel = within(screen.getByRole("table", { name: "How far it got" }));
  funnel.getByText("140");
  funnel.getByText("70%");
  screen.getByText(/holds 2 back/);
});

it("changes its share of the number while it goes on", async () => {
  api.campaigns.weigh.mockResolvedValue({ ...campaign, weight: 3, revision: 5 });
  open(campaignPath("c1"));
  await screen.findByText(/Share of the number: 1/);
  await userEvent.click(screen.getByRole("button", { name: "Change" }));
  const dialog = within(screen.getByRole("dialog", { name: "Share of the number" }));
  const field = dialog.getByLabelText("Share of the number");
  await userEvent.clear(field);
  await userEvent.type(field, "3");
  await userEvent.click(dialog.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(api.campaigns.weigh).toHaveBeenCalledWith("c1", 4, 3));
});

it("says of a draft why it did not start", async () => {
  api.campaigns.get.mockResolvedValue({ ...campaign, status: "preparing", people: null });
  open(campaignPath("c1"));
  await screen.findByRole("progressbar");
  api.campaigns.get.mockResolvedValue({ ...campaign, status: "draft", started_at: null, people: null, reason: { code: "segment_gone", words: "The segment is gone.", values: {} } });
  await screen.findByText("It did not start. The segment is gone.", undefined, { timeout: 10_000 });
  screen.getByRole("list", { name: "Steps" });
}, 30_000);

it("shows the message as it is for whomever one looks for", async () => {
  const draft = { ...campaign, status: "draft" as const, started_at: null, people: null, message: { type: "text" as const, text: { body: "Hai {{name}}" } } };
  const said = (id: string, body: string) => ({ contact_id: id, name: id, phone: null, class: null, reason: null, message: { type: "text" as const, text: { body } } });
  api.campaigns.get.mockResolvedValue(draft);
  api.campaigns.estimate.mockReturnValue(new Promise(() => undefined));
  api.campaigns.preview.mockImplementation((_, contacts) => Promise.resolve({ items: contacts.length === 0 ? [said("Ana", "Hai Ana")] : [said("Budi", "Hai Budi")] }));
  api.contacts.list.mockResolvedValue({ items: [{ id: "b1", name: "Budi", phone: "+628121", conversations: [] } as unknown as ContactRecord], next_cursor: null });
  open(`${campaignPath("c1")}&step=check`);
  await screen.findByText("Hai Ana");
  await userEvent.type(screen.getByLabelText("Or for somebody else"), "bu");
  await userEvent.click(await screen.findByRole("button", { name: /^Budi/ }));
  await screen.findByText("Hai Budi");
  expect(api.campaigns.preview).toHaveBeenLastCalledWith("c1", ["b1"], expect.anything());
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "As it looks for" }), "Ana");
  await screen.findByText("Hai Ana");
});

it("takes single people, and leaves out whoever got an earlier campaign", async () => {
  const draft = { ...campaign, status: "draft" as const, started_at: null, people: null, audience: nobody, message: { type: "text" as const, text: { body: "Hai" } } };
  const ana = { id: "a1", name: "Ana", phone: "+628121", conversations: [] } as unknown as ContactRecord;
  api.campaigns.get.mockResolvedValue(draft);
  api.campaigns.change.mockResolvedValue({ ...draft, revision: 5 });
  api.contacts.list.mockResolvedValue({ items: [ana], next_cursor: null });
  api.contacts.get.mockResolvedValue(ana);
  open(`${campaignPath("c1")}&step=people`);
  await userEvent.type(await screen.findByLabelText("Or single people"), "an");
  await userEvent.click(await screen.findByRole("button", { name: /^Ana/ }));
  await screen.findByRole("button", { name: "Remove Ana" });
  const before = await screen.findByRole("group", { name: "Whoever got one of these campaigns" });
  await userEvent.click(within(before).getByRole("button", { name: "Older" }));
  await userEvent.click(screen.getByRole("button", { name: "Save and continue" }));
  const audience = { ...nobody, contact_ids: ["a1"], exclude: { ...nobody.exclude, campaign_ids: ["c2"] } };
  await waitFor(() => expect(api.campaigns.change).toHaveBeenCalledWith("c1", 4, expect.objectContaining({ audience })));
});

it("says why there is no preview", async () => {
  api.campaigns.get.mockResolvedValue({ ...campaign, status: "draft", started_at: null, people: null });
  api.campaigns.estimate.mockReturnValue(new Promise(() => undefined));
  api.campaigns.preview.mockRejectedValue(new ApiProblem("server", "R-17"));
  open(`${campaignPath("c1")}&step=check`);
  expect((await screen.findByRole("alert")).textContent).toContain("R-17");
});

it("says by whose clock one starts that was told to", async () => {
  api.campaigns.report.mockResolvedValue({ ...report, people: 0, campaign: { ...campaign, status: "scheduled", people: null, starts_at: "2026-12-01T09:00", started_at: null } });
  open(campaignPath("c1"));
  await screen.findByText("Starts 1 Dec 2026, 09:00 (Asia/Jakarta)");
  expect(screen.queryByRole("progressbar")).toBeNull();
  expect(screen.queryByRole("table")).toBeNull();
});

it("tells what the messages were billed as, where they were more than one thing", async () => {
  api.campaigns.report.mockResolvedValue({ ...report, cost: { ...report.cost, billable: { marketing: 130, utility: 10 } } });
  open(campaignPath("c1"));
  await screen.findByText("Marketing 130, Utility 10");
});

it("tries a class of failures again", async () => {
  api.campaigns.retry.mockResolvedValue({ recipients: 6 });
  open(campaignPath("c1"));
  await userEvent.click(await screen.findByRole("button", { name: "Try again", description: "The number is not on WhatsApp or cannot receive it" }));
  await waitFor(() => expect(api.campaigns.retry).toHaveBeenCalledWith("c1", ["undeliverable"]));
  await screen.findByText("6 are tried again.");
});

it("pauses at once and cancels only when asked twice", async () => {
  api.campaigns.pause.mockResolvedValue(campaign);
  api.campaigns.cancel.mockResolvedValue(campaign);
  open(campaignPath("c1"));
  await userEvent.click(await screen.findByRole("button", { name: "Pause" }));
  await waitFor(() => expect(api.campaigns.pause).toHaveBeenCalledWith("c1"));
  await userEvent.click(screen.getByRole("button", { name: "Cancel the campaign" }));
  expect(api.campaigns.cancel).not.toHaveBeenCalled();
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Cancel the campaign" }));
  await waitFor(() => expect(api.campaigns.cancel).toHaveBeenCalledWith("c1"));
});

it("filters the people by outcome and reason", async () => {
  open(campaignPath("c1"));
  await userEvent.selectOptions(await screen.findByLabelText("Outcome"), "failed");
  await userEvent.selectOptions(await screen.findByLabelText("Reason"), "undeliverable");
  await waitFor(() => expect(api.campaigns.recipients).toHaveBeenLastCalledWith("c1", { outcome: "failed", class: "undeliverable" }, null, expect.anything()));
});

it("offers nothing that changes to whoever may only look", async () => {
  api.me.mockResolvedValue(signedInAs("viewer"));
  open(campaignPath("c1"));
  await screen.findByRole("progressbar");
  expect(screen.queryByRole("button", { name: "Pause" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});

it("compares five at most, and says so", async () => {
  const many = Array.from({ length: 6 }, (_, number) => ({ ...campaign, id: `c${number}`, name: `Sale ${number}` }));
  api.campaigns.list.mockResolvedValue({ items: many, next_cursor: null });
  open("/campaigns");
  for (const { name } of many.slice(0, 5)) await userEvent.click(await screen.findByLabelText(`Compare ${name}`));
  screen.getByText("Up to 5 are compared at once.");
  expect(screen.getByLabelText("Compare Sale 5").hasAttribute("disabled")).toBe(true);
  await userEvent.click(screen.getByLabelText("Compare Sale 0"));
  expect(screen.getByLabelText("Compare Sale 5").hasAttribute("disabled")).toBe(false);
});

it("compares those that were picked", async () => {
  const one = { campaign, people: 200, outcomes: report.outcomes, funnel: report.funnel, opted_out: 3, cost: { ...report.cost, amount: 90, currency: "USD" } };
  api.campaigns.compare.mockResolvedValue({ items: [one, { ...one, campaign: { ...campaign, id: "c2", name: "Older" } }] });
  open("/campaigns");
  await userEvent.click(await screen.findByLabelText("Compare Harvest sale"));
  await userEvent.click(screen.getByLabelText("Compare Older"));
  await userEvent.click(screen.getByRole("button", { name: "Compare 2" }));
  await screen.findByRole("table", { name: "Older" });
  expect(screen.getAllByText(`Cost: $90.00 · $${(90 / report.funnel.replied).toFixed(2)} a reply`)).toHaveLength(2);
  expect(location.pathname + location.search).toBe(comparisonPath(["c1", "c2"]));
  expect(api.campaigns.compare).toHaveBeenCalledWith(["c1", "c2"], expect.anything());
});

it("asks for the file again when it is not kept any more", async () => {
  const audience = { ...nobody, upload_id: "u1", phone_column: "Nomor" };
  api.campaigns.get.mockResolvedValue({ ...campaign, status: "draft", started_at: null, people: null, audience });
  api.campaigns.upload.mockRejectedValue(new ApiProblem("not-found", "R", null, [], "job-not-found"));
  open(`${campaignPath("c1")}&step=people`);
  await screen.findByText(/not kept any more/);
  await waitFor(() => expect(screen.getByRole("button", { name: "Save and continue" })).toHaveProperty("disabled", true));
});
