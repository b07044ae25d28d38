import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Failure } from "../../../design/Failure";
import { useWords } from "../../../words/useWords";
import { useServices } from "../../services";
import { channelsKey } from "../channelsKey";
import styles from "./LiveCode.module.css";

const lookEveryMs = 2000;

/** The code to scan, renewed before it expires, until the phone is linked or nobody came. */
export function LiveCode({ channelId, onLinked }: { channelId: string; onLinked: () => void }) {
  const { words } = useWords();
  const { api } = useServices();
  const texts = words.linkedPhones;
  const { data } = useQuery({
    queryKey: [...channelsKey, "connection", channelId],
    queryFn: ({ signal }) => api.channels.connection(channelId, signal),
    refetchInterval: ({ state }) => (state.data?.state === "open" || state.data?.state === "close" ? false : lookEveryMs),
    refetchOnMount: "always",
    gcTime: 0,
  });
  const linked = data?.state === "open";
  useEffect(() => {
    if (linked) onLinked();
  }, [linked, onLinked]);

  if (data?.state === "close") return <Failure>{data.error}</Failure>;
  return (
    <div className={styles.code}>
      {data?.qr ? (
        <img className={styles.picture} src={data.qr} alt={texts.code} />
      ) : (
        <p className={styles.waiting} role="status">
          {linked ? texts.linked : texts.codeComes}
        </p>
      )}
      <ol className={styles.steps}>
        {texts.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}
