import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { mockedApi, signedInAs } from "../api/mockedApi";
import { openApp } from "../api/openedApp";
import { ApiProblem } from "../api/problem";
import type { Page } from "../api/shapes";
import type { Channel, ChannelPage } from "../channels/channelShapes";
import { contact } from "./contactSample";

const api = mockedApi();
const page = <T,>(...items: T[]): Page<T> => ({ items, next_cursor: null });
const ana = contact({ id: "a", name: "Ana", phone: "+6281234567890", revision: 3, tags: ["vip"] });
const budi = contact({ id: "b", name: "Budi" });

const open = (at: string, given: { hostedSignInUrl?: string; signedIn?: boolean } = {}) => openApp(api, at, given);

beforeEach(() => {
  vi.resetAllMocks();
  api.me.mockResolvedValue(signedInAs("owner"));
  api.conversations.mockResolvedValue(page());
  api.contacts.list.mockResolvedValue(page(ana, budi));
  api.contacts.get.mockResolvedValue(ana);
  api.contacts.tags.mockResolvedValue(["vip", "grosir"]);
  api.contacts.fields.mockResolvedValue([{ key: "size", name: "Size", type: "number", choices: [], revision: 1 }]);
  api.contacts.notes.mockResolvedValue(page());
  api.segments.list.mockResolvedValue(page());
});

async function rename(to: string) {
  await userEvent.click(await screen.findByRole("button", { name: "Edit name: Ana" }));
  const box = screen.getByRole("textbox", { name: "Name" });
  await userEvent.clear(box);
  await userEvent.type(box, `${to}{Enter}`);
}

it("asks once for what is typed quickly, and moves with the arrows", async () => {
  open("/contacts");
  await screen.findByRole("button", { name: /Ana/ });
  await userEvent.type(screen.getByRole("searchbox"), "bud");
  await waitFor(() => expect(api.contacts.list.mock.lastCall?.[0].search).toBe("bud"));
  expect(api.contacts.list.mock.calls.map(([query]) => query.search)).toEqual(["", "bud"]);
  await userEvent.keyboard("{ArrowDown}");
  expect(await screen.findByRole("heading", { name: "Ana", level: 2 })).toBeTruthy();
  expect(location.search).toBe("?id=a");
});

it("filters by what the address says", async () => {
  open("/contacts?tag=vip&segment=s1&opt-in=marketing%3Ain&blocked=false");
  await screen.findByRole("button", { name: /Ana/ });
  expect(api.contacts.list.mock.lastCall?.[0]).toEqual({ search: "", tag: "vip", segmentId: "s1", optIn: "marketing:in", blocked: "false" });
});

it("names a conversation by its number, never by an id", async () => {
  let answer: (numbers: ChannelPage) => void = () => undefined;
  api.channels.list.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  api.contacts.get.mockResolvedValue({ ...ana, conversations: ["200.62812"] });
  open("/contacts?id=a");
  expect(await screen.findByRole("link", { name: "Open" })).toBeTruthy();
  answer({ items: [{ id: "200", name: "Toko" } as Channel], next_cursor: null, signup: null, linked_phones: false });
  expect(await screen.findByRole("link", { name: "Open on Toko" })).toBeTruthy();
});

it("saves at once and takes it back", async () => {
  api.contacts.change.mockImplementation((_, revision, patch) => Promise.resolve({ ...ana, name: patch.name ?? null, revision: revision + 1 }));
  open("/contacts?id=a");
  await rename("Ani");
  expect(screen.getByRole("heading", { name: "Ani", level: 2 })).toBeTruthy();
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  expect(screen.getByRole("heading", { name: "Ana", level: 2 })).toBeTruthy();
  await waitFor(() => expect(api.contacts.change.mock.calls).toEqual([
    ["a", 3, { name: "Ani" }],
    ["a", 4, { name: "Ana" }],
  ]));
});

it("shows another's version first and saves over it only when told to", async () => {
  api.contacts.change.mockRejectedValueOnce(new ApiProblem("changed", "R"));
  api.contacts.change.mockResolvedValueOnce({ ...ana, name: "Ani", revision: 9 });
  open("/contacts?id=a");
  await screen.findByRole("heading", { name: "Ana", level: 2 });
  api.contacts.get.mockResolvedValue({ ...ana, name: "Anastasia", revision: 8 });
  await rename("Ani");
  const notice = await screen.findByRole("alert");
  expect(screen.getByRole("heading", { name: "Anastasia", level: 2 })).toBeTruthy();
  await userEvent.click(within(notice).getByRole("button", { name: "Save mine all the same" }));
  await waitFor(() => expect(api.contacts.change.mock.lastCall).toEqual(["a", 8, { name: "Ani" }]));
});

it("erases only after the name was typed", async () => {
  api.contacts.erase.mockResolvedValue(undefined);
  open("/contacts?id=a");
  await userEvent.click(await screen.findByRole("button", { name: "More" }));
  await userEvent.click(screen.getByRole("button", { name: "Erase…" }));
  const dialog = screen.getByRole("dialog");
  const erase = within(dialog).getByRole("button", { name: "Erase" });
  expect(erase.hasAttribute("disabled")).toBe(true);
  await userEvent.type(within(dialog).getByRole("textbox"), "Ana");
  await userEvent.click(erase);
  expect(api.contacts.erase).toHaveBeenCalledWith("a");
});

it("lets a viewer read and change nothing", async () => {
  api.me.mockResolvedValue(signedInAs("viewer"));
  open("/contacts?id=a");
  await screen.findByRole("heading", { name: "Ana", level: 2 });
  expect(screen.queryByRole("button", { name: /Edit/ })).toBeNull();
  expect(screen.queryByRole("button", { name: "New contact" })).toBeNull();
  expect(screen.queryByRole("button", { name: "More" })).toBeNull();
});

it("offers Google only where the stage has it", async () => {
  open("/", { signedIn: false });
  expect(screen.queryByRole("button", { name: "Continue with Google" })).toBeNull();
  open("/", { signedIn: false, hostedSignInUrl: "https://kabar.auth.test" });
  expect(await screen.findByRole("button", { name: "Continue with Google" })).toBeTruthy();
});
