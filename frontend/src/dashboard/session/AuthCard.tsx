import type { ReactNode, SubmitEvent } from "react";
import { Logo } from "../../design/Logo";
import { dictionaries, languages } from "../../words/language";
import { useWords } from "../../words/useWords";
import styles from "./AuthCard.module.css";

interface AuthCardProps {
  title: string;
  lead: ReactNode;
  onSubmit: () => void;
  children: ReactNode;
  /** Ways to other pages, below the card's form. */
  ways?: ReactNode;
}

/** One question in the middle of an empty page: everything before a person is in a workspace. */
export function AuthCard({ title, lead, onSubmit, children, ways }: AuthCardProps) {
  const { words, language, setLanguage } = useWords();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit} noValidate>
        <Logo size={40} />
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.lead}>{lead}</p>
        {children}
        {ways && <div className={styles.ways}>{ways}</div>}
      </form>
      <nav className={styles.languages} aria-label={words.frame.language}>
        {languages.map((each) => (
          <button key={each} type="button" lang={each} aria-pressed={each === language} onClick={() => setLanguage(each)}>
            {dictionaries[each].languageName}
          </button>
        ))}
      </nav>
    </main>
  );
}

export function Note({ children }: { children: ReactNode }) {
  return (
    <p className={styles.note} role="status">
      {children}
    </p>
  );
}
