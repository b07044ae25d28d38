import { useState } from "react";
import { Link } from "react-router";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { CodeField, PasswordField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { useNext } from "../paths";
import { useServices } from "../services";
import { AuthCard } from "./AuthCard";
import styles from "./AuthCard.module.css";
import { ChallengePage } from "./ChallengePage";
import { EmailField } from "./EmailField";
import { codeComplaint, emailComplaint, newPasswordComplaint } from "./entered";
import { askForReset, resetPassword } from "./passwords";
import { useEnter } from "./useEnter";
import { useStep } from "./useStep";

export function ResetPasswordPage() {
  const { words } = useWords();
  const { config } = useServices();
  const next = useNext();
  const [email, setEmail] = useState("");
  const [complaint, setComplaint] = useState<string>();
  const [asked, setAsked] = useState(false);
  const step = useStep();
  const address = email.trim();

  const submit = () => {
    const wrong = emailComplaint(email, words);
    setComplaint(wrong);
    if (wrong) return;
    step.run(async () => {
      await askForReset(config, address);
      setAsked(true);
    });
  };

  if (asked) return <ChooseNew email={address} onBack={() => setAsked(false)} />;
  return (
    <AuthCard
      title={words.account.resetTitle}
      lead={words.account.resetLead}
      onSubmit={submit}
      ways={<Link to={next}>{words.account.toSignIn}</Link>}
    >
      {step.failure && <Failure>{words.signIn.failures[step.failure]}</Failure>}
      <EmailField error={complaint} value={email} onChange={setEmail} />
      <Button look="primary" type="submit" busy={step.busy} className={styles.submit ?? ""}>
        {words.account.resetSubmit}
      </Button>
    </AuthCard>
  );
}

function ChooseNew({ email, onBack }: { email: string; onBack: () => void }) {
  const { words } = useWords();
  const { config } = useServices();
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const [complaints, setComplaints] = useState<{ code?: string | undefined; password?: string | undefined }>({});
  const step = useStep();
  const { challenge, enter, proceed, startOver } = useEnter();

  const submit = () => {
    const found = { code: codeComplaint(code, words), password: newPasswordComplaint(password, words) };
    setComplaints(found);
    step.forget();
    if (found.code ?? found.password) return;
    step.run(async () => {
      await resetPassword(config, email, code, password);
      await enter(email, password);
    });
  };

  if (challenge) {
    return <ChallengePage challenge={challenge} onStep={(given) => proceed(email, given)} onStartOver={startOver} />;
  }
  return (
    <AuthCard
      title={words.account.newPasswordTitle}
      lead={words.account.newPasswordLead(email)}
      onSubmit={submit}
      ways={
        <button type="button" onClick={onBack}>
          {words.account.otherEmail}
        </button>
      }
    >
      {step.failure && <Failure>{words.signIn.failures[step.failure]}</Failure>}
      <CodeField label={words.account.code} error={complaints.code} value={code} onChange={setCode} autoFocus />
      <PasswordField
        label={words.signIn.newPassword}
        hint={words.account.passwordRule}
        error={complaints.password}
        name="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
      />
      <Button look="primary" type="submit" busy={step.busy} className={styles.submit ?? ""}>
        {words.account.newPasswordSubmit}
      </Button>
    </AuthCard>
  );
}
