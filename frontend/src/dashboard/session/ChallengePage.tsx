import { useState } from "react";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { CodeField, PasswordField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { useServices } from "../services";
import { AuthCard } from "./AuthCard";
import styles from "./AuthCard.module.css";
import { choosePassword, giveSecondFactor, type SignInStep } from "./cognito";
import { codeComplaint, newPasswordComplaint } from "./entered";
import type { Challenge } from "./useEnter";
import { useStep } from "./useStep";

interface ChallengePageProps {
  challenge: Challenge;
  onStep: (step: SignInStep) => void;
  onStartOver: () => void;
}

export function ChallengePage(props: ChallengePageProps) {
  return props.challenge.kind === "second-factor" ? <SecondFactor {...props} /> : <FirstPassword {...props} />;
}

function SecondFactor({ challenge, onStep, onStartOver }: ChallengePageProps) {
  const { words } = useWords();
  const { config } = useServices();
  const [code, setCode] = useState("");
  const [complaint, setComplaint] = useState<string>();
  const step = useStep();

  const submit = () => {
    const wrong = codeComplaint(code, words);
    setComplaint(wrong);
    if (wrong) return;
    step.run(async () => onStep(await giveSecondFactor(config, challenge.username, challenge.challenge, code)));
  };
  // Cognito's word for a challenge that has waited too long is the one for a wrong password.
  const failure = step.failure === "wrong-password" ? words.account.tookTooLong : step.failure && words.signIn.failures[step.failure];
  return (
    <AuthCard
      title={words.account.secondFactorTitle}
      lead={words.account.secondFactorLead}
      onSubmit={submit}
      ways={
        <button type="button" onClick={onStartOver}>
          {words.account.startOver}
        </button>
      }
    >
      {failure && <Failure>{failure}</Failure>}
      <CodeField label={words.account.code} error={complaint} value={code} onChange={setCode} autoFocus />
      <Button look="primary" type="submit" busy={step.busy} className={styles.submit ?? ""}>
        {step.busy ? words.signIn.submitting : words.account.secondFactorSubmit}
      </Button>
    </AuthCard>
  );
}

function FirstPassword({ challenge, onStep }: ChallengePageProps) {
  const { words } = useWords();
  const { config } = useServices();
  const [password, setPassword] = useState("");
  const [complaint, setComplaint] = useState<string>();
  const step = useStep();

  const submit = () => {
    const wrong = newPasswordComplaint(password, words);
    setComplaint(wrong);
    if (wrong) return;
    step.run(async () => onStep(await choosePassword(config, challenge.username, challenge.challenge, password)));
  };
  return (
    <AuthCard title={words.signIn.newPasswordTitle} lead={words.signIn.newPasswordLead} onSubmit={submit}>
      {step.failure && <Failure>{words.signIn.failures[step.failure]}</Failure>}
      <PasswordField
        label={words.signIn.newPassword}
        hint={words.account.passwordRule}
        error={complaint}
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        autoFocus
      />
      <Button look="primary" type="submit" busy={step.busy} className={styles.submit ?? ""}>
        {step.busy ? words.signIn.submitting : words.signIn.newPasswordSubmit}
      </Button>
    </AuthCard>
  );
}
