import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Unplug } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { Notice } from "../design/Notice";
import { Toasts } from "../design/Toasts";
import { useWords } from "../words/useWords";
import { createApi } from "./api/client";
import { asProblem } from "./api/problem";
import { App } from "./App";
import { loadConfig, type Config } from "./config";
import { ServicesContext, type Services } from "./services";
import { refreshTokens } from "./session/cognito";
import { SessionKeeper } from "./session/SessionKeeper";

function createServices(config: Config): Services {
  const keeper = new SessionKeeper({
    storage: localStorage,
    refresh: (refreshToken) => refreshTokens(config, refreshToken),
  });
  return { config, keeper, api: createApi(config.apiUrl, keeper) };
}

const worthRetrying = new Set(["no-network", "server", "too-many"]);

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always", // a stack on this very machine answers without a network
      retry: (count, failure) => count < 1 && worthRetrying.has(asProblem(failure).kind),
      retryDelay: 600,
      refetchOnWindowFocus: "always",
    },
  },
});

/** Loads config.json, then hands over to the app with its services. */
export function Start() {
  const { words } = useWords();
  const [services, setServices] = useState<Services | null>(null);
  const [failed, setFailed] = useState(false);

  const load = useCallback(() => {
    loadConfig().then(
      (config) => {
        setFailed(false);
        setServices((earlier) => earlier ?? createServices(config));
      },
      () => setFailed(true),
    );
  }, []);

  useEffect(load, [load]);

  const keeper = services?.keeper;
  useEffect(() => {
    if (!keeper) return;
    const onStorage = (event: StorageEvent) => {
      if (event.key === SessionKeeper.storageKey) keeper.adopt(event.newValue);
    };
    window.addEventListener("storage", onStorage);
    // What one person read must not wait in memory for the next.
    const stop = keeper.subscribe(() => {
      if (keeper.read().session === null) queryClient.clear();
    });
    return () => {
      window.removeEventListener("storage", onStorage);
      stop();
    };
  }, [keeper]);

  if (services) {
    return (
      <ServicesContext value={services}>
        <QueryClientProvider client={queryClient}>
          <Toasts>
            <App />
          </Toasts>
        </QueryClientProvider>
      </ServicesContext>
    );
  }
  if (!failed) return null;
  return (
    <Notice
      tone="failure"
      icon={<Unplug size={22} aria-hidden />}
      title={words.start.failedTitle}
      text={words.start.failed}
      action={{ label: words.common.retry, onClick: load }}
    />
  );
}
