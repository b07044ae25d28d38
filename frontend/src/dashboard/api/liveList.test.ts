import { describe, expect, it } from "vitest";
import { appendOlder, mergeHead, type LiveList } from "./liveList";

interface Item {
  id: string;
  at: number;
  text?: string;
}

const ordering = { id: (item: Item) => item.id, place: (item: Item) => item.at };
const item = (id: string, at: number, text?: string): Item => (text === undefined ? { id, at } : { id, at, text });
const ids = (list: LiveList<Item>) => list.items.map(({ id }) => id);

describe("a fresh head", () => {
  const known: LiveList<Item> = { items: [item("c", 30), item("b", 20), item("a", 10)], nextCursor: "after-a" };

  it("starts the list", () => {
    const list = mergeHead(undefined, { items: [item("b", 2), item("a", 1)], next_cursor: "n" }, ordering);
    expect(list).toEqual({ items: [item("b", 2), item("a", 1)], nextCursor: "n" });
  });

  it("moves what was active to the top and keeps the older ones and their cursor", () => {
    const list = mergeHead(known, { items: [item("a", 40), item("c", 30)], next_cursor: "after-c" }, ordering);
    expect(ids(list)).toEqual(["a", "c", "b"]);
    expect(list.nextCursor).toBe("after-a");
  });

  it("takes the newer form of an item", () => {
    const list = mergeHead(known, { items: [item("c", 30, "new"), item("b", 20)], next_cursor: "x" }, ordering);
    expect(list.items[0]?.text).toBe("new");
  });

  it("is whole when there is no further page", () => {
    const list = mergeHead(known, { items: [item("c", 30)], next_cursor: null }, ordering);
    expect(list).toEqual({ items: [item("c", 30)], nextCursor: null });
  });

  it("forgets what vanished from the time it spans", () => {
    const list = mergeHead(known, { items: [item("c", 30), item("a", 10)], next_cursor: "x" }, ordering);
    expect(ids(list)).toEqual(["c", "a"]);
  });

  it("starts anew rather than hide a hole", () => {
    const list = mergeHead(known, { items: [item("z", 90), item("y", 80)], next_cursor: "after-y" }, ordering);
    expect(ids(list)).toEqual(["z", "y"]);
    expect(list.nextCursor).toBe("after-y");
  });

  it("leaves two items of one moment in the API's order", () => {
    const list = mergeHead(undefined, { items: [item("m1", 5), item("m2", 5)], next_cursor: null }, ordering);
    expect(ids(list)).toEqual(["m1", "m2"]);
  });
});

describe("an older page", () => {
  const known: LiveList<Item> = { items: [item("c", 30), item("b", 20, "new")], nextCursor: "n" };

  it("goes to the end, once, and loses to what is known", () => {
    const list = appendOlder(known, "n", { items: [item("b", 15, "old"), item("a", 10)], next_cursor: null }, ordering);
    expect(list).toEqual({ items: [item("c", 30), item("b", 20, "new"), item("a", 10)], nextCursor: null });
  });

  it("is dropped when the list began anew meanwhile", () => {
    expect(appendOlder(known, "other", { items: [item("a", 10)], next_cursor: null }, ordering)).toBe(known);
  });
});
