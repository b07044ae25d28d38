import { useCallback } from "react";
import { useNavigate } from "react-router";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { useMoved } from "../api/me";
import { asProblem } from "../api/problem";
import { problemText } from "../api/useAct";
import { useServices } from "../services";

/** Goes on in another of the person's workspaces, at its inbox: what was open is not there. */
export function useSwitchWorkspace(): (id: string) => void {
  const { words } = useWords();
  const { api } = useServices();
  const navigate = useNavigate();
  const moved = useMoved();
  const toast = useToast();
  return useCallback(
    (id) => {
      api
        .switchWorkspace(id)
        .then(() => {
          void navigate("/inbox");
          return moved();
        })
        .catch((failure: unknown) => toast({ tone: "failure", text: problemText(asProblem(failure), words) }));
    },
    [api, moved, navigate, toast, words],
  );
}
