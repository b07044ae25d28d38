import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { Link, useParams } from "react-router";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";
import { asProblem } from "../api/problem";
import { ProblemNotice } from "../frame/ProblemNotice";
import { channelsAddress } from "../paths";
import { useServices } from "../services";
import styles from "../templates/Templates.module.css";
import { channelsKey } from "./channelsKey";
import { OneChannel } from "./OneChannel";

const followEveryMs = 15_000;

export function ChannelPage() {
  const { words } = useWords();
  const { api } = useServices();
  const { channelId = "" } = useParams();
  const query = useQuery({
    queryKey: [...channelsKey, "one", channelId],
    queryFn: ({ signal }) => api.channels.get(channelId, signal),
    refetchInterval: followEveryMs,
  });
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <Link className={styles.back ?? ""} to={channelsAddress}>
          <ArrowLeft size={16} aria-hidden /> {words.channels.back}
        </Link>
        {query.data ? (
          <OneChannel key={query.data.id} channel={query.data} />
        ) : query.error ? (
          <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonRows rows={5} label={words.common.loading} />
        )}
      </div>
    </div>
  );
}
