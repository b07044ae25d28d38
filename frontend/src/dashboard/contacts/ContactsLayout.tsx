import { NavLink, Outlet } from "react-router";
import { useWords } from "../../words/useWords";
import { importsPath, peoplePath, segmentsPath } from "./contactPaths";
import styles from "./ContactsLayout.module.css";

const parts = [
  { name: "people", to: peoplePath, end: true },
  { name: "segments", to: segmentsPath, end: false },
  { name: "imports", to: importsPath, end: false },
] as const;

export function ContactsLayout() {
  const { words } = useWords();
  return (
    <div className={styles.contacts}>
      <header className={styles.head}>
        <h1>{words.contacts.title}</h1>
        <nav className={styles.parts} aria-label={words.contacts.title}>
          {parts.map(({ name, to, end }) => (
            <NavLink key={to} to={to} end={end} className={styles.part ?? ""}>
              {words.contacts.parts[name]}
            </NavLink>
          ))}
        </nav>
      </header>
      <div className={styles.body}>
        <Outlet />
      </div>
    </div>
  );
}
