import styles from "../chat/Bubble.module.css";
import type { WireContent } from "./shapes";

/** A photo or sticker of a message, from the simulator's own shelf or its link. */
export function Picture({ content }: { content: WireContent | null | undefined }) {
  const shown = content?.image ?? content?.sticker;
  const source = shown?.id ? `/phone/api/media/${encodeURIComponent(shown.id)}` : shown?.link;
  return source === undefined ? null : <img className={styles.media} src={source} alt="" loading="lazy" />;
}
