/** Keeps a draft saved: one request at a time, the newest state, never over somebody else's change. */
import { asProblem, type ApiProblem } from "../../api/problem";
import type { StoredFlow } from "../model/storedFlow";

export interface Saving {
  state: "saved" | "waiting" | "saving" | "conflict" | "failed";
  /** Why it failed. */
  problem?: ApiProblem;
}

interface Given {
  save: (flow: StoredFlow, revision: number) => Promise<{ revision: number }>;
  /** Of the draft as it is stored now. */
  newest: () => Promise<{ revision: number }>;
  revision: number;
  onSaved?: () => void;
}

const pauseMs = 700;
const againMs = 4000;

export class DraftKeeper {
  private saving: Saving = { state: "saved" };
  private revision: number;
  private unsaved: StoredFlow | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private under: Promise<void> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly given: Given) {
    this.revision = given.revision;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): Saving => this.saving;

  /** To be saved when the hand rests. */
  keep(flow: StoredFlow): void {
    this.unsaved = flow;
    if (this.saving.state === "conflict") return;
    if (this.saving.state !== "saving") this.tell({ state: "waiting" });
    this.later(pauseMs);
  }

  /** Saves at once what is unsaved; done when it is saved or refused. */
  async flush(): Promise<Saving> {
    clearTimeout(this.timer);
    await this.under;
    if (this.unsaved !== null && this.saving.state !== "conflict") await this.send();
    return this.saving;
  }

  /** Puts our state over theirs. */
  async overwrite(flow: StoredFlow): Promise<void> {
    const { revision } = await this.given.newest();
    this.revision = revision;
    this.unsaved = flow;
    this.tell({ state: "waiting" });
    await this.flush();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  private send(): Promise<void> {
    const flow = this.unsaved;
    if (flow === null) return Promise.resolve();
    this.unsaved = null;
    this.tell({ state: "saving" });
    this.under = this.given
      .save(flow, this.revision)
      .then(
        ({ revision }) => {
          this.revision = revision;
          this.tell({ state: this.unsaved === null ? "saved" : "waiting" });
          this.given.onSaved?.();
        },
        (failure: unknown) => this.refused(flow, asProblem(failure)),
      )
      .finally(() => {
        this.under = null;
      });
    return this.under;
  }

  private refused(flow: StoredFlow, problem: ApiProblem): void {
    this.unsaved ??= flow;
    if (problem.kind === "changed") {
      this.tell({ state: "conflict" });
      return;
    }
    this.tell({ state: "failed", problem });
    if (problem.kind === "no-network" || problem.kind === "server" || problem.kind === "too-many") this.later(againMs);
  }

  private tell(saving: Saving): void {
    this.saving = saving;
    for (const listener of this.listeners) listener();
  }
}
