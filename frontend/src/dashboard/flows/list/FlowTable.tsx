import { useQueryClient } from "@tanstack/react-query";
import { Archive, ArchiveRestore, FileDown } from "lucide-react";
import { Link } from "react-router";
import { listTime } from "../../../chat/days";
import { IconButton } from "../../../design/Button";
import { useNow } from "../../../design/useNow";
import { useToast } from "../../../design/toast";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { problemText } from "../../api/useAct";
import { showAtOnce } from "../../api/usePages";
import { flowPath } from "../../paths";
import { useServices } from "../../services";
import table from "../../settings/Table.module.css";
import { flowsKey } from "../flowsKey";
import type { FlowShown } from "../flowShapes";
import { saveFlowFile } from "./flowFile";
import styles from "./FlowsPage.module.css";
import { RunsCell } from "./RunsCell";

export function FlowTable({ flows, edits }: { flows: FlowShown[]; edits: boolean }) {
  const { words, language } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const now = useNow();
  const texts = words.flows.list;

  const refused = (failure: unknown) => toast({ tone: "failure", text: problemText(asProblem(failure), words) });
  const setArchived = async (flow: FlowShown, archived: boolean) => {
    const putBack = await showAtOnce<FlowShown>(client, flowsKey, (items) =>
      items.map((each) => (each.id === flow.id ? { ...each, archived } : each)),
    );
    try {
      await api.flows.setArchived(flow.id, archived);
      const undo = () => void setArchived(flow, !archived);
      toast({ text: archived ? texts.archived(flow.name) : texts.restored(flow.name), action: { label: words.settings.undo, run: undo } });
    } catch (failure) {
      putBack();
      refused(failure);
    }
  };
  const save = (flow: FlowShown) => {
    api.flows.exportFlow(flow.id).then((stored) => saveFlowFile(flow.name, stored), refused);
  };
  const sorted = [...flows.filter((flow) => !flow.archived), ...flows.filter((flow) => flow.archived)];
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{texts.name}</th>
          <th scope="col">{texts.triggers}</th>
          <th scope="col">{texts.live}</th>
          <th scope="col" className={styles.number}>
            {texts.runs}
          </th>
          <th scope="col">{texts.changed}</th>
          <th className={table.end} />
        </tr>
      </thead>
      <tbody>
        {sorted.map((flow) => (
          <tr key={flow.id} className={flow.archived ? styles.archived : ""}>
            <td className={`${table.name} ${styles.name}`}>
              <Link className={styles.link ?? ""} to={flowPath(flow.id)}>
                {flow.name}
              </Link>
              {flow.archived && <span className={table.badge}>{texts.isArchived}</span>}
            </td>
            <td className={table.quiet}>
              {flow.triggers.map(({ type }) => words.flows.triggers.names[type] ?? type).join(", ") || texts.noTriggers}
            </td>
            <td className={table.nowrap}>
              {flow.live_version === null ? (
                <span className={table.quiet}>{texts.notLive}</span>
              ) : (
                texts.version(String(flow.live_version))
              )}
              {flow.draft_changed && (
                <span className={table.badge} data-tone="attention">
                  {texts.draftChanged}
                </span>
              )}
            </td>
            <td className={styles.number} data-label={texts.runs}>
              <RunsCell flow={flow.id} />
            </td>
            <td className={`${table.quiet} ${table.nowrap}`}>{listTime(flow.updated_at, now, language, words)}</td>
            <td className={table.end}>
              <IconButton label={texts.exportOf(flow.name)} icon={<FileDown size={16} aria-hidden />} onClick={() => save(flow)} />
              {edits && (
                <IconButton
                  label={flow.archived ? texts.restoreOf(flow.name) : texts.archiveOf(flow.name)}
                  icon={flow.archived ? <ArchiveRestore size={16} aria-hidden /> : <Archive size={16} aria-hidden />}
                  onClick={() => void setArchived(flow, !flow.archived)}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
