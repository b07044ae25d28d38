import { useWords } from "../../../words/useWords";
import styles from "../Templates.module.css";
import { ButtonList } from "./ButtonList";
import type { PartProps } from "./editing";

const types = ["QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "FLOW", "CATALOG", "MPM"] as const;

export function ButtonsPart({ draft, change, wrong }: PartProps) {
  const { words } = useWords();
  return (
    <fieldset className={styles.group}>
      <legend>{words.templates.buttons}</legend>
      <ButtonList
        buttons={draft.buttons}
        types={types}
        most={10}
        wrong={(inside) => wrong(`BUTTONS.buttons${inside}`)}
        onChange={(buttons) => change({ buttons })}
      />
    </fieldset>
  );
}
