/** The dashboard at an address, over the API for tests. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { Toasts } from "../../design/Toasts";
import { App } from "../App";
import { ServicesContext } from "../services";
import { SessionKeeper } from "../session/SessionKeeper";
import type { Api } from "./client";

export function openApp(api: Api, at: string, { signedIn = true, hostedSignInUrl = "" } = {}) {
  history.replaceState(null, "", at);
  const config = { apiUrl: "https://api.test", cognitoUrl: "https://idp.test", userPoolClientId: "c", region: "r", hostedSignInUrl };
  const keeper = new SessionKeeper({
    storage: localStorage,
    refresh: () => Promise.resolve({ accessToken: "t2", refreshToken: "r", expiresIn: 3600 }),
  });
  if (signedIn) keeper.signedIn("demo@kabar.test", { accessToken: "t", refreshToken: "r", expiresIn: 3600 });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <ServicesContext value={{ config, keeper, api }}>
      <QueryClientProvider client={client}>
        <Toasts>
          <App />
        </Toasts>
      </QueryClientProvider>
    </ServicesContext>,
  );
  return { keeper, client };
}
