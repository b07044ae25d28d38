import { useWords } from "../../words/useWords";
import { useMe } from "../api/me";
import { useTeams } from "../teams/useTeams";
import styles from "./TeamFilter.module.css";

interface TeamFilterProps {
  team: string | null;
  onChange: (team: string | null) => void;
}

/** All conversations, or those of a team; one's own teams come first. Not shown where there are none. */
export function TeamFilter({ team, onChange }: TeamFilterProps) {
  const { words } = useWords();
  const me = useMe().data?.user?.id ?? "";
  const teams = useTeams() ?? [];
  const texts = words.inbox.teams;
  if (teams.length === 0) return null;
  const groups = [
    { label: texts.mine, of: teams.filter(({ members }) => members.includes(me)) },
    { label: texts.others, of: teams.filter(({ members }) => !members.includes(me)) },
  ];
  return (
    <select className={styles.filter} aria-label={texts.show} value={team ?? ""} onChange={({ target }) => onChange(target.value || null)}>
      <option value="">{texts.all}</option>
      {groups.map(
        ({ label, of }) =>
          of.length > 0 && (
            <optgroup key={label} label={label}>
              {of.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          ),
      )}
    </select>
  );
}
