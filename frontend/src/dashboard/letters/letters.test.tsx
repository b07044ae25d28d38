import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { mockedApi, signedInAs } from "../api/mockedApi";
import { openApp } from "../api/openedApp";
import type { Letter, LetterJob } from "./letterCalls";

const api = mockedApi();
const at = "/settings/dead-letters";

const letter: Letter = {
  id: "0000000001000-a",
  queue: "outbound",
  sent_at: 1000,
  filed_at: 1000,
  receives: 0,
  cause: "refused",
  error: null,
  reason: "The number is no longer connected to this workspace.",
  channel: "111",
  contact: "abc",
  campaign: null,
  in_hand: false,
};
const raised: Letter = { ...letter, id: "0000000000900-b", queue: "actions", receives: 5, cause: "raised", error: "AccessDenied", reason: "AWS refused GetItem" };
const job: LetterJob = {
  id: "j1",
  kind: "redrive",
  state: "running",
  per_second: 5,
  total: 40,
  done: 10,
  skipped: 0,
  created_at: 1000,
  finished_at: null,
};

beforeEach(() => {
  vi.resetAllMocks();
  api.me.mockResolvedValue(signedInAs("owner"));
  api.letters.list.mockResolvedValue({ items: [letter, raised], next_cursor: null });
  api.letters.jobs.mockResolvedValue({ items: [] });
  api.letters.order.mockResolvedValue(job);
});

it("shows what died, why, and what it holds when asked", async () => {
  const user = userEvent.setup();
  api.letters.get.mockResolvedValue({ ...letter, body: '{"effects":[{"text":"Halo"}]}' });
  openApp(api, at);
  expect(await screen.findByText("The number is no longer connected to this workspace.")).toBeTruthy();
  expect(screen.getByText("AccessDenied")).toBeTruthy();
  expect(screen.getByText(/5 tries/)).toBeTruthy();
  expect(api.letters.get).not.toHaveBeenCalled();
  const row = within(screen.getByRole("listitem", { name: "Message to a customer" }));
  await user.click(row.getByRole("button", { name: "Show what it holds" }));
  expect(await row.findByText('"Halo"')).toBeTruthy();
  expect(row.getByRole("link", { name: "Open the conversation" }).getAttribute("href")).toContain("111.abc");
});

it("puts those back that are chosen, at the chosen pace", async () => {
  const user = userEvent.setup();
  openApp(api, at);
  await user.click(await screen.findByRole("checkbox", { name: "Choose: Message to a customer" }));
  await user.click(screen.getByRole("button", { name: "Put back" }));
  const dialog = screen.getByRole("dialog", { name: "Put 1 letter back?" });
  await user.selectOptions(within(dialog).getByLabelText("How fast"), "2 a second");
  await user.click(within(dialog).getByRole("button", { name: "Put back" }));
  expect(api.letters.order).toHaveBeenCalledWith("redrive", { ids: [letter.id], per_second: 2 });
});

it("asks no more for what a letter holds that is being put back", async () => {
  const user = userEvent.setup();
  api.letters.get.mockResolvedValue({ ...letter, body: '{"effects":[{"text":"Halo"}]}' });
  openApp(api, at);
  const row = within(await screen.findByRole("listitem", { name: "Message to a customer" }));
  await user.click(row.getByRole("button", { name: "Show what it holds" }));
  expect(await row.findByText('"Halo"')).toBeTruthy();
  await user.click(screen.getByRole("checkbox", { name: "Choose: Message to a customer" }));
  await user.click(screen.getByRole("button", { name: "Put back" }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Put back" }));
  await waitFor(() => expect(api.letters.list).toHaveBeenCalledTimes(2));
  expect(api.letters.get).toHaveBeenCalledOnce();
});

it("drops all that fit the filters, once it was asked", async () => {
  const user = userEvent.setup();
  openApp(api, at);
  await user.selectOptions(await screen.findByLabelText("Why"), "Refused for good");
  expect(api.letters.list).toHaveBeenLastCalledWith({ cause: "refused" }, null, expect.anything());
  await user.click(await screen.findByRole("button", { name: "Drop all" }));
  expect(api.letters.order).not.toHaveBeenCalled();
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Drop" }));
  expect(api.letters.order).toHaveBeenCalledWith("drop", { selection: { cause: "refused" }, per_second: 20 });
});

it("tells how far an order is, and stops it", async () => {
  const user = userEvent.setup();
  api.letters.jobs.mockResolvedValueOnce({ items: [job] });
  api.letters.jobs.mockResolvedValue({ items: [{ ...job, state: "stopped", done: 12 }] });
  api.letters.stop.mockResolvedValue({ ...job, state: "stopped" });
  openApp(api, at);
  const bar = await screen.findByRole("progressbar", { name: "Putting letters back" });
  expect(bar.getAttribute("aria-valuetext")).toBe("10 of 40 · 5 a second · 6 s left");
  await user.click(screen.getByRole("button", { name: "Stop" }));
  expect(api.letters.stop).toHaveBeenCalledWith("j1");
  expect(await screen.findByText(/12 letters were put back.*Stopped before its end/)).toBeTruthy();
});

it("says that all is well when nothing died", async () => {
  api.letters.list.mockResolvedValue({ items: [], next_cursor: null });
  openApp(api, at);
  expect(await screen.findByText("No dead letters")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Put all back" })).toBeNull();
});

it("is not for everybody", async () => {
  api.me.mockResolvedValue(signedInAs("viewer"));
  openApp(api, at);
  expect(await screen.findByText(/Your role does not let you see this/)).toBeTruthy();
  expect(api.letters.list).not.toHaveBeenCalled();
});
