import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, UsersRound } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { locales } from "../../chat/days";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { TextField } from "../../design/Field";
import { useDebounced } from "../../design/useDebounced";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { asProblem } from "../api/problem";
import { fieldProblem, formProblem, useAct } from "../api/useAct";
import { membersPath } from "../contacts/contactPaths";
import { useFieldDefinitions } from "../contacts/useContacts";
import { counted } from "../exports/timeLeft";
import { useServices } from "../services";
import { ConfirmDialog } from "../settings/ConfirmDialog";
import { ConditionRow } from "./ConditionRow";
import { conditionAbout, unfinished, type Condition, type Filter, type Segment } from "./filters";
import styles from "./SegmentEditor.module.css";
import { segmentsKey } from "./useSegments";

const emptyFilter: Filter = { match: "all", conditions: [] };
const most = 20;

interface SegmentEditorProps {
  /** Null for a new one. */
  segment: Segment | null;
  onSaved: (id: string) => void;
  onGone: () => void;
}

export function SegmentEditor({ segment, onSaved, onGone }: SegmentEditorProps) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const editable = useMay()("contacts:edit");
  const fields = useFieldDefinitions();
  const [name, setName] = useState(segment?.name ?? "");
  const [filter, setFilter] = useState<Filter>(segment?.filter ?? emptyFilter);
  const [checked, setChecked] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const act = useAct();
  const texts = words.segments;
  const lacking = unfinished(filter, fields);
  const unchanged = segment !== null && name.trim() === segment.name && JSON.stringify(filter) === JSON.stringify(segment.filter);

  const setRow = (index: number, condition: Condition) =>
    setFilter({ ...filter, conditions: filter.conditions.map((each, at) => (at === index ? condition : each)) });
  const removeRow = (index: number) => setFilter({ ...filter, conditions: filter.conditions.filter((_, at) => at !== index) });

  const save = (revision: number | undefined) => {
    setChecked(true);
    act.forget();
    if (name.trim() === "" || lacking.length > 0) return;
    act.run(async () => {
      const saved =
        segment === null
          ? await api.segments.create(name.trim(), filter)
          : await api.segments.change(segment.id, revision ?? segment.revision, name.trim(), filter);
      toast({ text: texts.saved(saved.name) });
      await client.invalidateQueries({ queryKey: segmentsKey });
      onSaved(saved.id);
    });
  };
  const overwrite = () =>
    act.run(async () => {
      if (segment === null) return;
      const theirs = await api.segments.get(segment.id);
      await api.segments.change(segment.id, theirs.revision, name.trim(), filter);
      toast({ text: texts.saved(name.trim()) });
      await client.invalidateQueries({ queryKey: segmentsKey });
    });
  const remove = async () => {
    if (segment === null) return;
    await api.segments.remove(segment.id);
    toast({ text: texts.deleted(segment.name) });
    onGone();
    await client.invalidateQueries({ queryKey: segmentsKey });
  };
  const changed = act.problem?.kind === "changed";
  const said = formProblem(act.problem, ["name"], words);
  return (
    <form
      className={styles.editor}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(undefined);
      }}
    >
      {changed && (
        <div className={styles.changed} role="alert">
          <p>{texts.changed}</p>
          <Button onClick={overwrite}>{texts.overwrite}</Button>
        </div>
      )}
      {said && !changed && <Failure>{said}</Failure>}
      <div className={styles.name}>
        <TextField
          label={texts.name}
          error={checked && name.trim() === "" ? texts.nameMissing : fieldProblem(act.problem, "name")}
          maxLength={80}
          autoFocus={segment === null}
          disabled={!editable}
          value={name}
          onChange={setName}
        />
      </div>
      <fieldset className={styles.conditions} disabled={!editable}>
        <legend className={styles.match}>
          {texts.match}{" "}
          <select
            aria-label={texts.match}
            value={filter.match}
            onChange={(event) => setFilter({ ...filter, match: event.target.value === "any" ? "any" : "all" })}
          >
            {(["all", "any"] as const).map((match) => (
              <option key={match} value={match}>
                {texts.matches[match]}
              </option>
            ))}
          </select>
        </legend>
        {filter.conditions.length === 0 && <p className={styles.none}>{texts.noConditions}</p>}
        {filter.conditions.map((condition, index) => (
          <ConditionRow
            key={index}
            condition={condition}
            fields={fields}
            complaint={checked && lacking.includes(index) ? texts.unfinished : undefined}
            onChange={(next) => setRow(index, next)}
            onRemove={() => removeRow(index)}
          />
        ))}
        {editable && filter.conditions.length < most && (
          <Button
            look="quiet"
            className={styles.add ?? ""}
            onClick={() => setFilter({ ...filter, conditions: [...filter.conditions, conditionAbout("tag", fields)] })}
          >
            <Plus size={16} aria-hidden /> {texts.add}
          </Button>
        )}
      </fieldset>
      <LiveCount filter={{ ...filter, conditions: filter.conditions.filter((_, index) => !lacking.includes(index)) }} />
      <div className={styles.actions}>
        {editable && (
          <Button look="primary" type="submit" busy={act.busy} disabled={unchanged}>
            {segment === null ? texts.create : texts.save}
          </Button>
        )}
        {segment !== null && (
          <Link className={styles.see ?? ""} to={membersPath(segment.id)}>
            {texts.see}
          </Link>
        )}
        {segment !== null && editable && (
          <Button look="quiet" className={styles.delete ?? ""} onClick={() => setDeleting(true)}>
            {texts.delete}
          </Button>
        )}
      </div>
      {deleting && segment !== null && (
        <ConfirmDialog
          title={texts.deleteAsk(segment.name)}
          lead={texts.deleteLead}
          action={texts.delete}
          work={remove}
          onClose={() => setDeleting(false)}
        />
      )}
    </form>
  );
}

/** How many people fit what stands there now. */
function LiveCount({ filter }: { filter: Filter }) {
  const { words, language } = useWords();
  const { api } = useServices();
  const settled = useDebounced(JSON.stringify(filter), 350);
  const query = useQuery({
    queryKey: ["segment-count", settled],
    queryFn: ({ signal }) => api.segments.count(JSON.parse(settled) as Filter, signal),
    placeholderData: (before) => before,
    staleTime: 10_000,
  });
  const texts = words.segments;
  const number = query.data && counted(query.data.count, locales[language]);
  const known =
    number === undefined ? texts.counting : query.data?.count === 1 ? texts.countOne : query.data?.exact === false ? texts.about_(number) : texts.count(number);
  const problem = query.error ? asProblem(query.error) : null;
  return (
    <p className={styles.count} role="status" aria-busy={query.isFetching}>
      <UsersRound size={17} aria-hidden />
      {problem ? `${words.failures.titles[problem.kind]}.` : known}
    </p>
  );
}
