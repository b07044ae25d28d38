import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { WordsProvider } from "../../words/WordsProvider";
import { mockedApi } from "../api/mockedApi";
import type { Message, MessageFile as File } from "../api/shapes";
import { ownFileOf } from "../media/OwnFile";
import { ServicesContext, type Services } from "../services";
import { MessageFile } from "./MessageFile";

const message: Message = {
  id: "7",
  direction: "in",
  type: "image",
  text: null,
  at: 0,
  wamid: "wamid.7",
  status: null,
  reason: null,
  content: {},
  target: null,
  quotes: null,
  kind: "message",
  file: null,
};

function show(file: File, type = "image") {
  const api = mockedApi();
  api.file.mockResolvedValue({ url: "https://files.test/7", expires_at: 1, mime_type: file.mime_type ?? "", size: 12_345, file_name: "struk.pdf" });
  render(
    <WordsProvider>
      <ServicesContext value={{ api } as unknown as Services}>
        <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
          <MessageFile conversationId="1.a" message={{ ...message, type, file }} />
        </QueryClientProvider>
      </ServicesContext>
    </WordsProvider>,
  );
  return api;
}

const stored = (mime_type: string): File => ({ state: "stored", reason: null, mime_type, size: 12_345 });

it("shows a picture in place, by a link of its own", async () => {
  const api = show(stored("image/png"));
  screen.getByRole("status");
  expect((await screen.findByRole("img")).getAttribute("src")).toBe("https://files.test/7");
  expect(api.file).toHaveBeenCalledWith("1.a", "7", expect.anything());
});

it("offers everything else for download with name and size", async () => {
  show(stored("application/pdf"), "document");
  const link = await screen.findByRole("link");
  expect(link.getAttribute("href")).toBe("https://files.test/7");
  expect(link.textContent).toContain("struk.pdf");
  expect(link.textContent).toContain("12 kB");
});

it.each([
  ["video/mp4", "video"],
  ["audio/ogg", "audio"],
])("plays %s", async (mimeType, element) => {
  show(stored(mimeType), element);
  await vi.waitFor(() => {
    expect(document.querySelector(element)?.getAttribute("src")).toBe("https://files.test/7");
  });
});

it("holds the place while the file is fetched and asks for no link", () => {
  const api = show({ state: "waiting", reason: null, mime_type: null, size: 0 });
  screen.getByRole("status");
  expect(api.file).not.toHaveBeenCalled();
});

it("says why a file is lost", () => {
  show({ state: "failed", reason: "The file has more than 100 MB.", mime_type: null, size: 0 });
  screen.getByText(/more than 100 MB/);
});

it("finds the file of a message of ours, also in its header", () => {
  expect(ownFileOf({ id: "media_1", caption: "Menu" })).toBe("media_1");
  expect(ownFileOf({ type: "button", header: { type: "image", image: { id: "media_2" } } })).toBe("media_2");
  for (const none of [null, [], { id: "700000000000001" }, { body: "Hi" }, { header: { type: "text", text: "Hi" } }]) expect(ownFileOf(none)).toBeNull();
});
