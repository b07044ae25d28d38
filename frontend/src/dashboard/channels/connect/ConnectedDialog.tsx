import { Button } from "../../../design/Button";
import { CopyText } from "../../../design/CopyText";
import { Dialog } from "../../../design/Dialog";
import { Failure } from "../../../design/Failure";
import { reasonOf } from "../../../words/reasonOf";
import { useWords } from "../../../words/useWords";
import styles from "../../templates/Templates.module.css";
import type { Connected } from "../channelShapes";

/** What Meta says of the number; for an own app, what goes into its webhook settings. */
export function ConnectedDialog({ connected: { channel, verify_token }, onClose }: { connected: Connected; onClose: () => void }) {
  const { words } = useWords();
  const texts = words.channels;
  const well = channel.state === "connected";
  return (
    <Dialog
      title={well ? texts.connected(channel.name) : channel.name}
      onSubmit={onClose}
      onClose={onClose}
      actions={
        <Button look="primary" type="submit">
          {texts.done}
        </Button>
      }
    >
      {!well && (
        <Failure>
          {texts.connectedHeld} {reasonOf(channel.reason, words)}
        </Failure>
      )}
      {channel.display_phone_number !== channel.name && <p className={styles.note}>{channel.display_phone_number}</p>}
      {verify_token !== null && channel.webhook_url !== null && (
        <>
          <p className={styles.note}>{texts.webhookLead}</p>
          <div className={styles.main}>
            <span>{texts.webhookUrl}</span>
            <CopyText text={channel.webhook_url} label={texts.webhookUrl} />
            <span>{texts.verifyToken}</span>
            <CopyText text={verify_token} label={texts.verifyToken} />
          </div>
          <p className={styles.attention}>{texts.verifyTokenOnce}</p>
        </>
      )}
    </Dialog>
  );
}
