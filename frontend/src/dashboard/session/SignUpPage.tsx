import { useState } from "react";
import { Link } from "react-router";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { PasswordField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { useNext } from "../paths";
import { useServices } from "../services";
import { AuthCard } from "./AuthCard";
import styles from "./AuthCard.module.css";
import { ChallengePage } from "./ChallengePage";
import { ConfirmAddress } from "./ConfirmAddress";
import { EmailField } from "./EmailField";
import { emailComplaint, newPasswordComplaint } from "./entered";
import { GoogleButton } from "./GoogleButton";
import { signUp } from "./signUp";
import { useEnter } from "./useEnter";
import { useStep } from "./useStep";

export function SignUpPage() {
  const { words } = useWords();
  const { config } = useServices();
  const next = useNext();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [complaints, setComplaints] = useState<{ email?: string | undefined; password?: string | undefined }>({});
  const [waiting, setWaiting] = useState(false);
  const step = useStep();
  const { challenge, enter, proceed, startOver } = useEnter();
  const address = email.trim();

  const submit = () => {
    const found = { email: emailComplaint(email, words), password: newPasswordComplaint(password, words) };
    setComplaints(found);
    step.forget();
    if (found.email ?? found.password) return;
    step.run(async () => {
      if (await signUp(config, address, password)) await enter(address, password);
      else setWaiting(true);
    });
  };

  if (challenge) {
    return <ChallengePage challenge={challenge} onStep={(given) => proceed(address, given)} onStartOver={startOver} />;
  }
  if (waiting) {
    return <ConfirmAddress email={address} onConfirmed={() => enter(address, password)} onBack={() => setWaiting(false)} />;
  }
  return (
    <AuthCard
      title={words.account.signUpTitle}
      lead={words.account.signUpLead}
      onSubmit={submit}
      ways={
        <span>
          {words.account.haveAccount} <Link to={next}>{words.account.toSignIn}</Link>
        </span>
      }
    >
      {step.failure && <Failure>{words.signIn.failures[step.failure]}</Failure>}
      <EmailField error={complaints.email} value={email} onChange={setEmail} />
      <PasswordField
        label={words.signIn.password}
        hint={words.account.passwordRule}
        error={complaints.password}
        name="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
      />
      <Button look="primary" type="submit" busy={step.busy} className={styles.submit ?? ""}>
        {words.account.signUpSubmit}
      </Button>
      <GoogleButton next={next} />
    </AuthCard>
  );
}
