import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { mockedApi, signedInAs } from "../api/mockedApi";
import { openApp } from "../api/openedApp";
import { ApiProblem } from "../api/problem";
import type { Conversation, Page } from "../api/shapes";
import type { Team } from "../teams/teamCalls";

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
