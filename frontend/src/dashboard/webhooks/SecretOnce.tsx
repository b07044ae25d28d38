import { Button } from "../../design/Button";
import { CopyText } from "../../design/CopyText";
import { Dialog } from "../../design/Dialog";
import { useWords } from "../../words/useWords";

export function SecretOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { words } = useWords();
  return (
    <Dialog
      title={words.webhooks.secretTitle}
      lead={words.webhooks.secretLead}
      onSubmit={onClose}
      onClose={onClose}
      actions={
        <Button look="primary" type="submit">
          {words.settings.done}
        </Button>
      }
    >
      <CopyText text={secret} label={words.webhooks.copySecret} />
    </Dialog>
  );
}
