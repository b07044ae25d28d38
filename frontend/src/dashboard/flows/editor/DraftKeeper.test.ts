// @vitest-environment node
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiProblem } from "../../api/problem";
import { completed } from "../model/storedFlow";
import { DraftKeeper } from "./DraftKeeper";

const flow = (name: string) => completed({}, name, "id");
const save = vi.fn<(draft: unknown, revision: number) => Promise<{ revision: number }>>();
const newest = vi.fn<() => Promise<{ revision: number }>>();
const keeper = () => new DraftKeeper({ save, newest, revision: 3 });

beforeEach(() => {
  vi.useFakeTimers();
  save.mockReset().mockImplementation((_, revision) => Promise.resolve({ revision: revision + 1 }));
  newest.mockReset().mockResolvedValue({ revision: 9 });
});
afterEach(() => void vi.useRealTimers());

it("saves once when the hand rests, on top of what it saw", async () => {
  const kept = keeper();
  kept.keep(flow("a"));
  kept.keep(flow("b"));
  expect(kept.read().state).toBe("waiting");
  await vi.advanceTimersByTimeAsync(1000);
  expect(save.mock.calls).toEqual([[flow("b"), 3]]);
  expect(kept.read().state).toBe("saved");
  kept.keep(flow("c"));
  await kept.flush();
  expect(save).toHaveBeenLastCalledWith(flow("c"), 4);
});

it("sends one at a time: what changes meanwhile goes next", async () => {
  let answer: (saved: { revision: number }) => void = () => undefined;
  save.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  const kept = keeper();
  kept.keep(flow("a"));
  await vi.advanceTimersByTimeAsync(1000);
  kept.keep(flow("b"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(save).toHaveBeenCalledTimes(1);
  answer({ revision: 4 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(save).toHaveBeenLastCalledWith(flow("b"), 4);
});

it("never writes over somebody else's change by itself", async () => {
  save.mockRejectedValueOnce(new ApiProblem("changed", "x"));
  const kept = keeper();
  kept.keep(flow("mine"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(kept.read().state).toBe("conflict");
  kept.keep(flow("more of mine"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save).toHaveBeenCalledTimes(1);
  await kept.overwrite(flow("more of mine"));
  expect(save).toHaveBeenLastCalledWith(flow("more of mine"), 9);
  expect(kept.read().state).toBe("saved");
});

it("tries again when the network was away, and loses nothing", async () => {
  save.mockRejectedValueOnce(new ApiProblem("no-network", "x"));
  const kept = keeper();
  kept.keep(flow("a"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(kept.read().state).toBe("failed");
  await vi.advanceTimersByTimeAsync(5000);
  expect(save).toHaveBeenLastCalledWith(flow("a"), 3);
  expect(kept.read().state).toBe("saved");
});
