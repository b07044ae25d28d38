import { useState } from "react";
import { useServices } from "../services";
import { signIn, type SignInStep } from "./cognito";

export type Challenge = Exclude<SignInStep, { kind: "done" }>;

interface Enter {
  /** What Cognito asks besides the password; null when nothing. */
  challenge: Challenge | null;
  enter: (email: string, password: string) => Promise<void>;
  proceed: (email: string, step: SignInStep) => void;
  startOver: () => void;
}

/** From a password to a session, over whatever challenges lie between. */
export function useEnter(): Enter {
  const { config, keeper } = useServices();
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const proceed = (email: string, step: SignInStep) => {
    if (step.kind === "done") keeper.signedIn(email, step.tokens);
    else setChallenge(step);
  };
  return {
    challenge,
    proceed,
    enter: async (email, password) => proceed(email, await signIn(config, email, password)),
    startOver: () => setChallenge(null),
  };
}
