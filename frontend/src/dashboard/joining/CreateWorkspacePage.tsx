import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { TextField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { useMoved } from "../api/me";
import { fieldProblem, formProblem, useAct } from "../api/useAct";
import { useSignOut } from "../frame/useSignOut";
import { useServices } from "../services";
import { AuthCard } from "../session/AuthCard";
import styles from "../session/AuthCard.module.css";

const longestName = 80; // as the API allows

/** The first thing a person without a workspace sees; others come here to make one more. */
export function CreateWorkspacePage({ first = false }: { first?: boolean }) {
  const { words } = useWords();
  const { api } = useServices();
  const navigate = useNavigate();
  const moved = useMoved();
  const signOut = useSignOut();
  const [name, setName] = useState("");
  const [missing, setMissing] = useState(false);
  const act = useAct();

  const submit = () => {
    const wanted = name.trim();
    setMissing(wanted === "");
    if (wanted === "") return;
    act.run(async () => {
      await api.createWorkspace(wanted);
      await moved();
      void navigate("/inbox", { replace: true });
    });
  };
  const said = formProblem(act.problem, ["name"], words);
  return (
    <AuthCard
      title={words.account.createTitle}
      lead={words.account.createLead}
      onSubmit={submit}
      ways={
        first ? (
          <button type="button" onClick={signOut}>
            {words.frame.signOut}
          </button>
        ) : (
          <Link to="/inbox">{words.account.cancel}</Link>
        )
      }
    >
      {said && <Failure>{said}</Failure>}
      <TextField
        label={words.account.workspaceName}
        error={missing ? words.account.createMissing : fieldProblem(act.problem, "name")}
        autoComplete="organization"
        maxLength={longestName}
        autoFocus
        value={name}
        onChange={setName}
      />
      <Button look="primary" type="submit" busy={act.busy} className={styles.submit ?? ""}>
        {words.account.createSubmit}
      </Button>
    </AuthCard>
  );
}
