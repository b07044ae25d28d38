import { useCallback, useMemo, useState } from "react";
import { begin, changed, redone, undone, type History } from "../model/history";
import type { StoredFlow } from "../model/storedFlow";

export interface FlowHistory {
  flow: StoredFlow;
  mayUndo: boolean;
  mayRedo: boolean;
  /** `name` joins quick changes of one thing into one step; null is a step of its own. */
  change: (how: (flow: StoredFlow) => StoredFlow, name?: string | null) => void;
  undo: () => void;
  redo: () => void;
}

export function useFlowHistory(first: StoredFlow): FlowHistory {
  const [history, setHistory] = useState<History<StoredFlow>>(() => begin(first));
  const change = useCallback((how: (flow: StoredFlow) => StoredFlow, name: string | null = null) => {
    const at = Date.now();
    setHistory((before) => changed(before, how(before.present), name, at));
  }, []);
  const undo = useCallback(() => setHistory(undone), []);
  const redo = useCallback(() => setHistory(redone), []);
  const { present: flow, past, future } = history;
  return useMemo(
    () => ({ flow, mayUndo: past.length > 0, mayRedo: future.length > 0, change, undo, redo }),
    [flow, past.length, future.length, change, undo, redo],
  );
}
