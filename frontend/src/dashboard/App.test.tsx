import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mockedApi, signedInAs } from "./api/mockedApi";
import { openApp } from "./api/openedApp";
import { ApiProblem } from "./api/problem";
import type { Conversation, Message, Page } from "./api/shapes";

const page = <T,>(...items: T[]): Page<T> => ({ items, next_cursor: null });

function conversation(name: string, at: number): Conversation {
  return {
    id: `whatsapp.${name.toLowerCase()}`,
    channel: "whatsapp",
    contact: { id: name.toLowerCase(), name, wa_id: null, bsuid: "ID.1", username: null },
    contact_id: null, blocked: false, taken: null, open_until: null, has_window: true, last_message: { text: `from ${name}`, direction: "in", type: "text" },
    last_at: at,
  };
}

function message(text: string, more: Partial<Message> = {}): Message {
  return { id: "1", direction: "in", type: "text", text, at: 1000, wamid: null, status: null, reason: null, content: null, target: null, quotes: null, kind: "message", file: null, ...more };
}

const api = mockedApi();

const open = ({ signedIn = true, at = "/" } = {}) => openApp(api, at, { signedIn });

beforeEach(() => {
  api.me.mockResolvedValue(signedInAs("owner"));
  api.conversations.mockResolvedValue(page(conversation("Ana", 3000), conversation("Budi", 2000)));
  api.messages.mockResolvedValue(page(message("Kabar baik", { id: "2" }), message("Apa kabar?", { direction: "out", status: "read" })));
  api.inspection.mockResolvedValue(page());
});

afterEach(() => vi.unstubAllGlobals());

it("signs in, keeps the address, and shows the workspace", async () => {
  const user = userEvent.setup();
  const granted = { AuthenticationResult: { AccessToken: "a", RefreshToken: "r", ExpiresIn: 3600 } };
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify(granted)))));
  open({ signedIn: false, at: "/inbox?conversation=whatsapp.budi" });
  await user.type(screen.getByLabelText("E-mail"), "demo@kabar.test");
  await user.type(screen.getByLabelText("Password"), "secret");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect((await screen.findByTestId("workspace-name")).textContent).toBe("Toko Kabar");
  expect(await screen.findByRole("heading", { name: "Budi" })).toBeTruthy();
});

it("says what is wrong with a refused sign-in", async () => {
  const user = userEvent.setup();
  const refused = () => new Response(JSON.stringify({ __type: "NotAuthorizedException" }), { status: 400 });
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(refused())));
  open({ signedIn: false });
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(screen.getByRole("alert").textContent).toContain("Enter your e-mail and your password");
  await user.type(screen.getByLabelText("E-mail"), "demo@kabar.test");
  await user.type(screen.getByLabelText("Password"), "wrong{Enter}");
  expect((await screen.findByText(/is not right/)).closest("[role=alert]")).toBeTruthy();
});

it("opens a conversation, oldest message first", async () => {
  const user = userEvent.setup();
  open();
  await user.click(await screen.findByRole("link", { name: "Ana" }));
  const bubbles = await screen.findAllByTestId("bubble");
  expect(bubbles.map((bubble) => bubble.dataset.direction)).toEqual(["out", "in"]);
  expect(location.search).toBe("?conversation=whatsapp.ana");
  expect(screen.getByText("Hidden number")).toBeTruthy();
});

it("walks the list with j and k, but not while typing in the palette", async () => {
  const user = userEvent.setup();
  open();
  await screen.findByRole("link", { name: "Ana" });
  await user.keyboard("jj");
  expect(location.search).toBe("?conversation=whatsapp.budi");
  await user.keyboard("k");
  expect(location.search).toBe("?conversation=whatsapp.ana");
  await user.keyboard("{Control>}k{/Control}");
  await user.keyboard("j");
  expect(location.search).toBe("?conversation=whatsapp.ana");
});

it("jumps to a conversation and signs out from the palette", async () => {
  const user = userEvent.setup();
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response("{}"))));
  open();
  await screen.findByRole("link", { name: "Ana" });
  await user.keyboard("{Control>}k{/Control}");
  await user.type(screen.getByRole("combobox"), "bud{Enter}");
  expect(location.search).toBe("?conversation=whatsapp.budi");
  await user.keyboard("{Control>}k{/Control}");
  await user.type(screen.getByRole("combobox"), "sign out{Enter}");
  expect(await screen.findByRole("button", { name: "Sign in" })).toBeTruthy();
});

it("offers one action when empty", async () => {
  api.conversations.mockResolvedValue(page());
  open();
  expect(await screen.findByText("No conversations yet")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Check again" })).toBeTruthy();
});

it("says what happened, what to do and what to quote", async () => {
  api.conversations.mockRejectedValue(new ApiProblem("server", "REQ-1"));
  open();
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("Kabar could not answer");
  expect(within(alert).getByText("REQ-1")).toBeTruthy();
  expect(within(alert).getByRole("button", { name: "Try again" })).toBeTruthy();
});

it("keeps the list on screen when a later poll fails", async () => {
  const { client } = open();
  await screen.findByRole("link", { name: "Ana" });
  api.conversations.mockRejectedValue(new ApiProblem("no-network", "10:00"));
  await act(() => client.refetchQueries({ queryKey: ["conversations"] }));
  expect(await screen.findByText("Not updating")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Ana" })).toBeTruthy();
});

it("returns to the sign-in page and says why when the session ends", async () => {
  const { keeper } = open();
  await screen.findByRole("link", { name: "Ana" });
  act(() => keeper.signOut(true));
  expect(screen.getByText(/Your session has ended/)).toBeTruthy();
});

it("keeps the sections when a page breaks, and opens the next one", async () => {
  const user = userEvent.setup();
  vi.spyOn(console, "error").mockImplementation(() => undefined); // React tells of it as well
  api.inspection.mockResolvedValue(page(null as never));
  open({ at: "/inspection" });
  expect(await screen.findByText("This page broke")).toBeTruthy();
  await user.click(screen.getByRole("link", { name: "Inbox" }));
  expect(await screen.findByText("from Ana")).toBeTruthy();
  expect(screen.queryByText("This page broke")).toBeNull();
});
