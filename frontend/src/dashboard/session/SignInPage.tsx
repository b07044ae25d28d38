import { CircleAlert, Eye, EyeOff } from "lucide-react";
import { useId, useState, type SubmitEvent } from "react";
import { Button, IconButton } from "../../design/Button";
import { Logo } from "../../design/Logo";
import { languages, dictionaries } from "../../words/language";
import { useWords } from "../../words/useWords";
import { useServices, useSessionState } from "../services";
import { choosePassword, signIn, SignInFailure, type SignInReason, type SignInStep } from "./cognito";
import styles from "./SignInPage.module.css";

type Challenge = Extract<SignInStep, { kind: "choose-password" }>;
type FailureKey = SignInReason | "missing";

export function SignInPage() {
  const { words, language, setLanguage } = useWords();
  const { config, keeper } = useServices();
  const { ended } = useSessionState();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureKey | null>(null);
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const failureId = useId();

  const proceed = (step: SignInStep) => {
    if (step.kind === "done") {
      keeper.signedIn(email.trim(), step.tokens);
      return;
    }
    setChallenge(step);
    setPassword("");
    setShown(false);
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    if (email.trim() === "" || password === "") {
      setFailure("missing");
      return;
    }
    setBusy(true);
    setFailure(null);
    const step = challenge
      ? choosePassword(config, challenge.username, challenge.challenge, password)
      : signIn(config, email.trim(), password);
    step
      .then(proceed)
      .catch((thrown: unknown) => setFailure(thrown instanceof SignInFailure ? thrown.reason : "unexpected"))
      .finally(() => setBusy(false));
  };

  const passwordLabel = challenge ? words.signIn.newPassword : words.signIn.password;
  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit} noValidate>
        <Logo size={40} />
        <h1 className={styles.title}>{challenge ? words.signIn.newPasswordTitle : words.signIn.title}</h1>
        <p className={styles.lead}>{challenge ? words.signIn.newPasswordLead : words.signIn.lead}</p>
        {ended && failure === null && !challenge && <p className={styles.note}>{words.signIn.sessionEnded}</p>}
        {failure !== null && (
          <p id={failureId} className={styles.failure} role="alert">
            <CircleAlert size={16} aria-hidden /> <span>{words.signIn.failures[failure]}</span>
          </p>
        )}
        <label className={styles.field} hidden={challenge !== null}>
          <span>{words.signIn.email}</span>
          <input
            type="email"
            name="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            value={email}
            aria-describedby={failure ? failureId : undefined}
            onChange={(event) => setEmail(event.target.value)}
          />
        </label>
        <div className={styles.field}>
          <label htmlFor="password">{passwordLabel}</label>
          <span className={styles.withButton}>
            <input
              id="password"
              key={challenge ? "new" : "current"}
              type={shown ? "text" : "password"}
              name="password"
              autoComplete={challenge ? "new-password" : "current-password"}
              value={password}
              aria-describedby={failure ? failureId : undefined}
              onChange={(event) => setPassword(event.target.value)}
            />
            <IconButton
              className={styles.reveal ?? ""}
              label={shown ? words.signIn.hideCharacters : words.signIn.showCharacters}
              aria-pressed={shown}
              icon={shown ? <EyeOff size={18} aria-hidden /> : <Eye size={18} aria-hidden />}
              onClick={() => setShown(!shown)}
            />
          </span>
        </div>
        <Button look="primary" type="submit" busy={busy} className={styles.submit ?? ""}>
          {busy ? words.signIn.submitting : challenge ? words.signIn.newPasswordSubmit : words.signIn.submit}
        </Button>
      </form>
      <nav className={styles.languages} aria-label={words.frame.language}>
        {languages.map((each) => (
          <button key={each} type="button" lang={each} aria-pressed={each === language} onClick={() => setLanguage(each)}>
            {dictionaries[each].languageName}
          </button>
        ))}
      </nav>
    </main>
  );
}
