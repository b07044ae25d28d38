import { useQueryClient } from "@tanstack/react-query";
import { FileUp, Plus } from "lucide-react";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../../../design/Button";
import { useToast } from "../../../design/toast";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { asProblem } from "../../api/problem";
import { problemText } from "../../api/useAct";
import { usePages } from "../../api/usePages";
import { flowPath } from "../../paths";
import { useServices } from "../../services";
import { PageHead } from "../../settings/PageHead";
import { PagesState } from "../../settings/PagesState";
import { flowsKey } from "../flowsKey";
import type { FlowShown } from "../flowShapes";
import styles from "./FlowsPage.module.css";
import { FlowTable } from "./FlowTable";
import { NewFlowDialog } from "./NewFlowDialog";
import { readFlowFile, UnreadableFlow } from "./flowFile";

export function FlowsPage() {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const may = useMay();
  const list = usePages(flowsKey, api.flows.list);
  const file = useRef<HTMLInputElement>(null);
  const [creating, setCreating] = useState(false);
  const texts = words.flows.list;
  const edits = may("flows:edit");

  const opened = (flow: FlowShown) => {
    void client.invalidateQueries({ queryKey: flowsKey });
    void navigate(flowPath(flow.id));
  };
  const importFile = async (chosen: File) => {
    try {
      opened(await api.flows.importFlow(await readFlowFile(chosen)));
    } catch (failure) {
      const problem = failure instanceof UnreadableFlow ? null : asProblem(failure);
      const why = problem?.errors.map(({ field, message }) => `${field}: ${message}`).join(" ");
      toast({ tone: "failure", text: problem === null ? texts.notAFlow(chosen.name) : (why || problemText(problem, words)) });
    }
  };
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <PageHead
          title={texts.title}
          lead={texts.lead}
          action={
            edits && (
              <div className={styles.actions}>
                <input
                  ref={file}
                  type="file"
                  accept="application/json,.json"
                  hidden
                  aria-label={texts.importFile}
                  onChange={(event) => {
                    const chosen = event.target.files?.[0];
                    event.target.value = "";
                    if (chosen) void importFile(chosen);
                  }}
                />
                <Button onClick={() => file.current?.click()}>
                  <FileUp size={16} aria-hidden /> {texts.importFile}
                </Button>
                <Button look="primary" onClick={() => setCreating(true)}>
                  <Plus size={16} aria-hidden /> {texts.create}
                </Button>
              </div>
            )
          }
        />
        <PagesState
          list={list}
          empty={
            <>
              <strong>{texts.none}</strong> {texts.noneLead}
            </>
          }
        >
          {(flows) => <FlowTable flows={flows} edits={edits} />}
        </PagesState>
      </div>
      {creating && <NewFlowDialog onMade={opened} onClose={() => setCreating(false)} />}
    </div>
  );
}
