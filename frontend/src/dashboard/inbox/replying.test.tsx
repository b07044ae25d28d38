import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { mockedApi, signedInAs } from "../api/mockedApi";
import { openApp } from "../api/openedApp";
import { ApiProblem } from "../api/problem";
import type { Conversation, Page } from "../api/shapes";
import type { Team } from "../teams/teamCalls";
import type { Template } from "../templates/templateShapes";

vi.mock("../imports/uploadFile", () => ({ uploadFile: () => Promise.resolve(), UploadFailed: class extends Error {} }));

const api = mockedApi();
const page = <T,>(...items: T[]): Page<T> => ({ items, next_cursor: null });
const ana: Conversation = {
  id: "whatsapp.ana",
  channel: "whatsapp",
  contact: { id: "ana", name: "Ana", wa_id: "6281234567890", bsuid: null, username: null },
  contact_id: null,
  blocked: false,
  taken: null,
  has_window: true,
  open_until: Date.now() + 20 * 3_600_000,
  last_message: null,
  last_at: 1,
};

const night: Team = { id: "night", name: "Night shift", members: ["u"], revision: 1, created_at: 1 };

function open(conversation: Partial<Conversation> = {}, role: "owner" | "viewer" = "owner") {
  api.me.mockResolvedValue(signedInAs(role));
  api.teams.list.mockResolvedValue([night]);
  api.conversations.mockResolvedValue(page({ ...ana, ...conversation }));
  openApp(api, "/inbox?conversation=whatsapp.ana");
}

beforeEach(() => {
  vi.resetAllMocks();
  api.messages.mockResolvedValue(page());
  api.conversation.mockResolvedValue(ana);
  api.members.mockResolvedValue(page({ user_id: "rani", email: "rani@toko.id", role: "agent", joined_at: 1 }));
});

it("shows what one has written at once, and writes it once", async () => {
  api.replies.write.mockResolvedValue({});
  open();
  await userEvent.type(await screen.findByRole("textbox", { name: "Write a message" }), "Siap{Shift>}{Enter}{/Shift}kak{Enter}");
  expect((await screen.findByTestId("bubble")).textContent).toContain("Siapkak");
  expect(api.replies.write.mock.calls).toEqual([["whatsapp.ana", { type: "text", text: { body: "Siap\nkak" } }]]);
});

it("gives a refused message back and says why", async () => {
  api.replies.write.mockRejectedValue(new ApiProblem("conflict", "R", null, [], "window-closed"));
  open();
  const box = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Write a message" });
  await userEvent.type(box, "Siap{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("24 hours");
  expect(box.value).toBe("Siap");
  expect(screen.queryByTestId("bubble")).toBeNull();
});

it("says why nothing may be written", async () => {
  open({ open_until: Date.now() - 1 });
  expect((await screen.findByRole("note")).textContent).toContain("More than 24 hours");
  expect(screen.queryByRole("textbox", { name: "Write a message" })).toBeNull();
});

it("takes over from a colleague, and names who has it", async () => {
  api.replies.takeOver.mockResolvedValue({});
  open({ taken: { by: "rani", team: null, since: Date.now(), back_at: null } });
  expect(await screen.findByText(/rani@toko.id answers since/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Take over" }));
  await waitFor(() => expect(api.replies.takeOver).toHaveBeenCalledWith("whatsapp.ana"));
});

it("lets people who may only read see who answers, and no more", async () => {
  open({}, "viewer");
  expect(await screen.findByText("The bot answers")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Take over" })).toBeNull();
  expect(screen.queryByRole("textbox", { name: "Write a message" })).toBeNull();
});

it("gives a conversation to a team, and names the team that it waits for", async () => {
  api.replies.give.mockResolvedValue({});
  open({ taken: { by: null, team: "night", since: Date.now(), back_at: null } });
  expect(await screen.findByText(/Waits for Night shift since/)).toBeTruthy();
  const give = screen.getByRole("combobox", { name: "Give to…" });
  await userEvent.selectOptions(give, "Night shift");
  await userEvent.selectOptions(give, await screen.findByRole("option", { name: "rani@toko.id" }));
  await waitFor(() => expect(api.replies.give.mock.calls[0]).toEqual(["whatsapp.ana", { team: "night" }]));
});

it("shows the conversations of a team of one's own", async () => {
  open();
  const show = await screen.findByRole("combobox", { name: "Show" });
  expect(within(show).getByRole("group", { name: "My teams" }).textContent).toBe("Night shift");
  api.conversations.mockResolvedValue(page());
  await userEvent.selectOptions(show, "Night shift");
  expect(await screen.findByText("Nothing waits for this team")).toBeTruthy();
  expect(api.conversations.mock.lastCall?.[0]).toBe("night");
});

it("offers a template outside of the window, filled in and sent", async () => {
  api.replies.write.mockResolvedValue({});
  const wants = { header: null, header_names: [], body: ["1"], named: false, buttons: [], offer: false, cards: [] };
  const approved = { id: "100.order_ready.id", waba_id: "100", name: "order_ready", language: "id", components: [{ type: "BODY", text: "Pesanan {{1}} siap." }], wants };
  api.templates.list.mockResolvedValue({ items: [approved as unknown as Template], next_cursor: null, accounts: [] });
  open({ open_until: Date.now() - 1 });
  await userEvent.click(await screen.findByRole("button", { name: "Send a template" }));
  await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Template" }), await screen.findByRole("option", { name: "order_ready (id)" }));
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send" }).disabled).toBe(true);
  await userEvent.type(screen.getByRole("textbox", { name: "Variable {{1}}" }), "A7");
  expect(screen.getByText("Pesanan A7 siap.")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  await waitFor(() => expect(screen.queryByRole("combobox", { name: "Template" })).toBeNull());
  const components = [{ type: "body", parameters: [{ type: "text", text: "A7" }] }];
  expect(api.replies.write.mock.calls).toEqual([["whatsapp.ana", { type: "template", template: { name: "order_ready", language: { code: "id" }, components } }]]);
});

it("sends a file with the words as its caption", async () => {
  api.replies.write.mockResolvedValue({});
  const menu = { id: "media_1", file_name: "menu.png", mime_type: "image/png", state: "ready" as const, reason: null, size: 5, created_at: 1 };
  api.media.begin.mockResolvedValue({ ...menu, state: "waiting", upload: { url: "https://files.test", fields: {} } });
  api.media.get.mockResolvedValue({ ...menu, url: "https://files.test/menu.png" });
  open();
  await userEvent.upload(await screen.findByLabelText("Attach a file", { selector: "input" }), new File(["hello"], "menu.png", { type: "image/png" }));
  expect(await screen.findByText("menu.png")).toBeTruthy();
  await userEvent.type(screen.getByRole("textbox", { name: "Write a message" }), "Menu{Enter}");
  await waitFor(() => expect(api.replies.write.mock.calls).toEqual([["whatsapp.ana", { type: "image", image: { id: "media_1", caption: "Menu" } }]]));
  expect(screen.queryByText("menu.png")).toBeNull();
});

it("says why a file cannot be sent", async () => {
  const wrong = { id: "media_1", file_name: "menu.png", mime_type: "image/png", reason: "It was announced as image/png, and its bytes are text/html.", size: 5, created_at: 1 };
  api.media.begin.mockResolvedValue({ ...wrong, state: "waiting", upload: { url: "https://files.test", fields: {} } });
  api.media.get.mockResolvedValue({ ...wrong, state: "refused", url: null });
  open();
  await userEvent.upload(await screen.findByLabelText("Attach a file", { selector: "input" }), new File(["<"], "menu.png", { type: "image/png" }));
  expect((await screen.findByRole("alert")).textContent).toContain("its bytes are text/html");
});
