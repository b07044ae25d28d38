import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useServices } from "../../services";
import type { FlowOpened } from "../flowShapes";
import { flowsKey } from "../flowsKey";
import type { StoredFlow } from "../model/storedFlow";
import { DraftKeeper, type Saving } from "./DraftKeeper";

/** Saves the draft as it changes; leaving with something unsaved asks first. */
export function useDraftKeeper(opened: FlowOpened, flow: StoredFlow): { keeper: DraftKeeper; saving: Saving } {
  const { api } = useServices();
  const client = useQueryClient();
  const [keeper] = useState(
    () =>
      new DraftKeeper({
        save: async (draft, revision) => {
          const saved = await api.flows.saveDraft(opened.id, draft, revision);
          if (draft.name.trim() !== "" && draft.name !== saved.name) await api.flows.rename(opened.id, draft.name);
          return saved;
        },
        newest: () => api.flows.get(opened.id),
        revision: opened.revision,
        // Read again where the list is opened: cards that name flows need not, at each word that is typed.
        onSaved: () => void client.invalidateQueries({ queryKey: flowsKey, refetchType: "none" }),
      }),
  );
  const saving = useSyncExternalStore(keeper.subscribe, keeper.read);
  const known = useRef(flow);

  useEffect(() => {
    if (known.current === flow) return;
    known.current = flow;
    keeper.keep(flow);
  }, [flow, keeper]);

  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (keeper.read().state !== "saved") event.preventDefault();
    };
    window.addEventListener("beforeunload", onLeave);
    return () => {
      window.removeEventListener("beforeunload", onLeave);
      void keeper.flush();
    };
  }, [keeper]);

  return { keeper, saving };
}
