import { useCallback, useEffect, useMemo, useState } from "react";
import { asProblem, type ApiProblem } from "../../api/problem";
import { useServices } from "../../services";
import type { Marks } from "../canvas/views";
import type { SimulatedEvent } from "../flowShapes";
import type { JsonObject, StoredFlow } from "../model/storedFlow";
import { forReal } from "./forReal";
import { after, begun, pathOf, stateNow, type Run } from "./run";

export interface Simulator {
  run: Run;
  busy: boolean;
  problem: ApiProblem | null;
  send: (event: SimulatedEvent) => void;
  /** Looks at an earlier or later moment. */
  look: (at: number) => void;
  restart: () => void;
  contact: JsonObject;
  setContact: (contact: JsonObject) => void;
}

const somebody: JsonObject = { name: "Ana Wijaya", language: "id", phone: "+6281234567890", tags: [], fields: {} };
const nowhere: Marks["path"] = new Map();

/** A conversation with the draft as it stands, through the engine that customers meet. */
export function useSimulator(flow: StoredFlow, onPath: (path: Marks["path"]) => void): Simulator {
  const { api } = useServices();
  const [run, setRun] = useState<Run>(begun);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [contact, setContact] = useState(somebody);

  const show = useCallback(
    (next: Run) => {
      setRun(next);
      onPath(pathOf(next, flow));
    },
    [flow, onPath],
  );
  useEffect(() => () => onPath(nowhere), [onPath]);

  const send = useCallback(
    (event: SimulatedEvent) => {
      setBusy(true);
      setProblem(null);
      const simulated = async () => {
        const happened = await forReal(api, run, event);
        const answer = await api.flows.simulate({ flow, state: stateNow(run), event: happened, contact });
        show(after(run, { event: happened, answer }));
      };
      simulated()
        .catch((failure: unknown) => setProblem(asProblem(failure)))
        .finally(() => setBusy(false));
    },
    [api, contact, flow, run, show],
  );
  const look = useCallback((at: number) => show({ ...run, at }), [run, show]);
  const restart = useCallback(() => {
    setProblem(null);
    show(begun);
  }, [show]);
  return useMemo(
    () => ({ run, busy, problem, send, look, restart, contact, setContact }),
    [run, busy, problem, send, look, restart, contact],
  );
}
