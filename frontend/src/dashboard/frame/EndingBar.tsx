import { useQueryClient } from "@tanstack/react-query";
import { Button } from "../../design/Button";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { dayDate } from "../../chat/days";
import { meKey, useMay, useMe } from "../api/me";
import { asProblem } from "../api/problem";
import { problemText } from "../api/useAct";
import { useServices } from "../services";
import styles from "./EndingBar.module.css";

/** Above every page of a workspace that waits to be deleted. */
export function EndingBar() {
  const { words, language } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const may = useMay();
  const end = useMe().data?.workspace?.delete_after ?? null;
  if (end === null) return null;

  const restore = () => {
    api
      .restoreWorkspace()
      .then(() => {
        toast({ text: words.settings.restored });
        return client.invalidateQueries({ queryKey: meKey });
      })
      .catch((failure: unknown) => toast({ tone: "failure", text: problemText(asProblem(failure), words) }));
  };
  return (
    <div className={styles.bar} role="status">
      <span>{words.settings.ending(dayDate(end, language))}</span>
      {may("workspace:delete") && (
        <Button look="quiet" onClick={restore}>
          {words.settings.restore}
        </Button>
      )}
    </div>
  );
}
