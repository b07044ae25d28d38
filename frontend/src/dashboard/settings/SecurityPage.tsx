import { useWords } from "../../words/useWords";
import { ChangePassword } from "./ChangePassword";
import { PageHead } from "./PageHead";
import { SecondFactor } from "./SecondFactor";
import styles from "./Settings.module.css";

export function SecurityPage() {
  const { words } = useWords();
  return (
    <div className={styles.page}>
      <PageHead title={words.settings.sections.security} lead={words.settings.security.lead} />
      <SecondFactor />
      <ChangePassword />
    </div>
  );
}
