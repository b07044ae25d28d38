import type { Customer, Gesture, PhoneState, WireMessage } from "./shapes";

const base = "/phone/api";

export class SimulatorUnreachable extends Error {
  override name = "SimulatorUnreachable";
}

async function call(path: string, body?: unknown): Promise<Response> {
  const response = await fetch(`${base}${path}`, {
    ...(body === undefined
      ? {}
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new SimulatorUnreachable(path);
  });
  if (!response.ok) throw new SimulatorUnreachable(`${path} answered ${response.status}`);
  return response;
}

const customerPath = (id: string) => `/customers/${encodeURIComponent(id)}`;

export const phoneApi = {
  async state(): Promise<PhoneState> {
    return (await (await call("/state")).json()) as PhoneState;
  },
  async messages(customer: string): Promise<WireMessage[]> {
    const answer = (await (await call(`${customerPath(customer)}/messages`)).json()) as { items: WireMessage[] };
    return answer.items;
  },
  async send(customer: string, text: string): Promise<WireMessage> {
    return (await (await call(`${customerPath(customer)}/messages`, { text })).json()) as WireMessage;
  },
  async act(customer: string, gesture: Gesture): Promise<WireMessage> {
    return (await (await call(`${customerPath(customer)}/messages`, gesture)).json()) as WireMessage;
  },
  async seen(customer: string): Promise<void> {
    await call(`${customerPath(customer)}/seen`, {});
  },
  async createCustomer(name: string, hideNumber: boolean): Promise<Customer> {
    return (await (await call("/customers", { name, hide_number: hideNumber })).json()) as Customer;
  },
};
