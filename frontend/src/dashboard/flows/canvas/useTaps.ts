/** Connecting by two taps or clicks: an exit, then the step that it leads to, or a free place. */
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useMemo, type MouseEvent } from "react";
import type { FlowHistory } from "../editor/useFlowHistory";
import { startCard } from "../model/graph";
import type { Adding } from "./Canvas";
import { join } from "./join";

const ofHandle = (target: EventTarget) => target instanceof Element && target.closest(".react-flow__handle") !== null;

export function useTaps(change: FlowHistory["change"], onAsk: (adding: Adding) => void) {
  const store = useStoreApi();
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(() => {
    /** The exit that was tapped before; it is let go. */
    const taken = () => {
      const from = store.getState().connectionClickStartHandle;
      if (from?.type !== "source") return null;
      store.setState({ connectionClickStartHandle: null });
      return { source: from.nodeId, exit: from.id ?? "default" };
    };
    return {
      // Two dots are joined by the canvas itself; a whole step is easier to hit.
      onNodeClick: (event: MouseEvent, node: { id: string; type?: string }) => {
        const from = ofHandle(event.target) ? null : taken();
        if (!from || node.type !== "step" || node.id === from.source || node.id === startCard) return;
        change((before) => join(before, from.source, from.exit, node.id));
      },
      onPaneClick: (event: MouseEvent) => {
        const from = taken();
        const screen = { x: event.clientX, y: event.clientY };
        if (from) onAsk({ at: screenToFlowPosition(screen), screen, from });
      },
    };
  }, [change, onAsk, screenToFlowPosition, store]);
}
