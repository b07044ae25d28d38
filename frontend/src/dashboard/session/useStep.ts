import { useState } from "react";
import { SignInFailure, type SignInReason } from "./cognitoCall";

/** One thing at a time with the sign-in service: whether it is under way, and why it failed. */
export interface Step {
  busy: boolean;
  failure: SignInReason | null;
  run: (work: () => Promise<void>) => void;
  forget: () => void;
}

export function useStep(): Step {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SignInReason | null>(null);
  const run = (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    work()
      .catch((thrown: unknown) => setFailure(thrown instanceof SignInFailure ? thrown.reason : "unexpected"))
      .finally(() => setBusy(false));
  };
  return { busy, failure, run, forget: () => setFailure(null) };
}
