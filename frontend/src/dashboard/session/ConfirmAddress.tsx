import { useState } from "react";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { CodeField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { useServices } from "../services";
import { AuthCard, Note } from "./AuthCard";
import styles from "./AuthCard.module.css";
import { codeComplaint } from "./entered";
import { confirmSignUp, resendCode } from "./signUp";
import { useStep } from "./useStep";

interface ConfirmAddressProps {
  email: string;
  /** Called once the address is proven. */
  onConfirmed: () => Promise<void>;
  onBack: () => void;
}

export function ConfirmAddress({ email, onConfirmed, onBack }: ConfirmAddressProps) {
  const { words } = useWords();
  const { config } = useServices();
  const [code, setCode] = useState("");
  const [complaint, setComplaint] = useState<string>();
  const [resent, setResent] = useState(false);
  const step = useStep();

  const submit = () => {
    const wrong = codeComplaint(code, words);
    setComplaint(wrong);
    if (wrong) return;
    step.run(async () => {
      await confirmSignUp(config, email, code);
      await onConfirmed();
    });
  };
  const resend = () =>
    step.run(async () => {
      await resendCode(config, email);
      setResent(true);
      setCode("");
    });

  return (
    <AuthCard
      title={words.account.confirmTitle}
      lead={words.account.confirmLead(email)}
      onSubmit={submit}
      ways={
        <>
          <button type="button" onClick={resend}>
            {words.account.resend}
          </button>
          <button type="button" onClick={onBack}>
            {words.account.otherEmail}
          </button>
        </>
      }
    >
      {step.failure && <Failure>{words.signIn.failures[step.failure]}</Failure>}
      {resent && !step.failure && <Note>{words.account.resent}</Note>}
      <CodeField label={words.account.code} error={complaint} value={code} onChange={setCode} autoFocus />
      <Button look="primary" type="submit" busy={step.busy} className={styles.submit ?? ""}>
        {words.account.confirmSubmit}
      </Button>
    </AuthCard>
  );
}
