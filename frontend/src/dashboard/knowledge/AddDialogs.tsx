import { useState } from "react";
import { Dialog } from "../../design/Dialog";
import { DialogButtons } from "../../design/DialogButtons";
import { Failure } from "../../design/Failure";
import { TextArea, TextField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { fieldProblem, formProblem, useAct } from "../api/useAct";
import type { Pair } from "./knowledgeCalls";
import { pairsOf } from "./pairs";

interface FaqDialogProps {
  /** The name of what these pairs take the place of. */
  replaces?: string;
  save: (name: string, pairs: Pair[]) => Promise<void>;
  onClose: () => void;
}

export function FaqDialog({ replaces, save, onClose }: FaqDialogProps) {
  const { words } = useWords();
  const texts = words.knowledge;
  const act = useAct();
  const [name, setName] = useState("FAQ");
  const [text, setText] = useState("");
  const pairs = pairsOf(text);
  const said = formProblem(act.problem, ["name"], words);
  return (
    <Dialog
      title={replaces === undefined ? texts.addFaq : texts.replaceDocument(replaces)}
      onSubmit={() => pairs.length > 0 && act.run(() => save(name.trim(), pairs))}
      onClose={onClose}
      actions={<DialogButtons submit={replaces === undefined ? texts.addPairs(pairs.length) : texts.replacePairs(pairs.length)} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      {replaces === undefined && <TextField label={texts.name} error={fieldProblem(act.problem, "name")} maxLength={200} value={name} onChange={setName} />}
      <TextArea label={texts.pairs} hint={texts.pairsHint} rows={10} value={text} onChange={setText} />
    </Dialog>
  );
}

interface WebPageDialogProps {
  save: (url: string) => Promise<void>;
  onClose: () => void;
}

export function WebPageDialog({ save, onClose }: WebPageDialogProps) {
  const { words } = useWords();
  const texts = words.knowledge;
  const act = useAct();
  const [url, setUrl] = useState("https://");
  const said = formProblem(act.problem, ["url"], words);
  return (
    <Dialog
      title={texts.addPage}
      onSubmit={() => act.run(() => save(url.trim()))}
      onClose={onClose}
      actions={<DialogButtons submit={texts.addPage} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      <TextField label={texts.pageAddress} hint={texts.pageHint} error={fieldProblem(act.problem, "url")} inputMode="url" autoFocus value={url} onChange={setUrl} />
    </Dialog>
  );
}
