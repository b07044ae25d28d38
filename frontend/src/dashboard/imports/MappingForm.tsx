import { useState } from "react";
import { locales } from "../../chat/days";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { SelectField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { problemText, useAct } from "../api/useAct";
import { optKinds } from "../contacts/contactShapes";
import { TagEditor } from "../contacts/details/TagEditor";
import { useFieldDefinitions } from "../contacts/useContacts";
import { counted } from "../exports/timeLeft";
import { useServices } from "../services";
import { countries } from "./countries";
import type { ImportPreview } from "./importShapes";
import styles from "./ImportsPage.module.css";
import { mappingProblem, sentMapping, startMapping, targetsFor, type Mapping } from "./mappings";

interface MappingFormProps {
  id: string;
  preview: ImportPreview;
  total: number | null;
  onStarted: () => void;
}

const sampleRows = 3;

/** What each column holds, and how the rows are taken in. */
export function MappingForm({ id, preview, total, onStarted }: MappingFormProps) {
  const { words, language } = useWords();
  const { api } = useServices();
  const fields = useFieldDefinitions();
  const [chosen, setChosen] = useState<Mapping>({});
  const [country, setCountry] = useState("ID");
  const [duplicates, setDuplicates] = useState<"update" | "skip">("update");
  const [tags, setTags] = useState<string[]>([]);
  const [optIn, setOptIn] = useState("");
  const act = useAct();
  const texts = words.imports;
  const mapping = { ...startMapping(preview, fields), ...chosen };
  const problem = mappingProblem(mapping);

  const targetName = (target: string) => {
    const field = fields.find(({ key }) => target === `field:${key}`);
    return field ? texts.targetField(field.name) : (texts.targets[target] ?? target);
  };
  const start = () =>
    act.run(async () => {
      await api.imports.start(id, {
        mapping: sentMapping(mapping),
        default_country: country,
        duplicates,
        tags,
        opt_in: optIn === "" ? null : { kind: optIn, state: "in", source: "import" },
      });
      onStarted();
    });
  const said = problem?.kind === "twice" ? texts.twice(targetName(problem.target)) : problem ? texts.needsPhone : null;
  return (
    <form
      className={styles.choices}
      style={{ gridTemplateColumns: "minmax(0, 1fr)" }}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) start();
      }}
    >
      {act.problem && <Failure>{act.problem.errors[0]?.message ?? problemText(act.problem, words)}</Failure>}
      <h2>{texts.mappingTitle}</h2>
      <div className={styles.mapping}>
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.column}</th>
              <th scope="col">{texts.sample}</th>
              <th scope="col">{texts.target}</th>
            </tr>
          </thead>
          <tbody>
            {preview.columns.map((column, at) => (
              <tr key={column} data-left-out={mapping[column] === ""}>
                <th scope="row">{column}</th>
                <td className={styles.sample}>
                  {preview.rows
                    .slice(0, sampleRows)
                    .map((row) => row[at] ?? "")
                    .filter(Boolean)
                    .join(", ")}
                </td>
                <td>
                  <select
                    aria-label={texts.targetOf(column)}
                    value={mapping[column] ?? ""}
                    onChange={(event) => setChosen({ ...chosen, [column]: event.target.value })}
                  >
                    <option value="">{texts.leaveOut}</option>
                    {targetsFor(fields).map((target) => (
                      <option key={target} value={target}>
                        {targetName(target)}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.choices}>
        <SelectField label={texts.country} value={country} options={countries(language)} onChange={setCountry} />
        <SelectField
          label={texts.duplicates}
          value={duplicates}
          options={(["update", "skip"] as const).map((each) => ({ value: each, label: texts.duplicatesOf[each] ?? each }))}
          onChange={(value) => setDuplicates(value === "skip" ? "skip" : "update")}
        />
        <SelectField
          label={texts.optIn}
          hint={texts.optInHint}
          value={optIn}
          options={[
            { value: "", label: texts.optInNone },
            ...optKinds.map((kind) => ({ value: kind, label: texts.optInAll(words.contacts.optKinds[kind] ?? kind) })),
          ]}
          onChange={setOptIn}
        />
        <div className={styles.labelled}>
          <span>{texts.tags}</span>
          <TagEditor tags={tags} editable onChange={setTags} />
        </div>
      </div>
      {said && (
        <p className={styles.report} role="status">
          {said}
        </p>
      )}
      <div className={styles.row}>
        <Button look="primary" type="submit" busy={act.busy} disabled={problem !== null}>
          {total === null ? texts.startPlain : texts.start(counted(total, locales[language]))}
        </Button>
      </div>
    </form>
  );
}
