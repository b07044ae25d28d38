import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { Button } from "../../design/Button";
import { CopyText } from "../../design/CopyText";
import { Failure } from "../../design/Failure";
import { SelectField, TextField } from "../../design/Field";
import { useToast } from "../../design/toast";
import { reasonOf } from "../../words/reasonOf";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { asProblem } from "../api/problem";
import { fieldProblem, problemText, useAct } from "../api/useAct";
import { usePages } from "../api/usePages";
import { flowsKey } from "../flows/flowsKey";
import { channelsAddress } from "../paths";
import { useServices } from "../services";
import { ConfirmDialog } from "../settings/ConfirmDialog";
import { PageHead } from "../settings/PageHead";
import styles from "../templates/Templates.module.css";
import type { Channel } from "./channelShapes";
import { channelsKey } from "./channelsKey";
import { useChannels } from "./useChannels";
import { ChannelState } from "./ChannelState";
import { ConnectDialog } from "./connect/ConnectDialog";
import { limitText, paceText } from "./limits";

type Asked = "disconnect" | "connect" | null;

export function OneChannel({ channel }: { channel: Channel }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const manages = useMay()("channels:manage");
  const act = useAct();
  const [asked, setAsked] = useState<Asked>(null);
  const [pin, setPin] = useState("");
  const offered = useChannels();
  const texts = words.channels;
  const here = channel.state !== "disconnected";
  const held = channel.state === "needs_attention";
  const isLinked = channel.kind === "baileys";
  const read = () => client.invalidateQueries({ queryKey: channelsKey });

  const verify = () =>
    act.run(async () => {
      const now = await api.channels.verify(channel.id, pin.trim() === "" ? null : pin.trim());
      if (now.state === "connected") toast({ text: texts.verified });
      await read();
    });
  const dismiss = () =>
    act.run(async () => {
      await api.channels.dismissWarning(channel.id);
      await read();
    });
  return (
    <>
      <PageHead
        title={channel.name}
        lead={channel.display_phone_number}
        action={
          manages && (
            <div className={styles.actions}>
              {here && (
                <Button onClick={verify} busy={act.busy}>
                  {texts.verify}
                </Button>
              )}
              <Button look={here && !held ? "plain" : "primary"} onClick={() => setAsked("connect")}>
                {texts.reconnect}
              </Button>
              {here && <Button onClick={() => setAsked("disconnect")}>{isLinked ? words.linkedPhones.logOut : texts.disconnect}</Button>}
            </div>
          )
        }
      />
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      {held && (
        <div className={styles.attention} role="alert">
          <p>
            <strong>{texts.held}.</strong> {reasonOf(channel.reason, words)}
          </p>
          <p>{texts.heldLead}</p>
        </div>
      )}
      {held && manages && !isLinked && (
        <div className={styles.narrow}>
          <TextField
            label={texts.pin}
            hint={texts.pinHint}
            error={fieldProblem(act.problem, "pin")}
            inputMode="numeric"
            maxLength={6}
            value={pin}
            onChange={(typed) => setPin(typed.replaceAll(/\D/g, ""))}
          />
        </div>
      )}
      {channel.warning !== "" && (
        <div className={styles.attention} role="alert">
          <p>
            <strong>{texts.warning}:</strong> {reasonOf(channel.warning, words)}
          </p>
          {manages && (
            <Button look="quiet" onClick={dismiss}>
              {texts.dismiss}
            </Button>
          )}
        </div>
      )}
      {isLinked && <p className={styles.note}>{words.linkedPhones.riskShort}</p>}
      <Facts channel={channel} />
      {here && manages && <Settings channel={channel} onChanged={() => void read()} />}
      {channel.webhook_url !== null && here && (
        <section className={styles.group}>
          <h3>{texts.webhook}</h3>
          <p className={styles.note}>{texts.webhookLead}</p>
          <CopyText text={channel.webhook_url} label={texts.webhookUrl} />
        </section>
      )}
      {asked === "connect" && (
        <ConnectDialog
          platform={{ signup: offered.data?.signup ?? null, linkedPhones: offered.data?.linked_phones ?? false }}
          known={channel}
          onClose={() => setAsked(null)}
          onConnected={() => {
            setAsked(null);
            void read();
          }}
        />
      )}
      {asked === "disconnect" && (
        <ConfirmDialog
          title={texts.disconnectAsk(channel.name)}
          lead={texts.disconnectLead}
          action={isLinked ? words.linkedPhones.logOut : texts.disconnect}
          onClose={() => setAsked(null)}
          work={async () => {
            await api.channels.disconnect(channel.id);
            toast({ text: texts.disconnected });
            await read();
            await navigate(channelsAddress);
          }}
        />
      )}
    </>
  );
}

function Facts({ channel }: { channel: Channel }) {
  const { words, language } = useWords();
  const texts = words.channels;
  const { health } = channel;
  if (channel.kind === "baileys")
    return (
      <dl className={styles.facts}>
        <Fact name={texts.state}>
          <ChannelState channel={channel} />
        </Fact>
        <Fact name={texts.number}>{texts.kinds[channel.kind]}</Fact>
        <Fact name={texts.throughput}>{paceText(health.per_second, words)}</Fact>
      </dl>
    );
  return (
    <dl className={styles.facts}>
      <Fact name={texts.state}>
        <ChannelState channel={channel} />
      </Fact>
      <Fact name={texts.quality}>{texts.qualities[health.quality] ?? health.quality}</Fact>
      <Fact name={texts.limitLong}>{limitText(health.messaging_limit, words, language)}</Fact>
      <Fact name={texts.throughput}>{paceText(health.per_second, words)}</Fact>
      <Fact name={texts.nameStatus}>{texts.nameStatuses[health.name_status] ?? (health.name_status || texts.notKnown)}</Fact>
      {health.username !== "" && <Fact name={texts.username}>{`@${health.username}`}</Fact>}
      {health.history !== "" && <Fact name={texts.history}>{texts.historyOf(health.history)}</Fact>}
      <Fact name={texts.account}>{channel.waba_id}</Fact>
      <Fact name={texts.number}>
        {[texts.kinds[channel.kind] ?? channel.kind, ...(channel.coexistence ? [texts.coexistence] : [])].join(" · ")}
      </Fact>
    </dl>
  );
}

function Settings({ channel, onChanged }: { channel: Channel; onChanged: () => void }) {
  const { words } = useWords();
  const { api } = useServices();
  const toast = useToast();
  const [name, setName] = useState(channel.name);
  const flows = usePages(flowsKey, api.flows.list).items ?? [];
  const texts = words.channels;
  const change = (what: { name?: string; flow_id?: string }) => {
    api.channels.change(channel.id, what).then(onChanged, (failure: unknown) => toast({ tone: "failure", text: problemText(asProblem(failure), words) }));
  };
  const known = channel.flow_id === "" || flows.some(({ id }) => id === channel.flow_id);
  const options = [
    { value: "", label: texts.noFlow },
    ...(known ? [] : [{ value: channel.flow_id, label: channel.flow_id }]),
    ...flows.filter(({ archived }) => !archived).map(({ id, name: label }) => ({ value: id, label })),
  ];
  return (
    <section className={styles.two}>
      <TextField
        label={texts.rename}
        maxLength={80}
        value={name}
        onChange={setName}
        onBlur={() => {
          if (name.trim() !== "" && name.trim() !== channel.name) change({ name: name.trim() });
        }}
      />
      <SelectField label={texts.flow} value={channel.flow_id} options={options} onChange={(flow_id) => change({ flow_id })} />
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
