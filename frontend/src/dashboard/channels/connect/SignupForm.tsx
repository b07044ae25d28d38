import { useState } from "react";
import { Dialog } from "../../../design/Dialog";
import { DialogButtons } from "../../../design/DialogButtons";
import { Failure } from "../../../design/Failure";
import { useWords } from "../../../words/useWords";
import type { Words } from "../../../words/english";
import { asProblem } from "../../api/problem";
import { problemText } from "../../api/useAct";
import { useServices } from "../../services";
import styles from "../../templates/Templates.module.css";
import { SignupBlocked, SignupLeft, SignupRefused, signUp } from "./metaSignup";
import type { WayProps } from "./ways";

function said(failure: unknown, words: Words): string {
  const texts = words.channels;
  if (failure instanceof SignupBlocked) return texts.signupBlocked;
  if (failure instanceof SignupLeft) return texts.signupLeft;
  if (failure instanceof SignupRefused) return texts.signupFailed(failure.message);
  return problemText(asProblem(failure), words);
}

/** Through the platform's own Meta app. */
export function SignupForm({ signup, known, onConnected, onClose }: WayProps) {
  const { words } = useWords();
  const { api } = useServices();
  const texts = words.channels;
  const [coexistence, setCoexistence] = useState(known?.coexistence ?? false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);

  const submit = () => {
    if (signup === null || busy) return;
    setBusy(true);
    setFailed(null);
    signUp(signup, coexistence)
      .then((chosen) => api.channels.connectBySignup(chosen))
      .then(onConnected, (failure: unknown) => setFailed(said(failure, words)))
      .finally(() => setBusy(false));
  };
  return (
    <Dialog
      title={texts.ways.signup?.name ?? texts.connect}
      lead={texts.signupLead}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={texts.signupStart} busy={busy} onClose={onClose} />}
    >
      {failed && <Failure>{failed}</Failure>}
      <label className={styles.check}>
        <input type="checkbox" checked={coexistence} onChange={(event) => setCoexistence(event.target.checked)} />
        {texts.signupCoexistence}
      </label>
    </Dialog>
  );
}
