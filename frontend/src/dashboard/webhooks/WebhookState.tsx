import { shortDate } from "../../chat/days";
import { useWords } from "../../words/useWords";
import table from "../settings/Table.module.css";
import type { Webhook } from "./webhookCalls";

/** On, paused or switched off, and since when it has answered nothing well. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const { words, language } = useWords();
  const texts = words.webhooks;
  const failing = webhook.state === "active" && webhook.failing_since !== null;
  return (
    <>
      {texts.states[webhook.state]}
      {webhook.state === "disabled" && webhook.reason !== null && (
        <span className={table.badge} data-tone="attention">
          {texts.switchedOff(webhook.reason)}
        </span>
      )}
      {failing && (
        <span className={table.badge} data-tone="attention">
          {texts.failingSince(shortDate(webhook.failing_since ?? 0, language))}
        </span>
      )}
    </>
  );
}
