import { Plus } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { Button } from "../../../design/Button";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { NewBaseDialog } from "../../knowledge/NewBaseDialog";
import { useBases } from "../../knowledge/useBases";
import { knowledgePath } from "../../paths";
import styles from "./fields.module.css";
import { ThingField, type ReferenceProps } from "./ReferenceFields";

/** One of the knowledge bases, or a new one that is filled afterwards. */
export function KnowledgeField(props: ReferenceProps) {
  const { words } = useWords();
  const may = useMay();
  const { bases } = useBases();
  const [adding, setAdding] = useState(false);
  const chosen = bases?.find(({ id }) => id === props.value);
  return (
    <>
      <ThingField {...props} of="knowledge" />
      <div className={styles.beside}>
        {chosen && (
          <Link className={styles.quiet ?? ""} to={knowledgePath(chosen.id)}>
            {words.knowledge.open}
          </Link>
        )}
        {!props.readOnly && may("knowledge:edit") && (
          <Button look="quiet" onClick={() => setAdding(true)}>
            <Plus size={15} aria-hidden /> {words.knowledge.add}
          </Button>
        )}
      </div>
      {adding && (
        <NewBaseDialog
          onClose={() => setAdding(false)}
          onMade={(id) => {
            setAdding(false);
            props.onChange(id);
          }}
        />
      )}
    </>
  );
}
