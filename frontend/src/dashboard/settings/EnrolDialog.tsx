import { useState } from "react";
import { CopyText } from "../../design/CopyText";
import { Dialog } from "../../design/Dialog";
import { DialogButtons } from "../../design/DialogButtons";
import { Failure } from "../../design/Failure";
import { CodeField } from "../../design/Field";
import { QrCode } from "../../design/QrCode";
import { useWords } from "../../words/useWords";
import { useServices, useSession } from "../services";
import { codeComplaint } from "../session/entered";
import { keyUri, turnOn } from "../session/secondFactor";
import { useStep } from "../session/useStep";
import styles from "./EnrolDialog.module.css";

interface EnrolDialogProps {
  /** In base 32, as authenticator apps take it. */
  secret: string;
  onDone: () => void;
  onClose: () => void;
}

export function EnrolDialog({ secret, onDone, onClose }: EnrolDialogProps) {
  const { words } = useWords();
  const { config, keeper } = useServices();
  const email = useSession()?.email ?? "";
  const [code, setCode] = useState("");
  const [complaint, setComplaint] = useState<string>();
  const step = useStep();
  const texts = words.settings.security;

  const submit = () => {
    const wrong = codeComplaint(code, words);
    setComplaint(wrong);
    step.forget();
    if (wrong) return;
    step.run(async () => {
      await turnOn(config, await keeper.accessToken(), code);
      onDone();
    });
  };
  const codeWrong = step.failure === "wrong-code" ? texts.codeWrong : undefined;
  const inFours = secret.replaceAll(/(.{4})(?=.)/g, "$1 ");
  return (
    <Dialog
      title={texts.scanTitle}
      lead={texts.scanLead}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={texts.verify} busy={step.busy} onClose={onClose} />}
    >
      {step.failure && !codeWrong && <Failure>{words.signIn.failures[step.failure]}</Failure>}
      <div className={styles.qr}>
        <QrCode text={keyUri(email, secret)} label={texts.qrLabel} />
      </div>
      <div className={styles.secret}>
        <p>{texts.secret}</p>
        <CopyText text={secret} shown={inFours} label={words.common.copy} />
      </div>
      <CodeField label={texts.code} error={complaint ?? codeWrong} value={code} onChange={setCode} autoFocus />
    </Dialog>
  );
}
