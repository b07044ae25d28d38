import { describe, expect, it } from "vitest";
import type { Message } from "../api/shapes";
import { stillPending } from "./pending";

const message = (id: string, text: string, direction: "in" | "out" = "out") =>
  ({ id, text, direction, type: "text", kind: "message" }) as Message;

describe("what is written and not shown yet", () => {
  const written = [
    { id: "a", text: "Siap", at: 1, after: "4" },
    { id: "b", text: "Siap", at: 1, after: "4" },
  ];
  it("waits until the conversation has it", () => {
    expect(stillPending(written, [message("4", "Siap"), message("5", "Siap", "in")])).toEqual(written);
  });
  it("goes one by one, also when the same is written twice", () => {
    expect(stillPending(written, [message("6", "Siap")]).map(({ id }) => id)).toEqual(["b"]);
    expect(stillPending(written, [message("6", "Siap"), message("7", "Siap")])).toEqual([]);
  });
  it("is found in a conversation that was empty", () => {
    expect(stillPending([{ id: "a", text: "Halo", at: 1, after: null }], [message("1", "Halo")])).toEqual([]);
  });
});
