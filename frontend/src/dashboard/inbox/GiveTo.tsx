import { useWords } from "../../words/useWords";
import type { Taken } from "../api/shapes";
import { useTeams } from "../teams/useTeams";
import styles from "./GiveTo.module.css";
import { useColleagues } from "./useColleagues";

interface GiveToProps {
  taken: Taken | null;
  me: string | null;
  onGive: (to: { person: string } | { team: string }) => void;
}

/** Passes the conversation on, to a team or a colleague. */
export function GiveTo({ taken, me, onGive }: GiveToProps) {
  const { words } = useWords();
  const teams = useTeams() ?? [];
  const others = [...useColleagues()].filter(([id]) => id !== me && id !== taken?.by);
  const texts = words.answering;
  if (teams.length + others.length === 0) return null;
  return (
    <select
      className={styles.give}
      aria-label={texts.give}
      value=""
      onChange={({ target }) => {
        const [kind = "", id = ""] = target.value.split(":", 2);
        onGive(kind === "team" ? { team: id } : { person: id });
      }}
    >
      <option value="" hidden>
        {texts.give}
      </option>
      {teams.length > 0 && (
        <optgroup label={texts.giveTeams}>
          {teams.map(({ id, name }) => (
            <option key={id} value={`team:${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
      <optgroup label={texts.givePeople}>
        {others.map(([id, email]) => (
          <option key={id} value={`person:${id}`}>
            {email}
          </option>
        ))}
      </optgroup>
    </select>
  );
}
