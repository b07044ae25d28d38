import { useState } from "react";
import { Button } from "../../design/Button";
import { useWords } from "../../words/useWords";
import { useServices } from "../services";
import styles from "./AuthCard.module.css";
import { beginGoogle } from "./googleSignIn";

/** Only where the stage has Google; `next` is where the person goes on. */
export function GoogleButton({ next }: { next: string }) {
  const { words } = useWords();
  const { config } = useServices();
  const [busy, setBusy] = useState(false);
  if (config.hostedSignInUrl === "") return null;
  const go = () => {
    setBusy(true);
    void beginGoogle(config, sessionStorage, window.location.origin, next).then((address) => window.location.assign(address));
  };
  return (
    <>
      <p className={styles.or}>{words.account.or}</p>
      <Button className={styles.submit ?? ""} busy={busy} onClick={go}>
        {words.account.google}
      </Button>
    </>
  );
}
