import { useWords } from "../words/useWords";
import { Button } from "./Button";

interface DialogButtonsProps {
  /** What going on is called. */
  submit: string;
  /** For what cannot be taken back. */
  danger?: boolean;
  busy?: boolean;
  disabled?: boolean;
  onClose: () => void;
}

/** The two ways out of a dialog: not to, and to go on. */
export function DialogButtons({ submit, danger = false, busy = false, disabled = false, onClose }: DialogButtonsProps) {
  const { words } = useWords();
  return (
    <>
      <Button onClick={onClose}>{words.settings.cancel}</Button>
      <Button look={danger ? "danger" : "primary"} type="submit" busy={busy} disabled={disabled}>
        {submit}
      </Button>
    </>
  );
}
