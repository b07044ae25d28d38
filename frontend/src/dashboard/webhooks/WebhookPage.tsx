import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { SkeletonRows } from "../../design/Skeleton";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { asProblem } from "../api/problem";
import { problemText, useAct } from "../api/useAct";
import { ProblemNotice } from "../frame/ProblemNotice";
import { useServices } from "../services";
import { ConfirmDialog } from "../settings/ConfirmDialog";
import styles from "../settings/Settings.module.css";
import { Deliveries } from "./Deliveries";
import { SecretOnce } from "./SecretOnce";
import type { Webhook } from "./webhookCalls";
import { WebhookDialog } from "./WebhookDialog";
import page from "./WebhookPage.module.css";
import { WebhookState } from "./WebhookState";
import { webhooksKey } from "./webhooksKey";

export function WebhookPage({ id }: { id: string }) {
  const { words } = useWords();
  const { api } = useServices();
  const list = useQuery({ queryKey: [...webhooksKey, "all"], queryFn: ({ signal }) => api.webhooks.list(signal) });
  if (list.error) return <ProblemNotice problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <SkeletonRows rows={4} label={words.common.loading} />;
  const webhook = list.data.items.find((each) => each.id === id);
  return (
    <div className={styles.page}>
      <Link className={page.back} to="/settings/webhooks">
        <ArrowLeft size={16} aria-hidden /> {words.webhooks.back}
      </Link>
      {webhook && <Opened key={webhook.id} webhook={webhook} />}
    </div>
  );
}

type Asked = "edit" | "remove" | "secret" | null;

function Opened({ webhook }: { webhook: Webhook }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const act = useAct();
  const [asked, setAsked] = useState<Asked>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const texts = words.webhooks;
  const read = () => client.invalidateQueries({ queryKey: webhooksKey });
  const close = () => setAsked(null);

  const change = (active: boolean) =>
    act.run(async () => {
      await api.webhooks.change(webhook, { active });
      await read();
    });
  const test = () =>
    act.run(async () => {
      await api.webhooks.ping(webhook.id);
      toast({ text: texts.tested });
      await read();
    });
  return (
    <>
      <header className={page.head}>
        <h2>{webhook.url}</h2>
        <p>
          <WebhookState webhook={webhook} />
        </p>
        <div className={page.actions}>
          <Button onClick={test} busy={act.busy}>
            {texts.test}
          </Button>
          <Button onClick={() => setAsked("edit")}>{texts.edit}</Button>
          <Button onClick={() => change(webhook.state !== "active")}>
            {webhook.state === "active" ? texts.pause : texts.resume}
          </Button>
          <Button onClick={() => setAsked("secret")}>{texts.newSecret}</Button>
          <Button onClick={() => setAsked("remove")}>{texts.remove}</Button>
        </div>
        {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      </header>
      <Deliveries webhook={webhook} />
      {asked === "edit" && (
        <WebhookDialog
          webhook={webhook}
          onClose={close}
          save={async (form) => {
            await api.webhooks.change(webhook, form);
            close();
            await read();
          }}
        />
      )}
      {asked === "secret" && (
        <ConfirmDialog
          title={texts.newSecretAsk}
          lead={texts.newSecretLead}
          action={texts.newSecret}
          onClose={close}
          work={async () => {
            setSecret((await api.webhooks.newSecret(webhook.id)).secret);
            await read();
          }}
        />
      )}
      {asked === "remove" && (
        <ConfirmDialog
          title={texts.removeAsk(webhook.url)}
          lead={texts.removeLead}
          action={texts.remove}
          onClose={close}
          work={async () => {
            await api.webhooks.remove(webhook.id);
            toast({ text: texts.removed });
            await read();
            await navigate("/settings/webhooks");
          }}
        />
      )}
      {secret !== null && <SecretOnce secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}
