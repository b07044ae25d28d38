import { useState } from "react";
import { SelectField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { usePages } from "../api/usePages";
import { ExportDialog } from "../exports/ExportDialog";
import { segmentsKey } from "../segments/useSegments";
import { useServices } from "../services";

/** Everybody, or the people of a segment, as CSV. */
export function ContactExportDialog({ segmentId, onClose }: { segmentId: string; onClose: () => void }) {
  const { words } = useWords();
  const { api } = useServices();
  const [chosen, setChosen] = useState(segmentId);
  const segments = usePages(segmentsKey, api.segments.list).items ?? [];
  const texts = words.contacts;
  return (
    <ExportDialog
      title={texts.exportListTitle}
      lead={texts.exportListLead}
      start={() => api.contacts.startExport(chosen === "" ? {} : { segmentId: chosen })}
      read={api.contacts.export}
      onClose={onClose}
    >
      <SelectField
        label={texts.segment}
        value={chosen}
        options={[{ value: "", label: texts.exportWhole }, ...segments.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={setChosen}
      />
    </ExportDialog>
  );
}
