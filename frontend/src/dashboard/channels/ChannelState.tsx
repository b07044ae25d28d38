import { useWords } from "../../words/useWords";
import styles from "../templates/TemplateStatus.module.css";
import type { Channel } from "./channelShapes";

const tones: Record<Channel["state"], string> = { connected: "good", needs_attention: "attention", disconnected: "calm" };

export function ChannelState({ channel }: { channel: Channel }) {
  const { words } = useWords();
  return (
    <span className={styles.status} data-tone={tones[channel.state]}>
      {words.channels.states[channel.state] ?? channel.state}
    </span>
  );
}
