// @vitest-environment node
import { expect, it } from "vitest";
import { begin, changed, redone, undone, type History } from "./history";

const later = 10_000;

it("goes back and forth", () => {
  let history: History<number> = begin(0);
  for (const value of [1, 2, 3]) history = changed(history, value, null, 0);
  history = undone(undone(history));
  expect(history.present).toBe(1);
  expect(redone(history).present).toBe(2);
  expect(redone(redone(redone(history))).present).toBe(3);
  expect(undone(undone(undone(history))).present).toBe(0);
});

it("takes quick changes of one thing as one step", () => {
  let history = begin("");
  history = changed(history, "h", "text", 0);
  history = changed(history, "ha", "text", 300);
  history = changed(history, "hal", "text", 600);
  expect(undone(history).present).toBe("");
});

it("keeps apart what is of another thing, or later", () => {
  const first = changed(begin(0), 1, "a", 0);
  expect(undone(changed(first, 2, "b", 10)).present).toBe(1);
  expect(undone(changed(first, 2, "a", later)).present).toBe(1);
  expect(undone(changed(first, 2, null, 10)).present).toBe(1);
});

it("does not join across an undo", () => {
  const back = undone(changed(changed(begin(0), 1, "a", 0), 2, "b", 1));
  expect(undone(changed(back, 5, "a", 2)).present).toBe(1);
});

it("forgets the future once something else is done", () => {
  const history = changed(undone(changed(begin(0), 1, null, 0)), 9, null, 1);
  expect(redone(history)).toBe(history);
});

it("takes no step for a change that changes nothing", () => {
  const history = begin({ a: 1 });
  expect(changed(history, history.present, "a", 0)).toBe(history);
});

it("remembers two hundred steps", () => {
  let history = begin(0);
  for (let value = 1; value <= 500; value += 1) history = changed(history, value, null, value);
  for (let steps = 0; steps < 600; steps += 1) history = undone(history);
  expect(history.present).toBe(300);
});
