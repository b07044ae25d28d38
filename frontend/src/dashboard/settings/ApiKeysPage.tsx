import { useQueryClient } from "@tanstack/react-query";
import { KeyRound, Trash2 } from "lucide-react";
import { useState } from "react";
import { shortDate } from "../../chat/days";
import { Button, IconButton } from "../../design/Button";
import { useNow } from "../../design/useNow";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import type { ApiKey } from "../api/shapes";
import { usePages } from "../api/usePages";
import { useServices } from "../services";
import { ConfirmDialog } from "./ConfirmDialog";
import { NewKeyDialog } from "./NewKeyDialog";
import { PageHead } from "./PageHead";
import { PagesState } from "./PagesState";
import styles from "./Settings.module.css";
import table from "./Table.module.css";

const apiKeysKey = ["api-keys"] as const;

export function ApiKeysPage() {
  const { words, language } = useWords();
  const { api, config } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const now = useNow();
  const list = usePages(apiKeysKey, api.apiKeys);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const texts = words.settings.apiKeys;

  const revoke = async (key: ApiKey) => {
    await api.revokeApiKey(key.id);
    toast({ text: texts.revoked(key.name) });
    await client.invalidateQueries({ queryKey: apiKeysKey });
  };
  return (
    <div className={styles.page}>
      <PageHead
        title={words.settings.sections.apiKeys}
        lead={
          <>
            {texts.lead}{" "}
            <a className={styles.link} href={`${config.apiUrl}/v1/docs`} target="_blank" rel="noreferrer">
              {texts.docs}
            </a>
          </>
        }
        action={
          <Button look="primary" onClick={() => setCreating(true)}>
            <KeyRound size={16} aria-hidden /> {texts.create}
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
        {(keys) => (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{texts.name}</th>
                <th scope="col">{texts.scopes}</th>
                <th scope="col">{texts.created}</th>
                <th scope="col">{texts.expires}</th>
                <th className={table.end} />
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <tr key={key.id}>
                  <td className={table.name}>
                    {key.name}
                    <br />
                    <code className={styles.code}>{key.prefix}…</code>
                  </td>
                  <td>
                    <span className={table.tags}>
                      {key.scopes.map((scope) => (
                        <code key={scope} title={words.settings.scopeNames[scope]}>
                          {scope}
                        </code>
                      ))}
                    </span>
                  </td>
                  <td className={table.quiet}>
                    {texts.by(key.created_by, shortDate(key.created_at, language))}
                  </td>
                  <td className={`${table.quiet} ${table.nowrap}`}>
                    {shortDate(key.expires_at, language)}
                    {key.expires_at <= now && (
                      <span className={table.badge} data-tone="attention">
                        {texts.expired}
                      </span>
                    )}
                  </td>
                  <td className={table.end}>
                    <IconButton
                      label={texts.revokeOf(key.name)}
                      icon={<Trash2 size={16} aria-hidden />}
                      onClick={() => setRevoking(key)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PagesState>
      {creating && (
        <NewKeyDialog
          onCreated={() => void client.invalidateQueries({ queryKey: apiKeysKey })}
          onClose={() => setCreating(false)}
        />
      )}
      {revoking && (
        <ConfirmDialog
          title={texts.revokeAsk(revoking.name)}
          lead={texts.revokeLead}
          action={texts.revoke}
          work={() => revoke(revoking)}
          onClose={() => setRevoking(null)}
        />
      )}
    </div>
  );
}
