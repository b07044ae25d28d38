import { useContext } from "react";
import { useWords } from "../../../words/useWords";
import { usePages } from "../../api/usePages";
import { useServices } from "../../services";
import { flowsKey } from "../flowsKey";
import { nameOf } from "../kinds/kinds";
import { SurroundingsContext, type FieldProps } from "./editing";
import { ChoiceField } from "./SimpleFields";

interface Fixed {
  readOnly: boolean;
}

/** Another flow of the workspace. */
export function FlowField(props: FieldProps<string> & Fixed) {
  const { words } = useWords();
  const { api } = useServices();
  const { items } = usePages(flowsKey, api.flows.list);
  const flows = (items ?? []).filter((flow) => !flow.archived || flow.id === props.value);
  const options = [{ value: "", label: words.flows.inspector.choose }, ...flows.map(({ id, name }) => ({ value: id, label: name }))];
  return <ChoiceField {...props} options={options} />;
}

/** Another step of this flow. */
export function StepField(props: FieldProps<string> & Fixed) {
  const { words } = useWords();
  const nodes = useContext(SurroundingsContext)?.flow.nodes ?? [];
  const options = [{ value: "", label: words.flows.inspector.choose }, ...nodes.map((node) => ({ value: node.id, label: `${nameOf(node, words)} (${node.id})` }))];
  return <ChoiceField {...props} options={options} />;
}
