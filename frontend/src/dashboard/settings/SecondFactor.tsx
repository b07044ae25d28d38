import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { useServices } from "../services";
import { hasSecondFactor, newSecret, turnOff } from "../session/secondFactor";
import { useStep } from "../session/useStep";
import { ConfirmDialog } from "./ConfirmDialog";
import { EnrolDialog } from "./EnrolDialog";
import styles from "./Settings.module.css";

const secondFactorKey = ["second-factor"] as const;

export function SecondFactor() {
  const { words } = useWords();
  const { config, keeper } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const [secret, setSecret] = useState<string | null>(null);
  const [turningOff, setTurningOff] = useState(false);
  const step = useStep();
  const texts = words.settings.security;
  const on = useQuery({
    queryKey: secondFactorKey,
    queryFn: async () => hasSecondFactor(config, await keeper.accessToken()),
  });

  const changed = (text: string) => {
    toast({ text });
    return client.invalidateQueries({ queryKey: secondFactorKey });
  };
  const begin = () => step.run(async () => setSecret(await newSecret(config, await keeper.accessToken())));
  const end = async () => {
    await turnOff(config, await keeper.accessToken());
    await changed(texts.factorIsOff);
  };
  return (
    <section className={styles.group}>
      <h3>{texts.factorTitle}</h3>
      <p className={styles.lead}>{texts.factorLead}</p>
      {step.failure && <Failure>{words.signIn.failures[step.failure]}</Failure>}
      {on.isError && <Failure>{words.signIn.failures.unexpected}</Failure>}
      {on.data !== undefined && (
        <div className={styles.row}>
          <span className={styles.state} data-on={on.data}>
            {on.data ? texts.factorOn : texts.factorOff}
          </span>
          {on.data ? (
            <Button onClick={() => setTurningOff(true)}>{texts.factorTurnOff}</Button>
          ) : (
            <Button look="primary" busy={step.busy} onClick={begin}>
              {texts.factorTurnOn}
            </Button>
          )}
        </div>
      )}
      {secret !== null && (
        <EnrolDialog
          secret={secret}
          onDone={() => {
            setSecret(null);
            void changed(texts.factorIsOn);
          }}
          onClose={() => setSecret(null)}
        />
      )}
      {turningOff && (
        <ConfirmDialog
          title={texts.factorOffAsk}
          lead={texts.factorOffLead}
          action={texts.factorTurnOff}
          work={end}
          onClose={() => setTurningOff(false)}
        />
      )}
    </section>
  );
}
