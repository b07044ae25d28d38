import { act, renderHook } from "@testing-library/react";
import { ReactFlowProvider, useStoreApi } from "@xyflow/react";
import type { MouseEvent } from "react";
import { expect, it, vi } from "vitest";
import type { StoredFlow } from "../model/storedFlow";
import { useTaps } from "./useTaps";

const flow: StoredFlow = { schema: 2, name: "f", start: "a", nodes: [], edges: [] };

function taps() {
  const change = vi.fn<(make: (flow: StoredFlow) => StoredFlow) => void>();
  const onAsk = vi.fn();
  const { result } = renderHook(() => ({ taps: useTaps(change, onAsk), store: useStoreApi() }), { wrapper: ReactFlowProvider });
  const tapExit = () => act(() => result.current.store.setState({ connectionClickStartHandle: { nodeId: "a", id: "yes", type: "source" } }));
  const held = () => result.current.store.getState().connectionClickStartHandle;
  const onNode = (id: string, target: Element = document.createElement("div")) =>
    act(() => result.current.taps.onNodeClick({ target } as unknown as MouseEvent, { id, type: "step" }));
  const onPane = () => act(() => result.current.taps.onPaneClick({ clientX: 5, clientY: 6 } as MouseEvent));
  return { change, onAsk, tapExit, held, onNode, onPane };
}

it("leads a tapped exit to the step that is tapped next", () => {
  const { change, tapExit, held, onNode } = taps();
  onNode("b");
  expect(change).not.toHaveBeenCalled();
  tapExit();
  onNode("b");
  expect(held()).toBeNull();
  expect(change.mock.calls[0]?.[0](flow).edges).toEqual([{ id: "a:yes", source: "a", sourceHandle: "yes", target: "b" }]);
});

it("leaves dots to the canvas, and a step to itself", () => {
  const { change, tapExit, held, onNode } = taps();
  const dot = document.createElement("div");
  dot.className = "react-flow__handle";
  tapExit();
  onNode("b", dot);
  expect(held()).not.toBeNull();
  onNode("a");
  expect(held()).toBeNull();
  expect(change).not.toHaveBeenCalled();
});

it("asks for a new step where a free place is tapped", () => {
  const { onAsk, tapExit, held, onPane } = taps();
  onPane();
  expect(onAsk).not.toHaveBeenCalled();
  tapExit();
  onPane();
  expect(held()).toBeNull();
  expect(onAsk).toHaveBeenCalledWith({ at: { x: 5, y: 6 }, screen: { x: 5, y: 6 }, from: { source: "a", exit: "yes" } });
});
