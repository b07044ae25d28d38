import { useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { fullTime } from "../../chat/days";
import { Button, IconButton } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { useNow } from "../../design/useNow";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { problemText, useAct } from "../api/useAct";
import { usePages } from "../api/usePages";
import { useServices } from "../services";
import { PagesState } from "../settings/PagesState";
import table from "../settings/Table.module.css";
import type { Webhook, WebhookDelivery } from "./webhookCalls";
import page from "./WebhookPage.module.css";
import { webhooksKey } from "./webhooksKey";

const dayMs = 86_400_000;

export function Deliveries({ webhook }: { webhook: Webhook }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const act = useAct();
  const now = useNow();
  const key = [...webhooksKey, webhook.id, "deliveries"];
  const list = usePages(key, (cursor, signal) => api.webhooks.deliveries(webhook.id, cursor, signal));
  const texts = words.webhooks;
  const read = () => client.invalidateQueries({ queryKey: key });

  const replay = (delivery: WebhookDelivery) =>
    act.run(async () => {
      await api.webhooks.replay(webhook.id, delivery.id);
      toast({ text: texts.replayed });
      await read();
    });
  const replayFailed = () =>
    act.run(async () => {
      const { replayed } = await api.webhooks.replayFailed(webhook.id, now - dayMs);
      toast({ text: texts.replayedMany(replayed) });
      await read();
    });
  return (
    <section>
      <div className={page.between}>
        <h3>{texts.deliveries}</h3>
        <Button look="quiet" busy={act.busy} onClick={replayFailed}>
          {texts.replayFailed}
        </Button>
      </div>
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      <PagesState list={list} empty={texts.none}>
        {(deliveries) => (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{texts.what}</th>
                <th scope="col">{texts.fate}</th>
                <th className={table.end} />
              </tr>
            </thead>
            <tbody>
              {deliveries.map((delivery) => (
                <Row key={delivery.id} delivery={delivery} onReplay={() => replay(delivery)} />
              ))}
            </tbody>
          </table>
        )}
      </PagesState>
    </section>
  );
}

function Row({ delivery, onReplay }: { delivery: WebhookDelivery; onReplay: () => void }) {
  const { words, language } = useWords();
  const texts = words.webhooks;
  return (
    <tr>
      <td className={table.name}>
        {texts.typeNames[delivery.type] ?? delivery.type}
        <br />
        <time className={table.quiet} dateTime={new Date(delivery.created_at).toISOString()}>
          {fullTime(delivery.created_at, language)}
        </time>
      </td>
      <td>
        <span className={page.fate} data-state={delivery.state}>
          {texts.fates[delivery.state]}
        </span>
        {delivery.reason !== null && <span className={table.quiet}> · {delivery.reason}</span>}
        {delivery.next_at !== null && delivery.attempts.length > 0 && (
          <span className={table.quiet}> · {texts.nextTry(fullTime(delivery.next_at, language))}</span>
        )}
        <details className={page.attempts}>
          <summary>{texts.tries(delivery.attempts.length)}</summary>
          {delivery.attempts.map((attempt) => (
            <span key={attempt.at}>
              {fullTime(attempt.at, language)}:{" "}
              {texts.attempt(attempt.status === null ? texts.noAnswer : `HTTP ${attempt.status}`, attempt.took)}
            </span>
          ))}
        </details>
      </td>
      <td className={table.end}>
        {delivery.state !== "pending" && (
          <IconButton label={texts.replay} icon={<RotateCcw size={16} aria-hidden />} onClick={onReplay} />
        )}
      </td>
    </tr>
  );
}
