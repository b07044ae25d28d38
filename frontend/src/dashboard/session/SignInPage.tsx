import { useState } from "react";
import { Link, useLocation } from "react-router";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { PasswordField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { resetPath, signUpPath } from "../paths";
import { useServices, useSessionState } from "../services";
import { AuthCard, Note } from "./AuthCard";
import styles from "./AuthCard.module.css";
import { ChallengePage } from "./ChallengePage";
import { SignInFailure } from "./cognitoCall";
import { ConfirmAddress } from "./ConfirmAddress";
import { GoogleButton } from "./GoogleButton";
import { resendCode } from "./signUp";
import { EmailField } from "./EmailField";
import { useEnter } from "./useEnter";
import { useStep } from "./useStep";

/** Stands at every address while nobody is signed in, so that a deep link survives signing in. */
export function SignInPage({ note }: { note?: string | undefined }) {
  const { words } = useWords();
  const { config } = useServices();
  const { ended } = useSessionState();
  const { pathname, search } = useLocation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState(false);
  const [unconfirmed, setUnconfirmed] = useState(false);
  const step = useStep();
  const { challenge, enter, proceed, startOver } = useEnter();
  const address = email.trim();

  const submit = () => {
    const incomplete = address === "" || password === "";
    setMissing(incomplete);
    step.forget();
    if (incomplete) return;
    step.run(async () => {
      try {
        await enter(address, password);
      } catch (failure) {
        if (!(failure instanceof SignInFailure) || failure.reason !== "not-confirmed") throw failure;
        await resendCode(config, address);
        setUnconfirmed(true);
      }
    });
  };

  if (challenge) {
    return (
      <ChallengePage
        challenge={challenge}
        onStep={(next) => proceed(address, next)}
        onStartOver={() => {
          setPassword("");
          startOver();
        }}
      />
    );
  }
  if (unconfirmed) {
    return (
      <ConfirmAddress email={address} onConfirmed={() => enter(address, password)} onBack={() => setUnconfirmed(false)} />
    );
  }
  const said = missing ? words.signIn.failures.missing : step.failure && words.signIn.failures[step.failure];
  const next = pathname + search;
  return (
    <AuthCard
      title={words.signIn.title}
      lead={words.signIn.lead}
      onSubmit={submit}
      ways={
        <>
          <Link to={resetPath(next)}>{words.account.toReset}</Link>
          <span>
            {words.account.noAccount} <Link to={signUpPath(next)}>{words.account.toSignUp}</Link>
          </span>
        </>
      }
    >
      {ended && !said && <Note>{words.signIn.sessionEnded}</Note>}
      {note && !said && <Note>{note}</Note>}
      {said && <Failure>{said}</Failure>}
      <EmailField value={email} onChange={setEmail} />
      <PasswordField
        label={words.signIn.password}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <Button look="primary" type="submit" busy={step.busy} className={styles.submit ?? ""}>
        {step.busy ? words.signIn.submitting : words.signIn.submit}
      </Button>
      <GoogleButton next={next} />
    </AuthCard>
  );
}
