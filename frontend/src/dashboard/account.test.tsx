import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mockedApi, signedInAs, tokoKabar } from "./api/mockedApi";
import { openApp } from "./api/openedApp";
import { ApiProblem } from "./api/problem";
import type { Page } from "./api/shapes";

const api = mockedApi();
const page = <T,>(...items: T[]): Page<T> => ({ items, next_cursor: null });
const problem = (type: string) => new ApiProblem("conflict", "R", null, [], type);

/** What Cognito was asked, in order, and what it answers to each operation. */
const asked: [operation: string, body: Record<string, unknown>][] = [];
let answers: Record<string, unknown> = {};

const open = (at: string, given: { signedIn?: boolean } = {}) => openApp(api, at, given);

const granted = { AuthenticationResult: { AccessToken: "a", RefreshToken: "r", ExpiresIn: 3600 } };
const member = (email: string, role: string) => ({ user_id: email, email, role, joined_at: 1000 });

beforeEach(() => {
  vi.resetAllMocks();
  asked.length = 0;
  answers = { InitiateAuth: granted };
  vi.stubGlobal("fetch", (_: string, init: { headers: Record<string, string>; body: string }) => {
    const operation = init.headers["X-Amz-Target"]?.split(".").at(-1) ?? "";
    asked.push([operation, JSON.parse(init.body) as Record<string, unknown>]);
    const answer = (answers[operation] ?? {}) as { __type?: string };
    return Promise.resolve(new Response(JSON.stringify(answer), { status: answer.__type ? 400 : 200 }));
  });
  api.me.mockResolvedValue(signedInAs("owner"));
  api.conversations.mockResolvedValue(page());
  api.teams.list.mockResolvedValue([]);
  api.members.mockResolvedValue(page(member("demo@kabar.test", "owner"), member("rani@kabar.test", "agent")));
  api.invites.mockResolvedValue(page());
  api.apiKeys.mockResolvedValue(page());
  api.audit.mockResolvedValue(page());
  api.switchWorkspace.mockResolvedValue({});
});

afterEach(() => vi.unstubAllGlobals());

it("signs up, proves the address, and asks a new person for a workspace's name alone", async () => {
  const user = userEvent.setup();
  api.me.mockResolvedValue({ ...signedInAs("owner"), workspace: null, role: null, permissions: [], workspaces: [] });
  open("/", { signedIn: false });
  await user.click(screen.getByRole("link", { name: "Create an account" }));
  await user.type(screen.getByLabelText("E-mail"), "new@kabar.test");
  await user.type(screen.getByLabelText("Password"), "short{Enter}");
  expect(screen.getByText(/^Use at least 12 characters/)).toBeTruthy();
  expect(asked).toEqual([]);
  await user.clear(screen.getByLabelText("Password"));
  await user.type(screen.getByLabelText("Password"), "Long-enough-1{Enter}");
  await user.type(await screen.findByLabelText("Code"), "123456{Enter}");
  await user.type(await screen.findByLabelText("Workspace name"), "Warung{Enter}");
  expect(api.createWorkspace).toHaveBeenCalledExactlyOnceWith("Warung");
  expect(asked.map(([operation]) => operation)).toEqual(["SignUp", "ConfirmSignUp", "InitiateAuth"]);
});

it("asks for the second factor at sign-in", async () => {
  const user = userEvent.setup();
  answers = {
    InitiateAuth: { ChallengeName: "SOFTWARE_TOKEN_MFA", Session: "s" },
    RespondToAuthChallenge: granted,
  };
  open("/inbox", { signedIn: false });
  await user.type(screen.getByLabelText("E-mail"), "demo@kabar.test");
  await user.type(screen.getByLabelText("Password"), "secret{Enter}");
  await user.type(await screen.findByLabelText("Code"), "12 34-56{Enter}");
  expect((await screen.findByTestId("workspace-name")).textContent).toBe("Toko Kabar");
  expect(asked[1]?.[1]).toMatchObject({ Session: "s", ChallengeResponses: { SOFTWARE_TOKEN_MFA_CODE: "123456" } });
});

it("lets a person confirm late: at sign-in, with a new code", async () => {
  const user = userEvent.setup();
  answers = { InitiateAuth: { __type: "UserNotConfirmedException" } };
  open("/inbox", { signedIn: false });
  await user.type(screen.getByLabelText("E-mail"), "new@kabar.test");
  await user.type(screen.getByLabelText("Password"), "secret{Enter}");
  await screen.findByLabelText("Code");
  answers = { InitiateAuth: granted };
  await user.type(screen.getByLabelText("Code"), "123456{Enter}");
  await screen.findByTestId("workspace-name");
  expect(asked.map(([operation]) => operation)).toEqual([
    "InitiateAuth",
    "ResendConfirmationCode",
    "ConfirmSignUp",
    "InitiateAuth",
  ]);
});

it("keeps an invitation through signing in, and joins", async () => {
  const user = userEvent.setup();
  open("/invite?token=abc", { signedIn: false });
  expect(screen.getByText(/^You are invited/)).toBeTruthy();
  await user.type(screen.getByLabelText("E-mail"), "demo@kabar.test");
  await user.type(screen.getByLabelText("Password"), "secret{Enter}");
  api.acceptInvite.mockRejectedValueOnce(problem("invite-for-another"));
  await user.click(await screen.findByRole("button", { name: "Join" }));
  expect((await screen.findByRole("alert")).textContent).toContain("another address");
  await user.click(screen.getByRole("button", { name: "Join" }));
  expect(await screen.findByText("You are in Toko Kabar now.")).toBeTruthy();
  expect(api.acceptInvite).toHaveBeenLastCalledWith("abc");
  expect(location.pathname).toBe("/inbox");
});

it("offers a viewer nothing that is not theirs", async () => {
  api.me.mockResolvedValue(signedInAs("viewer"));
  open("/settings/people");
  await screen.findByText("rani@kabar.test");
  expect(screen.queryByRole("button", { name: "Invite" })).toBeNull();
  expect(screen.queryByRole("combobox")).toBeNull();
  expect(screen.queryByRole("link", { name: "API keys" })).toBeNull();
  expect(screen.queryByRole("link", { name: "Kept for inspection" })).toBeNull();
  expect(api.invites).not.toHaveBeenCalled();
});

it("changes a role at once and can take it back", async () => {
  const user = userEvent.setup();
  open("/settings/people");
  await user.selectOptions(await screen.findByLabelText("Role of rani@kabar.test"), "admin");
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  expect(api.setRole.mock.calls).toEqual([
    ["rani@kabar.test", "admin"],
    ["rani@kabar.test", "agent"],
  ]);
});

it("puts a refused role back and says why", async () => {
  const user = userEvent.setup();
  api.setRole.mockRejectedValueOnce(problem("last-owner"));
  open("/settings/people");
  const own = await screen.findByLabelText<HTMLSelectElement>("Role of demo@kabar.test");
  await user.selectOptions(own, "viewer");
  expect(await screen.findByText(/needs an owner/)).toBeTruthy();
  expect(own.value).toBe("owner");
});

it("shows what the API says about a field at the field", async () => {
  const user = userEvent.setup();
  const errors = [{ field: "email", message: "is not a mailbox" }];
  api.invite.mockRejectedValueOnce(new ApiProblem("invalid", "R", null, errors, "invalid-input"));
  open("/settings/people");
  await user.click(await screen.findByRole("button", { name: "Invite" }));
  const dialog = within(screen.getByRole("dialog"));
  await user.type(dialog.getByLabelText("E-mail"), "a@b.test{Enter}");
  const field = await dialog.findByText("is not a mailbox");
  expect(dialog.getByLabelText("E-mail").getAttribute("aria-describedby")).toBe(field.id);
  expect(dialog.queryByRole("alert")).toBeNull();
});

it("renames against the revision that was seen", async () => {
  const user = userEvent.setup();
  api.renameWorkspace.mockResolvedValue({ ...tokoKabar, name: "Toko Baru", revision: 4 });
  open("/settings/workspace");
  const name = await screen.findByLabelText("Name");
  await user.clear(name);
  await user.type(name, "Toko Baru{Enter}");
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  expect(api.renameWorkspace.mock.calls).toEqual([
    ["Toko Baru", 3],
    ["Toko Kabar", 4],
  ]);
});

function savesOf(label: string): HTMLElement {
  const form = screen.getByLabelText(label).closest("form");
  if (form === null) throw new Error(`no form around ${label}`);
  return within(form).getByRole("button", { name: "Save" });
}

it("tells where the workspace is, and only what was changed", async () => {
  const user = userEvent.setup();
  open("/settings/workspace");
  await user.selectOptions(await screen.findByLabelText("Time zone"), "Asia/Jakarta");
  await user.type(screen.getByLabelText("Numbers begin with"), "62");
  await user.click(savesOf("Time zone"));
  expect(api.placeWorkspace.mock.calls).toEqual([[{ time_zone: "Asia/Jakarta", country_code: "62" }, 3]]);
});

it("deletes only after the name is typed", async () => {
  const user = userEvent.setup();
  open("/settings/workspace");
  await user.click(await screen.findByRole("button", { name: "Delete the workspace" }));
  const dialog = within(screen.getByRole("dialog"));
  await user.type(dialog.getByRole("textbox"), "Toko{Enter}");
  expect(api.deleteWorkspace).not.toHaveBeenCalled();
  await user.type(dialog.getByRole("textbox"), " Kabar{Enter}");
  expect(api.deleteWorkspace).toHaveBeenCalledOnce();
});

it("shows a new key once", async () => {
  const user = userEvent.setup();
  api.createApiKey.mockResolvedValue({ key: "kabar_secret" });
  open("/settings/api-keys");
  await user.click(await screen.findByRole("button", { name: "New key" }));
  await user.type(screen.getByLabelText("Name"), "Orders{Enter}");
  expect(screen.getByText("Choose at least one scope.")).toBeTruthy();
  await user.click(screen.getByRole("checkbox", { name: /conversations:read/ }));
  await user.click(screen.getByRole("button", { name: "Create key" }));
  expect(await screen.findByText("kabar_secret")).toBeTruthy();
  expect(api.createApiKey).toHaveBeenCalledExactlyOnceWith("Orders", ["conversations:read"], 90);
  await user.click(screen.getByRole("button", { name: "Done" }));
  expect(screen.queryByText("kabar_secret")).toBeNull();
});

it("turns the second factor on with a code of the drawn secret", async () => {
  const user = userEvent.setup();
  answers = { AssociateSoftwareToken: { SecretCode: "JBSWY3DPEHPK3PXP" }, VerifySoftwareToken: { Status: "SUCCESS" } };
  open("/settings/security");
  await user.click(await screen.findByRole("button", { name: "Turn on" }));
  expect(await screen.findByRole("img", { name: /QR code/ })).toBeTruthy();
  await user.type(screen.getByLabelText("Code that the app shows"), "123456{Enter}");
  expect(await screen.findByText("The second factor is on.")).toBeTruthy();
  expect(asked.find(([operation]) => operation === "SetUserMFAPreference")?.[1]).toMatchObject({
    SoftwareTokenMfaSettings: { Enabled: true },
  });
});

it("switches to another workspace with a new token", async () => {
  const user = userEvent.setup();
  open("/settings/people");
  await user.click(await screen.findByTestId("workspace-name"));
  const there = { ...signedInAs("viewer"), workspace: { ...tokoKabar, id: "w2", name: "Kedai Senja", revision: 1 } };
  api.me.mockResolvedValue(there);
  await user.click(await screen.findByRole("button", { name: /Kedai Senja/ }));
  expect(api.switchWorkspace).toHaveBeenCalledExactlyOnceWith("w2");
  expect(await screen.findByText("Kedai Senja")).toBeTruthy();
  expect(location.pathname).toBe("/inbox");
});

it("shows nothing of the workspace that one has left behind", async () => {
  const user = userEvent.setup();
  const talk = (name: string) => ({
    id: `whatsapp.${name}`,
    channel: "whatsapp",
    contact: { id: name, name, wa_id: null, bsuid: "ID.1", username: null },
    contact_id: null, blocked: false, taken: null, open_until: null, has_window: true, last_message: null,
    last_at: 1,
  });
  api.conversations.mockResolvedValue(page(talk("Ana")));
  open("/inbox");
  await screen.findByRole("link", { name: "Ana" });
  await user.click(screen.getByTestId("workspace-name"));
  api.conversations.mockResolvedValue(page(talk("Budi")));
  await user.click(await screen.findByRole("button", { name: /Kedai Senja/ }));
  expect(await screen.findByRole("link", { name: "Budi" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Ana" })).toBeNull();
});

it("fills the header of a conversation that the list does not hold", async () => {
  api.messages.mockResolvedValue(page());
  api.conversation.mockResolvedValue({
    id: "whatsapp.old",
    channel: "whatsapp",
    contact: { id: "old", name: "Old Friend", wa_id: null, bsuid: "ID.1", username: null },
    contact_id: null, blocked: false, taken: null, open_until: null, has_window: true, last_message: null,
    last_at: 1,
  });
  open("/inbox?conversation=whatsapp.old");
  expect((await screen.findAllByRole("heading", { name: "Old Friend" })).length).toBeGreaterThan(0);
});

it("makes a team of the people there are, and changes it against what was seen", async () => {
  const user = userEvent.setup();
  const sales = { id: "t", name: "Sales", members: ["rani@kabar.test"], revision: 4, created_at: 1 };
  open("/settings/people");
  await user.click(await screen.findByRole("button", { name: "New team" }));
  const dialog = within(screen.getByRole("dialog"));
  await user.type(dialog.getByLabelText("Name"), "Sales");
  await user.click(await dialog.findByLabelText("rani@kabar.test"));
  api.teams.create.mockResolvedValue(sales);
  api.teams.list.mockResolvedValue([sales]);
  await user.click(dialog.getByRole("button", { name: "Create team" }));
  expect(api.teams.create).toHaveBeenCalledExactlyOnceWith("Sales", ["rani@kabar.test"]);
  await user.click(await screen.findByRole("button", { name: "Edit the team Sales" }));
  await user.click(within(screen.getByRole("dialog")).getByLabelText("rani@kabar.test"));
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(api.teams.change).toHaveBeenCalledExactlyOnceWith(sales, "Sales", []);
});
