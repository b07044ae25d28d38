import { useState } from "react";
import { Dialog } from "../../../design/Dialog";
import { DialogButtons } from "../../../design/DialogButtons";
import { Failure } from "../../../design/Failure";
import { TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { fieldProblem, formProblem, useAct } from "../../api/useAct";
import { useServices } from "../../services";
import type { OwnApp } from "../channelShapes";
import type { WayProps } from "./ways";

const digits = ["waba_id", "phone_number_id", "app_id"] as const;
const secrets = ["app_secret", "access_token"] as const;
const names = [...digits, ...secrets] as const;

/** Meta is asked whether all of it fits before anything is kept. */
export function OwnAppForm({ known, onConnected, onClose }: WayProps) {
  const { words } = useWords();
  const { api } = useServices();
  const act = useAct();
  const texts = words.channels;
  const [app, setApp] = useState<OwnApp>({
    waba_id: known?.waba_id ?? "",
    phone_number_id: known?.id ?? "",
    app_id: known?.app_id ?? "",
    app_secret: "",
    access_token: "",
  });
  const [checked, setChecked] = useState(false);
  const labels: Record<keyof OwnApp, { label: string; hint?: string }> = {
    waba_id: { label: texts.wabaId, hint: texts.digits },
    phone_number_id: { label: texts.phoneNumberId, hint: texts.digits },
    app_id: { label: texts.appId, hint: texts.digits },
    app_secret: { label: texts.appSecret, hint: texts.appSecretHint },
    access_token: { label: texts.accessToken, hint: texts.accessTokenHint },
  };
  const wrong = (name: keyof OwnApp) => {
    if (checked && app[name] === "") return texts.missing;
    return fieldProblem(act.problem, name);
  };
  const submit = () => {
    setChecked(true);
    act.forget();
    if (names.some((name) => app[name] === "")) return;
    act.run(async () => onConnected(await api.channels.connectOwnApp(app)));
  };
  const set = (name: keyof OwnApp, value: string) => setApp({ ...app, [name]: value.trim() });
  const said = formProblem(act.problem, names, words);
  return (
    <Dialog
      title={texts.ways.own_app?.name ?? texts.connect}
      lead={texts.ways.own_app?.lead ?? ""}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={act.busy ? texts.checking : texts.connect} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      {digits.map((name) => (
        <TextField
          key={name}
          {...labels[name]}
          error={wrong(name)}
          inputMode="numeric"
          autoComplete="off"
          value={app[name]}
          onChange={(value) => set(name, value.replaceAll(/\D/g, ""))}
        />
      ))}
      {secrets.map((name) => (
        <TextField key={name} {...labels[name]} error={wrong(name)} type="password" autoComplete="off" value={app[name]} onChange={(value) => set(name, value)} />
      ))}
    </Dialog>
  );
}
