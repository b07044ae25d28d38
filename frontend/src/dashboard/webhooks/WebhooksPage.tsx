import { useQueryClient } from "@tanstack/react-query";
import { Webhook as WebhookIcon } from "lucide-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { Button } from "../../design/Button";
import { useWords } from "../../words/useWords";
import { usePages } from "../api/usePages";
import { webhookParameter, webhookPath } from "../paths";
import { useServices } from "../services";
import { PageHead } from "../settings/PageHead";
import { PagesState } from "../settings/PagesState";
import styles from "../settings/Settings.module.css";
import table from "../settings/Table.module.css";
import { SecretOnce } from "./SecretOnce";
import { WebhookDialog } from "./WebhookDialog";
import { WebhookPage } from "./WebhookPage";
import { WebhookState } from "./WebhookState";
import { webhooksKey } from "./webhooksKey";

export function WebhooksPage() {
  const [search] = useSearchParams();
  const opened = search.get(webhookParameter);
  return opened === null ? <WebhookList /> : <WebhookPage id={opened} />;
}

function WebhookList() {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const list = usePages(webhooksKey, async (_cursor, signal) => ({
    items: (await api.webhooks.list(signal)).items,
    next_cursor: null,
  }));
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const texts = words.webhooks;
  return (
    <div className={styles.page}>
      <PageHead
        title={words.settings.sections.webhooks}
        lead={
          <>
            {texts.lead}{" "}
            <a className={styles.link} href="https://www.standardwebhooks.com" target="_blank" rel="noreferrer">
              {texts.docs}
            </a>
          </>
        }
        action={
          <Button look="primary" onClick={() => setAdding(true)}>
            <WebhookIcon size={16} aria-hidden /> {texts.add}
          </Button>
        }
      />
      <PagesState
        list={list}
        empty={
          <>
            <strong>{texts.empty}</strong> {texts.emptyLead}
          </>
        }
      >
        {(webhooks) => (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{texts.address}</th>
                <th scope="col">{texts.types}</th>
                <th scope="col">{texts.state}</th>
              </tr>
            </thead>
            <tbody>
              {webhooks.map((webhook) => (
                <tr key={webhook.id}>
                  <td className={table.name}>
                    <Link className={styles.link} to={webhookPath(webhook.id)}>
                      {webhook.url}
                    </Link>
                    {webhook.description && (
                      <>
                        <br />
                        <span className={table.quiet}>{webhook.description}</span>
                      </>
                    )}
                  </td>
                  <td>
                    <span className={table.tags}>
                      {webhook.types.map((type) => (
                        <code key={type} title={texts.typeNames[type]}>
                          {type}
                        </code>
                      ))}
                    </span>
                  </td>
                  <td className={table.quiet}>
                    <WebhookState webhook={webhook} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PagesState>
      {adding && (
        <WebhookDialog
          webhook={null}
          onClose={() => setAdding(false)}
          save={async (form) => {
            const made = await api.webhooks.create(form);
            setAdding(false);
            setSecret(made.secret);
            await client.invalidateQueries({ queryKey: webhooksKey });
          }}
        />
      )}
      {secret !== null && <SecretOnce secret={secret} onClose={() => setSecret(null)} />}
    </div>
  );
}
