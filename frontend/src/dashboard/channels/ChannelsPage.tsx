import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { Button } from "../../design/Button";
import { SkeletonRows } from "../../design/Skeleton";
import { reasonOf } from "../../words/reasonOf";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { asProblem } from "../api/problem";
import { ProblemNotice } from "../frame/ProblemNotice";
import { channelPath } from "../paths";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/Settings.module.css";
import table from "../settings/Table.module.css";
import styles from "../templates/Templates.module.css";
import type { Channel } from "./channelShapes";
import { channelsKey } from "./channelsKey";
import { useChannels } from "./useChannels";
import { ChannelState } from "./ChannelState";
import { ConnectDialog } from "./connect/ConnectDialog";
import { limitText, paceText } from "./limits";

const followEveryMs = 15_000;

export function ChannelsPage() {
  const { words } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const manages = useMay()("channels:manage");
  const query = useChannels({ everyMs: followEveryMs });
  const [connecting, setConnecting] = useState(false);
  const texts = words.channels;
  const channels = query.data?.items;
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <PageHead
          title={texts.title}
          lead={texts.lead}
          action={
            manages && (
              <Button look="primary" onClick={() => setConnecting(true)}>
                <Plus size={16} aria-hidden /> {texts.connect}
              </Button>
            )
          }
        />
        {channels === undefined && query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
        {channels === undefined && !query.error && <SkeletonRows rows={3} label={words.common.loading} />}
        {channels?.length === 0 && (
          <div className={settings.empty}>
            <strong>{texts.none}</strong> {texts.noneLead}
          </div>
        )}
        {channels?.filter(({ state }) => state === "needs_attention").map((channel) => <Held key={channel.id} channel={channel} />)}
        {channels && channels.length > 0 && <ChannelTable channels={channels} />}
      </div>
      {connecting && (
        <ConnectDialog
          platform={{ signup: query.data?.signup ?? null, linkedPhones: query.data?.linked_phones ?? false }}
          known={null}
          onClose={() => setConnecting(false)}
          onConnected={(channel) => {
            setConnecting(false);
            void client.invalidateQueries({ queryKey: channelsKey });
            void navigate(channelPath(channel.id));
          }}
        />
      )}
    </div>
  );
}

function Held({ channel }: { channel: Channel }) {
  const { words } = useWords();
  return (
    <p className={styles.attention} role="alert">
      <strong>
        {channel.name}: {words.channels.held}
      </strong>{" "}
      {reasonOf(channel.reason, words)}{" "}
      <Link className={settings.link} to={channelPath(channel.id)}>
        {words.channels.reconnect}
      </Link>
    </p>
  );
}

function ChannelTable({ channels }: { channels: Channel[] }) {
  const { words, language } = useWords();
  const texts = words.channels;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{texts.number}</th>
          <th scope="col">{texts.state}</th>
          <th scope="col">{texts.quality}</th>
          <th scope="col">{texts.limit}</th>
          <th scope="col">{texts.throughput}</th>
        </tr>
      </thead>
      <tbody>
        {channels.map((channel) => (
          <tr key={channel.id}>
            <td className={table.name}>
              <Link className={styles.link ?? ""} to={channelPath(channel.id)}>
                {channel.name}
              </Link>
              <span className={styles.excerpt}>
                {channel.display_phone_number} · {texts.kinds[channel.kind] ?? channel.kind}
              </span>
            </td>
            <td>
              <ChannelState channel={channel} />
              {channel.warning !== "" && (
                <span className={table.badge} data-tone="attention" title={reasonOf(channel.warning, words)}>
                  {texts.warning}
                </span>
              )}
            </td>
            {channel.kind === "baileys" ? (
              <td className={table.quiet} colSpan={2}>
                {words.linkedPhones.unrated}
              </td>
            ) : (
              <>
                <td className={table.quiet} data-label={texts.quality}>{texts.qualities[channel.health.quality] ?? channel.health.quality}</td>
                <td className={table.quiet} data-label={texts.limit}>
                  {limitText(channel.health.messaging_limit, words, language)}
                </td>
              </>
            )}
            <td className={table.quiet}>{paceText(channel.health.per_second, words)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
