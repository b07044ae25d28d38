import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { mockedApi, signedInAs } from "../api/mockedApi";
import { openApp } from "../api/openedApp";
import type { Webhook, WebhookDelivery } from "./webhookCalls";

const api = mockedApi();

const webhook: Webhook = {
  id: "w1",
  url: "https://crm.example/hook",
  types: ["message.received"],
  description: "CRM",
  state: "active",
  reason: null,
  failing_since: null,
  revision: 3,
  created_at: 1000,
};
const failed: WebhookDelivery = {
  id: "1-evt_1",
  notice_id: "evt_1",
  type: "message.received",
  state: "failed",
  reason: "HTTP 503",
  created_at: 1000,
  next_at: null,
  attempts: [{ at: 2000, took: 12, status: 503, answer: "" }],
};

const open = (at: string) => openApp(api, at);

beforeEach(() => {
  vi.resetAllMocks();
  api.me.mockResolvedValue(signedInAs("owner"));
  api.webhooks.list.mockResolvedValue({ items: [webhook] });
  api.webhooks.deliveries.mockResolvedValue({ items: [failed], next_cursor: null });
});

it("adds a webhook and shows its secret once", async () => {
  const user = userEvent.setup();
  api.webhooks.create.mockResolvedValue({ ...webhook, secret: "whsec_abc" });
  open("/settings/webhooks");
  await user.click(await screen.findByRole("button", { name: "Add a webhook" }));
  const dialog = screen.getByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: "Add a webhook" }));
  expect(api.webhooks.create).not.toHaveBeenCalled();
  await user.type(within(dialog).getByLabelText("Address"), "https://crm.example/hook");
  await user.click(within(dialog).getByRole("checkbox", { name: /A message failed/ }));
  await user.click(within(dialog).getByRole("button", { name: "Add a webhook" }));
  expect(api.webhooks.create).toHaveBeenCalledWith({
    url: "https://crm.example/hook",
    description: "",
    types: ["message.received", "message.failed"],
  });
  expect(await screen.findByText("whsec_abc")).toBeTruthy();
});

it("tells again what has failed", async () => {
  const user = userEvent.setup();
  api.webhooks.replay.mockResolvedValue({ ...failed, state: "pending" });
  open("/settings/webhooks?webhook=w1");
  expect(await screen.findByText("· HTTP 503")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Tell again" }));
  expect(api.webhooks.replay).toHaveBeenCalledWith("w1", "1-evt_1");
  expect(await screen.findByText("It is told again.")).toBeTruthy();
});

it("changes exactly what was read", async () => {
  const user = userEvent.setup();
  api.webhooks.change.mockResolvedValue({ ...webhook, state: "paused", revision: 4 });
  open("/settings/webhooks?webhook=w1");
  await user.click(await screen.findByRole("button", { name: "Pause" }));
  expect(api.webhooks.change).toHaveBeenCalledWith(webhook, { active: false });
});
