import { useEffect, useRef, useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { Failure } from "../../design/Failure";
import { useWords } from "../../words/useWords";
import { useServices } from "../services";
import { AuthCard } from "./AuthCard";
import { finishGoogle, GoogleFailure, type GoogleReason } from "./googleSignIn";

/** Where Google's answer comes to. */
export function SignedInPage() {
  const { words } = useWords();
  const { config, keeper } = useServices();
  const { search } = useLocation();
  const navigate = useNavigate();
  const [reason, setReason] = useState<GoogleReason | null>(null);
  const begun = useRef(false);

  useEffect(() => {
    if (begun.current) return; // The answer is good once.
    begun.current = true;
    finishGoogle(config, sessionStorage, window.location.origin, search).then(
      async ({ email, tokens, next }) => {
        await navigate(next, { replace: true });
        keeper.signedIn(email, tokens);
      },
      (failure: unknown) => setReason(failure instanceof GoogleFailure ? failure.reason : "unexpected"),
    );
  }, [config, keeper, navigate, search]);

  return (
    <AuthCard
      title={words.account.googleTitle}
      lead={reason === null ? words.account.googleLead : ""}
      onSubmit={() => undefined}
      ways={reason === null ? undefined : <Link to="/">{words.account.toSignIn}</Link>}
    >
      {reason !== null && <Failure>{words.account.googleFailures[reason]}</Failure>}
    </AuthCard>
  );
}
