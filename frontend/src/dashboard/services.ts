import { createContext, useContext, useSyncExternalStore } from "react";
import type { Api } from "./api/client";
import type { Config } from "./config";
import type { Session } from "./session/session";
import type { SessionKeeper, SessionState } from "./session/SessionKeeper";

export interface Services {
  config: Config;
  keeper: SessionKeeper;
  api: Api;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error("ServicesContext is missing");
  return services;
}

export function useSessionState(): SessionState {
  const { keeper } = useServices();
  return useSyncExternalStore(keeper.subscribe, keeper.read);
}

export function useSession(): Session | null {
  return useSessionState().session;
}
