import { useQuery } from "@tanstack/react-query";
import { FilePlus2, LayoutTemplate } from "lucide-react";
import { useState } from "react";
import { Dialog } from "../../../design/Dialog";
import { DialogButtons } from "../../../design/DialogButtons";
import { Failure } from "../../../design/Failure";
import { SelectField, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { fieldProblem, formProblem, useAct } from "../../api/useAct";
import { useBases } from "../../knowledge/useBases";
import { useServices } from "../../services";
import type { FlowShown } from "../flowShapes";
import styles from "./NewFlowDialog.module.css";

interface NewFlowDialogProps {
  onMade: (flow: FlowShown) => void;
  onClose: () => void;
}

const empty = "";
const newOne = "";

/** From nothing, or from a flow that is ready. */
export function NewFlowDialog({ onMade, onClose }: NewFlowDialogProps) {
  const { words, language } = useWords();
  const { api } = useServices();
  const texts = words.flows.list;
  const gallery = useQuery({ queryKey: ["flow-gallery"], queryFn: ({ signal }) => api.flows.gallery(signal) });
  const [name, setName] = useState("");
  const [model, setModel] = useState(empty);
  const [baseName, setBaseName] = useState("FAQ");
  const [wanted, setWanted] = useState<string | null>(null);
  const [checked, setChecked] = useState(false);
  const { bases, again } = useBases();
  const act = useAct();
  const named = name.trim() !== "";
  const asksKnowledge = gallery.data?.items.find((each) => each.name === model)?.asks_knowledge ?? false;
  const base = wanted ?? bases?.[0]?.id ?? newOne;
  const baseNamed = base !== newOne || baseName.trim() !== "";

  const baseToAsk = async (): Promise<string | null> => {
    if (!asksKnowledge) return null;
    if (base !== newOne) return base;
    const { id } = await api.knowledge.create(baseName.trim());
    setWanted(id); // should what follows fail, it is not made twice
    await again();
    return id;
  };

  const submit = () => {
    setChecked(true);
    act.forget();
    if (model === empty ? !named : asksKnowledge && !baseNamed) return;
    act.run(async () => onMade(model === empty ? await api.flows.create(name.trim()) : await api.flows.install(model, await baseToAsk())));
  };
  const said = formProblem(act.problem, ["name"], words);
  const choices = [
    { name: empty, title: texts.empty, lead: texts.emptyLead, icon: <FilePlus2 size={18} aria-hidden /> },
    ...(gallery.data?.items ?? []).map((each) => ({
      name: each.name,
      title: each.title[language] ?? each.title.en ?? each.name,
      lead: each.lead[language] ?? each.lead.en ?? "",
      icon: <LayoutTemplate size={18} aria-hidden />,
    })),
  ];
  return (
    <Dialog
      title={texts.create}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={texts.createSubmit} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">{texts.startFrom}</legend>
        {choices.map((choice) => (
          <label key={choice.name} className={styles.choice}>
            <input
              type="radio"
              name="model"
              checked={model === choice.name}
              onChange={() => setModel(choice.name)}
            />
            {choice.icon}
            <span className={styles.text}>
              <strong>{choice.title}</strong>
              <span>{choice.lead}</span>
            </span>
          </label>
        ))}
        {gallery.isPending && <p className={styles.loading}>{words.common.loading}</p>}
      </fieldset>
      {asksKnowledge && (
        <>
          <SelectField
            label={texts.answersFrom}
            hint={texts.answersFromHint}
            value={base}
            options={[...(bases ?? []).map((each) => ({ value: each.id, label: each.name })), { value: newOne, label: texts.newBase }]}
            onChange={setWanted}
          />
          {base === newOne && (
            <TextField
              label={words.knowledge.name}
              error={checked && !baseNamed ? words.knowledge.nameMissing : undefined}
              maxLength={200}
              autoComplete="off"
              value={baseName}
              onChange={setBaseName}
            />
          )}
        </>
      )}
      {model === empty && (
        <TextField
          label={texts.name}
          error={(checked && !named ? texts.nameMissing : undefined) ?? fieldProblem(act.problem, "name")}
          maxLength={100}
          autoComplete="off"
          autoFocus
          value={name}
          onChange={setName}
        />
      )}
    </Dialog>
  );
}
