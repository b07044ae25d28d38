import { useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useId } from "react";
import { locales } from "../../../chat/days";
import { Button } from "../../../design/Button";
import { Failure } from "../../../design/Failure";
import { useToast } from "../../../design/toast";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { problemText, useAct } from "../../api/useAct";
import { counted } from "../../exports/timeLeft";
import { useServices } from "../../services";
import type { Reason, Report } from "../campaignShapes";
import { reportKey } from "../campaignsKey";
import styles from "./Report.module.css";

/** Why people got nothing, and what may be tried again. */
export function Reasons({ report }: { report: Report }) {
  const { words } = useWords();
  const texts = words.campaigns;
  if (report.failures.length + report.skips.length === 0) return null;
  const { id } = report.campaign;
  return (
    <div className={styles.section}>
      <Group title={texts.failures} id={id} reasons={report.failures} />
      <Group title={texts.skips} id={id} reasons={report.skips} />
    </div>
  );
}

interface GroupProps {
  title: string;
  id: string;
  reasons: readonly Reason[];
}

function Group({ title, ...shown }: GroupProps) {
  if (shown.reasons.length === 0) return null;
  return (
    <section className={styles.section} aria-label={title}>
      <h3>{title}</h3>
      <ReasonTable title={title} {...shown} />
    </section>
  );
}

function ReasonTable({ title, id, reasons }: GroupProps) {
  const { words, language } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const act = useAct();
  const sends = useMay()("campaigns:send");
  const texts = words.campaigns;
  const named = useId();
  const retry = (reason: Reason) =>
    act.run(async () => {
      const { recipients } = await api.campaigns.retry(id, [reason.class]);
      toast({ text: texts.retried(counted(recipients, locales[language])) });
      await client.invalidateQueries({ queryKey: reportKey(id) });
    });
  return (
    <>
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      <table className={styles.reasons} aria-label={title}>
        <tbody>
          {reasons.map((reason) => (
            <tr key={reason.class}>
              <th scope="row" id={`${named}-${reason.class}`}>
                {texts.classes[reason.class] ?? reason.words}
              </th>
              <td className={styles.count}>{counted(reason.count, locales[language])}</td>
              <td className={styles.again}>
                {reason.retryable && sends && (
                  <Button look="quiet" busy={act.busy} aria-describedby={`${named}-${reason.class}`} onClick={() => retry(reason)}>
                    <RotateCw size={15} aria-hidden /> {texts.retry}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
