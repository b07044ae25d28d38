import { useQueryClient } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../design/Button";
import { SkeletonRows } from "../../design/Skeleton";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { useColleagues } from "../inbox/useColleagues";
import { useServices } from "../services";
import { ConfirmDialog } from "../settings/ConfirmDialog";
import styles from "../settings/Settings.module.css";
import table from "../settings/Table.module.css";
import type { Team } from "./teamCalls";
import { TeamDialog } from "./TeamDialog";
import { teamsKey, useTeams } from "./useTeams";

type Asked = { edit: Team | null } | { remove: Team } | null;

/** Whom flows and colleagues can give conversations to without naming one person. */
export function Teams() {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const manages = useMay()("teams:manage");
  const teams = useTeams();
  const people = useColleagues();
  const [asked, setAsked] = useState<Asked>(null);
  const texts = words.settings.teams;
  const again = () => client.invalidateQueries({ queryKey: teamsKey });
  const close = () => setAsked(null);
  const names = (team: Team) => team.members.map((id) => people.get(id) ?? id).sort();

  const remove = async (team: Team) => {
    await api.teams.remove(team.id);
    toast({ text: texts.removed(team.name) });
    await again();
  };
  return (
    <section className={styles.group}>
      <div className={styles.head}>
        <div className={styles.headText}>
          <h3>{texts.title}</h3>
          <p>{texts.lead}</p>
        </div>
        {manages && <Button onClick={() => setAsked({ edit: null })}>{texts.create}</Button>}
      </div>
      {teams === undefined && <SkeletonRows rows={2} label={words.common.loading} />}
      {teams?.length === 0 && <div className={styles.empty}>{texts.empty}</div>}
      {teams !== undefined && teams.length > 0 && (
        <table className={table.table}>
          <tbody>
            {teams.map((team) => (
              <tr key={team.id}>
                <td>{team.name}</td>
                <td className={table.quiet}>{team.members.length === 0 ? texts.nobody : names(team).join(", ")}</td>
                <td className={table.end}>
                  {manages && (
                    <>
                      <IconButton label={texts.editOf(team.name)} icon={<Pencil size={16} aria-hidden />} onClick={() => setAsked({ edit: team })} />
                      <IconButton label={texts.removeOf(team.name)} icon={<Trash2 size={16} aria-hidden />} onClick={() => setAsked({ remove: team })} />
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asked && "edit" in asked && <TeamDialog team={asked.edit} onSaved={() => void again()} onClose={close} />}
      {asked && "remove" in asked && (
        <ConfirmDialog
          title={texts.removeAsk(asked.remove.name)}
          lead={texts.removeLead}
          action={texts.remove}
          work={() => remove(asked.remove)}
          onClose={close}
        />
      )}
    </section>
  );
}
