import { Status, type Tone } from "../../design/Status";
import { useWords } from "../../words/useWords";
import type { Channel } from "./channelShapes";

const tones: Record<Channel["state"], Tone> = { connected: "good", needs_attention: "attention", disconnected: "calm" };

export function ChannelState({ channel }: { channel: Channel }) {
  const { words } = useWords();
  return <Status tone={tones[channel.state]}>{words.channels.states[channel.state] ?? channel.state}</Status>;
}
