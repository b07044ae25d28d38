import { SelectField, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import styles from "../Templates.module.css";
import { namesIn } from "../variables";
import type { HeaderKind } from "./draft";
import type { PartProps } from "./editing";
import { SampleFile } from "./SampleFile";

const kinds: readonly HeaderKind[] = ["none", "text", "image", "video", "document", "location"];

export function HeaderPart({ draft, change, wrong }: PartProps) {
  const { words } = useWords();
  const texts = words.templates;
  const { header } = draft;
  const variable = namesIn(header.text)[0];
  return (
    <fieldset className={styles.group}>
      <legend>{texts.header}</legend>
      <SelectField
        label={texts.headerShows}
        value={header.kind}
        options={kinds.map((value) => ({ value, label: texts.headerKinds[value] ?? value }))}
        onChange={(kind) => change({ header: { ...header, kind: kind as HeaderKind, handle: "" } })}
      />
      {header.kind === "text" && (
        <div className={styles.two}>
          <TextField
            label={texts.headerText}
            error={wrong("HEADER.text")}
            maxLength={60}
            value={header.text}
            onChange={(text) => change({ header: { ...header, text } })}
          />
          {variable && (
            <TextField
              label={texts.sample(`{{${variable}}}`)}
              error={wrong("HEADER.example")}
              value={draft.headerSample}
              onChange={(headerSample) => change({ headerSample })}
            />
          )}
        </div>
      )}
      {(header.kind === "image" || header.kind === "video" || header.kind === "document") && (
        <SampleFile
          kind={header.kind}
          handle={header.handle}
          error={wrong("HEADER.example")}
          onHandle={(handle) => change({ header: { ...header, handle } })}
        />
      )}
    </fieldset>
  );
}
