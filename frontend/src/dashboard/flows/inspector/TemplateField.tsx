import { useContext } from "react";
import { Link } from "react-router";
import { useWords } from "../../../words/useWords";
import { templatePath } from "../../paths";
import { TemplatePreview } from "../../templates/TemplatePreview";
import type { Template } from "../../templates/templateShapes";
import { useTemplates } from "../../templates/useTemplates";
import type { JsonObject } from "../model/storedFlow";
import { SurroundingsContext, type FieldProps } from "./editing";
import styles from "./fields.module.css";
import { ChoiceField, PlainField } from "./SimpleFields";
import { fittedTo } from "./templateData";

interface TemplateFieldProps extends FieldProps<string> {
  readOnly: boolean;
  around: JsonObject;
  onAround: (data: JsonObject) => void;
}

/** One of the approved templates; by hand where there are none to be seen. */
export function TemplateField({ around, onAround, ...given }: TemplateFieldProps) {
  const { words } = useWords();
  const base = useContext(SurroundingsContext)?.flow.language;
  const { items } = useTemplates({ status: "APPROVED" });
  const texts = words.flows.inspector;
  if (items === undefined || items.length === 0) return <PlainField {...given} />;

  const of = (name: string | undefined) => items.filter((each) => each.name === name);
  const best = (found: readonly Template[]) =>
    found.find(({ language }) => language === around.language) ?? found.find(({ language }) => language === base) ?? found[0];
  const chosen = best(of(given.value));
  const names = [...new Set(items.map(({ name }) => name))];
  const options = [{ value: "", label: texts.choose }, ...names.map((name) => ({ value: name, label: `${name} (${of(name).map(({ language }) => language).join(", ")})` }))];
  const choose = (name: string) => {
    const found = of(name);
    const template = best(found);
    if (template) onAround(fittedTo(template, found.map(({ language }) => language), around));
    else given.onChange(name);
  };
  return (
    <>
      <ChoiceField {...given} options={options} onChange={(name) => choose(typeof name === "string" ? name : "")} />
      {chosen ? (
        <>
          <TemplatePreview components={chosen.components} />
          <Link className={styles.quiet ?? ""} to={templatePath(chosen.id)}>
            {words.templates.openTemplate}
          </Link>
        </>
      ) : (
        given.value !== "" && <p className={styles.quiet}>{words.templates.notApproved}</p>
      )}
    </>
  );
}
