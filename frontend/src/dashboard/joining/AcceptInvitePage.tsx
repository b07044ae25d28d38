import { useNavigate, useSearchParams } from "react-router";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { useToast } from "../../design/toast";
import type { Words } from "../../words/english";
import { useWords } from "../../words/useWords";
import { useMoved } from "../api/me";
import type { ApiProblem } from "../api/problem";
import { problemText, useAct } from "../api/useAct";
import { useSignOut } from "../frame/useSignOut";
import { tokenParameter } from "../paths";
import { useServices, useSession } from "../services";
import { AuthCard } from "../session/AuthCard";
import styles from "../session/AuthCard.module.css";

function inviteProblem(problem: ApiProblem, words: Words): string {
  const said: Record<string, string> = {
    "invite-not-found": words.account.inviteBad,
    "invite-for-another": words.account.inviteForAnother,
    "already-member": words.account.inviteMember,
  };
  return said[problem.type] ?? problemText(problem, words);
}

export function AcceptInvitePage() {
  const { words } = useWords();
  const { api } = useServices();
  const [parameters] = useSearchParams();
  const navigate = useNavigate();
  const moved = useMoved();
  const signOut = useSignOut();
  const toast = useToast();
  const email = useSession()?.email ?? "";
  const token = parameters.get(tokenParameter) ?? "";
  const act = useAct();

  const submit = () => {
    if (token === "") return;
    act.run(async () => {
      await api.acceptInvite(token);
      const me = await moved();
      if (me?.workspace) toast({ text: words.account.inviteDone(me.workspace.name) });
      void navigate("/inbox", { replace: true });
    });
  };
  const failure = token === "" ? words.account.inviteNoToken : act.problem && inviteProblem(act.problem, words);
  return (
    <AuthCard
      title={words.account.inviteTitle}
      lead={words.account.inviteLead(email)}
      onSubmit={submit}
      ways={
        <button type="button" onClick={signOut}>
          {words.account.inviteOther}
        </button>
      }
    >
      {failure && <Failure>{failure}</Failure>}
      <Button look="primary" type="submit" busy={act.busy} disabled={token === ""} className={styles.submit ?? ""}>
        {words.account.inviteSubmit}
      </Button>
    </AuthCard>
  );
}
