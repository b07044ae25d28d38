import { LogOut } from "lucide-react";
import { useState } from "react";
import { Avatar } from "../../design/Avatar";
import { applyTheme, storedTheme, themes, type Theme } from "../../design/theme";
import { usePopover } from "../../design/usePopover";
import { dictionaries, languages } from "../../words/language";
import { useWords } from "../../words/useWords";
import { useSession } from "../services";
import styles from "./AccountMenu.module.css";
import { useSignOut } from "./useSignOut";

/** Who is signed in, language, appearance, and the way out. */
export function AccountMenu() {
  const { words, language, setLanguage } = useWords();
  const session = useSession();
  const signOut = useSignOut();
  const { open, setOpen, box, opener } = usePopover<HTMLDivElement>();
  const [theme, setTheme] = useState<Theme>(storedTheme);

  const email = session?.email ?? "";
  return (
    <div className={styles.box} ref={box}>
      <button
        ref={opener}
        type="button"
        className={styles.opener}
        aria-label={words.frame.account}
        aria-expanded={open}
        onClick={() => {
          setTheme(storedTheme());
          setOpen(!open);
        }}
      >
        <Avatar name={email} seed={email} size="s" />
      </button>
      {open && (
        <div className={styles.menu} role="group" aria-label={words.frame.account}>
          <p className={styles.who}>
            <span>{words.frame.signedInAs}</span>
            <strong>{email}</strong>
          </p>
          <label className={styles.setting}>
            <span>{words.frame.language}</span>
            <select value={language} onChange={(event) => setLanguage(event.target.value === "id" ? "id" : "en")}>
              {languages.map((each) => (
                <option key={each} value={each} lang={each}>
                  {dictionaries[each].languageName}
                </option>
              ))}
            </select>
          </label>
          <label className={styles.setting}>
            <span>{words.frame.theme}</span>
            <select
              value={theme}
              onChange={(event) => {
                const chosen = themes.find((each) => each === event.target.value) ?? "system";
                applyTheme(chosen);
                setTheme(chosen);
              }}
            >
              {themes.map((each) => (
                <option key={each} value={each}>
                  {words.frame.themes[each]}
                </option>
              ))}
            </select>
          </label>
          <button type="button" className={styles.out} onClick={signOut}>
            <LogOut size={16} aria-hidden /> {words.frame.signOut}
          </button>
        </div>
      )}
    </div>
  );
}
