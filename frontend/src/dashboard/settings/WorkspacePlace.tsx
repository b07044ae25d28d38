import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { locales } from "../../chat/days";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { SelectField, TextField } from "../../design/Field";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { meKey, useMay } from "../api/me";
import type { WorkspaceHeader, WorkspacePlaceShape } from "../api/shapes";
import { fieldProblem, formProblem, useAct } from "../api/useAct";
import { useServices } from "../services";
import styles from "./Settings.module.css";

const languages = ["id", "en", "ar", "de", "es", "fr", "hi", "it", "ja", "ko", "ms", "nl", "pt_BR", "ru", "th", "tr", "vi", "zh_CN"];
const fields = ["time_zone", "language", "country_code"] as const;

/** Where the workspace is: what flows reckon with where a contact has told nothing else. */
export function WorkspacePlace({ workspace }: { workspace: WorkspaceHeader }) {
  const { words, language } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const act = useAct();
  const allowed = useMay()("workspace:update");
  const [place, setPlace] = useState<WorkspacePlaceShape>({
    time_zone: workspace.time_zone ?? "",
    language: workspace.language ?? "",
    country_code: workspace.country_code ?? "",
  });
  const texts = words.settings.workspace;
  const changed = Object.fromEntries(
    fields.filter((field) => place[field] !== "" && place[field] !== workspace[field]).map((field) => [field, place[field]]),
  );
  const put = (field: keyof WorkspacePlaceShape) => (value: string) => setPlace((now) => ({ ...now, [field]: value }));
  const submit = () =>
    act.run(async () => {
      await api.placeWorkspace(changed, workspace.revision);
      await client.invalidateQueries({ queryKey: meKey });
      toast({ text: texts.placed });
    });
  const said = formProblem(act.problem, [...fields], words);
  const named = new Intl.DisplayNames(locales[language], { type: "language" });
  const untold = { value: "", label: texts.untold };
  const zones = Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
  const spoken = languages.map((code) => ({ value: code, label: named.of(code.replace("_", "-")) ?? code }));
  return (
    <section className={styles.group}>
      <h3>{texts.placeTitle}</h3>
      <p className={styles.lead}>{texts.placeLead}</p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {said && <Failure>{said}</Failure>}
        <fieldset className={styles.bare} disabled={!allowed}>
          <SelectField
            label={texts.timeZone}
            value={place.time_zone}
            options={[untold, ...withChosen(zones, place.time_zone)]}
            onChange={put("time_zone")}
          />
          <SelectField
            label={texts.language}
            value={place.language}
            options={[untold, ...withChosen(spoken, place.language)]}
            onChange={put("language")}
          />
          <TextField
            label={texts.countryCode}
            hint={texts.countryCodeHint}
            error={fieldProblem(act.problem, "country_code")}
            value={place.country_code}
            inputMode="numeric"
            maxLength={4}
            onChange={put("country_code")}
          />
        </fieldset>
        {allowed && (
          <Button type="submit" busy={act.busy} disabled={Object.keys(changed).length === 0}>
            {words.settings.save}
          </Button>
        )}
      </form>
    </section>
  );
}

/** What is set is offered, though this browser may not know it. */
function withChosen(options: { value: string; label: string }[], chosen: string) {
  const known = chosen === "" || options.some((option) => option.value === chosen);
  return known ? options : [{ value: chosen, label: chosen }, ...options];
}
