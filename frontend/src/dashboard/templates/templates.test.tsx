import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { mockedApi, signedInAs } from "../api/mockedApi";
import { openApp } from "../api/openedApp";
import { ApiProblem } from "../api/problem";
import { channelPath, newTemplateAddress, templatePath } from "../paths";
import type { Channel } from "../channels/channelShapes";
import type { Template } from "./templateShapes";

const api = mockedApi();

const template: Template = {
  id: "1.order_update.en",
  waba_id: "1",
  name: "order_update",
  language: "en",
  category: "UTILITY",
  status: "REJECTED",
  parameter_format: "POSITIONAL",
  components: [{ type: "BODY", text: "Hi {{1}}, all is well.", example: { body_text: [["Ana"]] } }],
  message_send_ttl_seconds: null,
  quality: "",
  reason: "INVALID_FORMAT",
  details: "Put words between the variables.",
  becomes: "",
  changes_at: null,
  editable: true,
  next_edit_at: null,
  wants: { header: null, header_names: [], body: ["1"], named: false, buttons: [], offer: false, cards: [] },
  created_at: 1,
  updated_at: 1,
};
const account = { waba_id: "1", channel_id: "2", name: "Toko", synced_at: 1, syncing: false, reason: "" };
const channel: Channel = {
  id: "200",
  kind: "own_app",
  state: "needs_attention",
  reason: "The access token has expired (190)",
  display_phone_number: "+1 555",
  name: "Toko",
  waba_id: "1",
  app_id: "7",
  coexistence: false,
  flow_id: "",
  health: { quality: "GREEN", messaging_limit: "TIER_2K", throughput: "STANDARD", name_status: "APPROVED", username: "", username_status: "", history: "", per_second: 80 },
  warning: "Restricted.",
  warned_at: 1,
  webhook_url: "https://api.test/webhook/200",
  created_at: 1,
  updated_at: 1,
};

const open = (at: string) => openApp(api, at);

beforeEach(() => {
  vi.resetAllMocks();
  api.me.mockResolvedValue(signedInAs("owner"));
  api.templates.list.mockResolvedValue({ items: [template], next_cursor: null, accounts: [account] });
  api.templates.get.mockResolvedValue(template);
  api.templates.check.mockResolvedValue({ errors: [] });
  api.channels.list.mockResolvedValue({ items: [channel], next_cursor: null, signup: null, linked_phones: false });
  api.channels.get.mockResolvedValue(channel);
  api.flows.list.mockResolvedValue({ items: [], next_cursor: null });
});

it("searches and filters, and says so in the address", async () => {
  open("/templates");
  await screen.findByRole("link", { name: "order_update" });
  await userEvent.selectOptions(screen.getByLabelText("Status"), "REJECTED");
  await userEvent.type(screen.getByLabelText("Search names and texts"), "well");
  await waitFor(() =>
    expect(api.templates.list).toHaveBeenLastCalledWith(
      expect.objectContaining({ status: "REJECTED", search: "well" }),
      null,
      expect.anything(),
    ),
  );
  expect(location.search).toContain("status=REJECTED");
});

it("says in words why a template was rejected", async () => {
  open(templatePath(template.id));
  await screen.findByText(/a variable or a link.*Put words between the variables/);
  screen.getByText("Hi Ana, all is well.");
});

it("deletes a template only when asked twice", async () => {
  api.templates.remove.mockResolvedValue(undefined);
  open(templatePath(template.id));
  await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
  expect(api.templates.remove).not.toHaveBeenCalled();
  const dialog = within(screen.getByRole("dialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(api.templates.remove).toHaveBeenCalledWith(template.id));
});

it("hands in a template once nothing is wrong with it, and shows what is", async () => {
  api.templates.create.mockResolvedValue({ ...template, status: "PENDING" });
  open(newTemplateAddress);
  await userEvent.type(await screen.findByLabelText("Name"), "Order Update");
  await userEvent.click(screen.getByRole("textbox", { name: "Text" }));
  await userEvent.paste("Hi , all is well.");
  api.templates.check.mockResolvedValueOnce({ errors: [{ field: "components.0.text", message: "may not end with a variable" }] });
  api.templates.check.mockResolvedValueOnce({ errors: [{ field: "components.0.text", message: "may not end with a variable" }] });
  await userEvent.click(screen.getByRole("button", { name: "Hand in for review" }));
  await screen.findByText("may not end with a variable");
  expect(api.templates.create).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Hand in for review" }));
  await waitFor(() =>
    expect(api.templates.create).toHaveBeenCalledWith(
      expect.objectContaining({ name: "order_update", components: [{ type: "BODY", text: "Hi , all is well." }] }),
    ),
  );
});

it("shows what is held and lets a warning be put away", async () => {
  api.channels.dismissWarning.mockResolvedValue(undefined);
  open(channelPath(channel.id));
  await screen.findByText(/What is to be sent waits/);
  screen.getByText(/access token has expired/);
  await userEvent.click(screen.getByRole("button", { name: "I have seen it" }));
  await waitFor(() => expect(api.channels.dismissWarning).toHaveBeenCalledWith("200"));
});

it("connects a number by an own app and gives what its webhook needs", async () => {
  api.channels.connectOwnApp.mockRejectedValueOnce(new ApiProblem("unexpected", "r", null, [], "number-not-in-account"));
  api.channels.connectOwnApp.mockResolvedValueOnce({ channel: { ...channel, state: "connected", reason: "" }, verify_token: "verify-me" });
  open("/channels");
  await userEvent.click(await screen.findByRole("button", { name: "Connect a number" }));
  const dialog = within(screen.getByRole("dialog"));
  for (const [label, value] of [
    ["WhatsApp Business account ID", "1"],
    ["Phone number ID", "200"],
    ["App ID", "7"],
    ["App secret", "secret"],
    ["Access token", "EAA"],
  ] as const) {
    await userEvent.type(dialog.getByLabelText(label), value);
  }
  await userEvent.click(dialog.getByRole("button", { name: "Connect a number" }));
  await dialog.findByText("The WhatsApp account has no such number.");
  await userEvent.click(dialog.getByRole("button", { name: "Connect a number" }));
  await screen.findByText("verify-me");
  screen.getByText("https://api.test/webhook/200");
  expect(api.channels.connectOwnApp).toHaveBeenLastCalledWith({ waba_id: "1", phone_number_id: "200", app_id: "7", app_secret: "secret", access_token: "EAA" });
});
