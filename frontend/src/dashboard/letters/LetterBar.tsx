import { useQueryClient } from "@tanstack/react-query";
import { RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../design/Button";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { useServices } from "../services";
import { ConfirmDialog } from "../settings/ConfirmDialog";
import { fastest, type LetterJob, type LetterSelection } from "./letterCalls";
import styles from "./Letters.module.css";
import { letterJobsKey, lettersKey } from "./lettersKey";
import { RedriveDialog } from "./RedriveDialog";

interface LetterBarProps {
  shown: readonly string[];
  chosen: ReadonlySet<string>;
  selection: LetterSelection;
  onChoose: (ids: readonly string[]) => void;
}

/** What is to become of the letters that are chosen; of all that fit, while none is. */
export function LetterBar({ shown, chosen, selection, onChoose }: LetterBarProps) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const [asked, setAsked] = useState<LetterJob["kind"] | null>(null);
  const texts = words.letters;
  const count = chosen.size === 0 ? null : chosen.size;
  const all = shown.length > 0 && shown.every((id) => chosen.has(id));

  const order = async (kind: LetterJob["kind"], perSecond: number) => {
    const which = count === null ? { selection } : { ids: [...chosen] };
    await api.letters.order(kind, { ...which, per_second: perSecond });
    onChoose([]);
    // How far it is stands at the top of the page, which may be out of sight.
    toast({ text: texts.job[kind] ?? kind });
    await Promise.all([
      client.invalidateQueries({ queryKey: letterJobsKey }),
      client.invalidateQueries({ queryKey: lettersKey }),
    ]);
  };
  return (
    <div className={styles.bar}>
      <label className={styles.choose}>
        <input
          type="checkbox"
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = count !== null && !all;
          }}
          aria-label={texts.chooseAll}
          onChange={() => onChoose(all ? [] : shown)}
        />
      </label>
      <p className={styles.chosen} aria-live="polite">
        {count === null ? texts.noneChosen : texts.chosen(count)}
      </p>
      <Button onClick={() => setAsked("redrive")}>
        <RotateCcw size={16} aria-hidden /> {count === null ? texts.redriveAll : texts.redrive}
      </Button>
      <Button look="quiet" onClick={() => setAsked("drop")}>
        <Trash2 size={16} aria-hidden /> {count === null ? texts.dropAll : texts.drop}
      </Button>
      {asked === "redrive" && (
        <RedriveDialog count={count} work={(rate) => order("redrive", rate)} onClose={() => setAsked(null)} />
      )}
      {asked === "drop" && (
        <ConfirmDialog
          title={texts.dropAsk(count)}
          lead={texts.dropLead}
          action={texts.drop}
          work={() => order("drop", fastest)}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
