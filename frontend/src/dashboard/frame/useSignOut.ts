import { useCallback } from "react";
import { useServices } from "../services";
import { revokeToken } from "../session/cognito";

/** Forgets the session here at once, and tells Cognito so that the refresh token dies too. */
export function useSignOut(): () => void {
  const { config, keeper } = useServices();
  return useCallback(() => {
    const refreshToken = keeper.read().session?.refreshToken ?? null;
    keeper.signOut();
    // Offline, the token simply lives until it expires; the person is signed out here either way.
    if (refreshToken !== null) revokeToken(config, refreshToken).catch(() => undefined);
  }, [config, keeper]);
}
