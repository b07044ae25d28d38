import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "../../../design/Dialog";
import { DialogButtons } from "../../../design/DialogButtons";
import { Failure } from "../../../design/Failure";
import { TextField } from "../../../design/Field";
import { useToast } from "../../../design/toast";
import { useWords } from "../../../words/useWords";
import { problemText, useAct } from "../../api/useAct";
import { useServices } from "../../services";
import type { DraftKeeper } from "../editor/DraftKeeper";
import type { Findings } from "../editor/useFindings";
import type { FlowOpened } from "../flowShapes";
import { flowsKey, versionsKey } from "../flowsKey";

interface PublishDialogProps {
  opened: FlowOpened;
  findings: Findings;
  keeper: DraftKeeper;
  onPublished: (version: number) => void;
  onFindings: () => void;
  onClose: () => void;
}

/** Makes the draft what customers meet. Errors stand in the way; warnings are told. */
export function PublishDialog({ opened, findings, keeper, onPublished, onFindings, onClose }: PublishDialogProps) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const [note, setNote] = useState("");
  const act = useAct();
  const texts = words.flows.publish;
  const errors = findings.all?.filter(({ level }) => level === "error").length ?? 0;
  const warnings = (findings.all?.length ?? 0) - errors;

  const submit = () =>
    act.run(async () => {
      const saved = await keeper.flush();
      if (saved.state === "conflict" || saved.state === "failed") {
        onClose();
        return;
      }
      const { version } = await api.flows.publish(opened.id, note.trim());
      toast({ text: texts.published(String(version)) });
      void client.invalidateQueries({ queryKey: flowsKey });
      void client.invalidateQueries({ queryKey: versionsKey(opened.id) });
      onPublished(version);
    });
  const refused = act.problem?.type === "flow-not-ready";
  const blocked = errors > 0 || refused;
  return (
    <Dialog
      title={texts.title}
      lead={texts.lead}
      onSubmit={blocked ? onFindings : submit}
      onClose={onClose}
      actions={<DialogButtons submit={blocked ? texts.see : texts.submit} busy={act.busy} onClose={onClose} />}
    >
      {blocked && <Failure>{texts.blocked(String(Math.max(1, errors)))}</Failure>}
      {act.problem && !refused && <Failure>{problemText(act.problem, words)}</Failure>}
      {!blocked && warnings > 0 && <p>{texts.warned(String(warnings))}</p>}
      {!blocked && (
        <TextField label={texts.note} hint={texts.noteHint} maxLength={500} autoComplete="off" autoFocus value={note} onChange={setNote} />
      )}
    </Dialog>
  );
}
