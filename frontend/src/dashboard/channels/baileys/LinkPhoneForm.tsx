import { useCallback, useState } from "react";
import { Button } from "../../../design/Button";
import { Dialog } from "../../../design/Dialog";
import { Failure } from "../../../design/Failure";
import { TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { fieldProblem, formProblem, useAct } from "../../api/useAct";
import { useServices } from "../../services";
import styles from "../../templates/Templates.module.css";
import type { Channel } from "../channelShapes";
import type { WayProps } from "../connect/ways";
import { LiveCode } from "./LiveCode";
import { asPhone } from "./phone";

/** As WhatsApp Web is linked: the number, then the code, which its phone scans. */
export function LinkPhoneForm({ known, onConnected, onClose }: WayProps) {
  const { words } = useWords();
  const { api } = useServices();
  const act = useAct();
  const texts = words.linkedPhones;
  const [phone, setPhone] = useState(known?.display_phone_number ?? "");
  const [understood, setUnderstood] = useState(false);
  const [wrong, setWrong] = useState("");
  const [linking, setLinking] = useState<Channel | null>(null);

  const submit = () => {
    const asked = asPhone(phone);
    act.forget();
    setWrong(asked === null ? texts.phoneWrong : understood ? "" : texts.notUnderstood);
    if (asked !== null && understood) act.run(async () => setLinking(await api.channels.linkPhone(asked)));
  };
  const linked = useCallback(() => {
    if (linking) onConnected({ channel: { ...linking, state: "connected", reason: "" }, verify_token: null });
  }, [linking, onConnected]);
  const said = formProblem(act.problem, ["phone"], words) || (wrong === texts.notUnderstood ? wrong : "");
  return (
    <Dialog
      title={texts.title}
      lead={linking ? texts.scanLead(linking.display_phone_number) : texts.lead}
      onSubmit={submit}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.settings.cancel}</Button>
          {!linking && (
            <Button look="primary" type="submit" busy={act.busy}>
              {texts.show}
            </Button>
          )}
        </>
      }
    >
      {linking ? (
        <LiveCode channelId={linking.id} onLinked={linked} />
      ) : (
        <>
          {said && <Failure>{said}</Failure>}
          <p className={styles.attention}>{texts.risk}</p>
          <TextField
            label={texts.phone}
            hint={texts.phoneHint}
            error={fieldProblem(act.problem, "phone") ?? (wrong === texts.phoneWrong ? wrong : undefined)}
            type="tel"
            autoComplete="tel"
            value={phone}
            onChange={setPhone}
          />
          <label className={styles.check}>
            <input type="checkbox" checked={understood} onChange={(event) => setUnderstood(event.target.checked)} />
            {texts.understood}
          </label>
        </>
      )}
    </Dialog>
  );
}
