import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { fullTime } from "../../../chat/days";
import { Button } from "../../../design/Button";
import { Failure } from "../../../design/Failure";
import { useToast } from "../../../design/toast";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { problemText } from "../../api/useAct";
import { usePages } from "../../api/usePages";
import { useServices } from "../../services";
import { PagesState } from "../../settings/PagesState";
import type { DraftKeeper } from "../editor/DraftKeeper";
import type { FlowOpened } from "../flowShapes";
import { flowsKey, versionsKey } from "../flowsKey";
import type { StoredFlow } from "../model/storedFlow";
import { Changes } from "./Changes";
import { flowChanges } from "./flowChanges";
import styles from "./HistoryPanel.module.css";

interface HistoryPanelProps {
  opened: FlowOpened;
  flow: StoredFlow;
  readOnly: boolean;
  keeper: DraftKeeper;
  /** The draft is another now. */
  onRestored: () => void;
}

/** What was published when and why, how it differs from the draft, and the way back. */
export function HistoryPanel({ opened, flow, readOnly, keeper, onRestored }: HistoryPanelProps) {
  const { words, language } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const fetchPage = useCallback((cursor: string | null, signal?: AbortSignal) => api.flows.versions(opened.id, cursor, signal), [api, opened.id]);
  const list = usePages(versionsKey(opened.id), fetchPage);
  const [shown, setShown] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const texts = words.flows.history;

  const restore = async (version: number) => {
    setBusy(true);
    try {
      await keeper.flush();
      await api.flows.restore(opened.id, version);
      toast({ text: texts.restored(String(version)) });
      void client.invalidateQueries({ queryKey: flowsKey });
      onRestored();
    } catch (failure) {
      toast({ tone: "failure", text: problemText(asProblem(failure), words) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.panel}>
      <h2>{words.flows.panels.history}</h2>
      <PagesState list={list} empty={texts.none}>
        {(versions) => (
          <ol className={styles.versions}>
            {versions.map((each) => (
              <li key={each.version}>
                <button
                  type="button"
                  className={styles.version}
                  aria-expanded={shown === each.version}
                  onClick={() => setShown(shown === each.version ? null : each.version)}
                >
                  <strong>{words.flows.list.version(String(each.version))}</strong>
                  {each.live && <span className={styles.live}>{texts.live}</span>}
                  <span className={styles.note}>{each.note || texts.noNote}</span>
                  <span className={styles.quiet}>
                    {texts.by(each.published_by, fullTime(each.published_at, language))}
                  </span>
                </button>
                {shown === each.version && (
                  <div className={styles.detail}>
                    <Difference id={opened.id} version={each.version} flow={flow} />
                    {!readOnly && (
                      <Button busy={busy} onClick={() => void restore(each.version)}>
                        {texts.restore}
                      </Button>
                    )}
                  </div>
                )}
              </li>
            ))}
          </ol>
        )}
      </PagesState>
    </div>
  );
}

function Difference({ id, version, flow }: { id: string; version: number; flow: StoredFlow }) {
  const { words } = useWords();
  const { api } = useServices();
  const then = useQuery({
    queryKey: ["flow-version", id, version],
    queryFn: ({ signal }) => api.flows.version(id, version, signal),
    staleTime: Infinity,
  });
  if (then.error) return <Failure>{problemText(asProblem(then.error), words)}</Failure>;
  if (then.data === undefined) return <p className={styles.quiet}>{words.common.loading}</p>;
  return <Changes changes={flowChanges(then.data.flow, flow, words)} />;
}
