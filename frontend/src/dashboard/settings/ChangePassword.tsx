import { useState } from "react";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { PasswordField } from "../../design/Field";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { useServices, useSession } from "../services";
import { newPasswordComplaint } from "../session/entered";
import { changePassword } from "../session/passwords";
import { useStep } from "../session/useStep";
import styles from "./Settings.module.css";

export function ChangePassword() {
  const { words } = useWords();
  const { config, keeper } = useServices();
  const email = useSession()?.email ?? "";
  const toast = useToast();
  const [current, setCurrent] = useState("");
  const [proposed, setProposed] = useState("");
  const [checked, setChecked] = useState(false);
  const step = useStep();
  const texts = words.settings.security;
  const missing = checked && current === "" ? words.account.missing.password : undefined;
  const complaint = checked ? newPasswordComplaint(proposed, words) : undefined;

  const submit = () => {
    setChecked(true);
    step.forget();
    if (current === "" || newPasswordComplaint(proposed, words)) return;
    step.run(async () => {
      await changePassword(config, await keeper.accessToken(), current, proposed);
      setCurrent("");
      setProposed("");
      setChecked(false);
      toast({ text: texts.passwordChanged });
    });
  };
  const wrongCurrent = step.failure === "wrong-password" ? texts.passwordWrong : undefined;
  return (
    <section className={styles.group}>
      <h3>{texts.passwordTitle}</h3>
      <p className={styles.lead}>{texts.passwordLead}</p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {step.failure && !wrongCurrent && <Failure>{words.signIn.failures[step.failure]}</Failure>}
        {/* For password managers, which otherwise guess whose password this is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          label={texts.currentPassword}
          error={missing ?? wrongCurrent}
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <PasswordField
          label={texts.newPassword}
          hint={words.account.passwordRule}
          error={complaint}
          autoComplete="new-password"
          value={proposed}
          onChange={setProposed}
        />
        <Button look="primary" type="submit" busy={step.busy}>
          {texts.passwordSubmit}
        </Button>
      </form>
    </section>
  );
}
