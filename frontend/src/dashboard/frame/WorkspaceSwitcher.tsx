import { Check, ChevronsUpDown, Plus } from "lucide-react";
import { Link } from "react-router";
import { Avatar } from "../../design/Avatar";
import { usePopover } from "../../design/usePopover";
import { useWords } from "../../words/useWords";
import { useMe } from "../api/me";
import { newWorkspaceAddress } from "../paths";
import { useSwitchWorkspace } from "./useSwitchWorkspace";
import styles from "./WorkspaceSwitcher.module.css";

/** Where one works, and the way to one's other workspaces. */
export function WorkspaceSwitcher() {
  const { words } = useWords();
  const me = useMe();
  const switchTo = useSwitchWorkspace();
  const { open, setOpen, box, opener } = usePopover<HTMLDivElement>();
  const current = me.data?.workspace;
  return (
    <div className={styles.box} ref={box}>
      <button
        ref={opener}
        type="button"
        className={styles.opener}
        aria-expanded={open}
        title={words.settings.switcher.label}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.name} data-testid="workspace-name">
          {current?.name ?? (me.isError ? words.app : "\u00a0")}
        </span>
        <ChevronsUpDown size={14} aria-hidden />
      </button>
      {open && (
        <div className={styles.menu} role="group" aria-label={words.settings.switcher.label}>
          <h2>{words.settings.switcher.label}</h2>
          {me.data?.workspaces.map(({ id, name, role }) => (
            <button
              key={id}
              type="button"
              className={styles.entry}
              aria-current={id === current?.id ? "true" : undefined}
              onClick={() => {
                setOpen(false);
                if (id !== current?.id) switchTo(id);
              }}
            >
              <Avatar name={name} seed={id} size="s" />
              <span className={styles.lines}>
                <strong>{name}</strong>
                <span>{words.settings.roles[role] ?? role}</span>
              </span>
              {id === current?.id && <Check size={16} className={styles.chosen} aria-hidden />}
            </button>
          ))}
          <div className={styles.create}>
            <Link to={newWorkspaceAddress} className={styles.entry}>
              <span className={styles.plus}>
                <Plus size={16} aria-hidden />
              </span>
              {words.settings.switcher.create}
            </Link>
          </div>
        </div>
      )}
    </div>
  );
}
