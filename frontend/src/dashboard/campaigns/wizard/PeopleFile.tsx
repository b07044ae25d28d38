import { useQuery } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useEffect, useState } from "react";
import { locales } from "../../../chat/days";
import { Failure } from "../../../design/Failure";
import { SelectField } from "../../../design/Field";
import { ProgressBar } from "../../../design/ProgressBar";
import { reasonOf } from "../../../words/reasonOf";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { problemText } from "../../api/useAct";
import { counted } from "../../exports/timeLeft";
import { countries } from "../../imports/countries";
import imports from "../../imports/ImportsPage.module.css";
import { uploadFile, UploadFailed } from "../../imports/uploadFile";
import { useServices } from "../../services";
import table from "../../settings/Table.module.css";
import type { Audience } from "../campaignShapes";
import styles from "./Wizard.module.css";

const readEveryMs = 1000;
const shownRows = 3;

interface PeopleFileProps {
  audience: Audience;
  /** Columns that the message is filled from. */
  needed: readonly string[];
  onChange: (part: Partial<Audience>) => void;
}

/** A file of people: a column with their numbers, and whatever fills the message. */
export function PeopleFile({ audience, needed, onChange }: PeopleFileProps) {
  const { words, language } = useWords();
  const { api } = useServices();
  const [share, setShare] = useState<number | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const texts = words.campaigns;
  const upload = audience.upload_id;
  const query = useQuery({
    queryKey: ["campaign-upload", upload],
    queryFn: ({ signal }) => api.campaigns.upload(upload ?? "", signal),
    enabled: upload !== null,
    refetchInterval: ({ state }) => (state.data?.status === "waiting" ? readEveryMs : false),
  });
  const found = query.data;
  const likely = found?.phone_column ?? null;
  const unchosen = upload !== null && audience.phone_column === null;
  useEffect(() => {
    if (unchosen && likely !== null) onChange({ phone_column: likely });
  }, [unchosen, likely, onChange]);
  // A draft outlives its file: without one, the step is not done.
  const isGone = query.error !== null && asProblem(query.error).type === "job-not-found";
  const isStale = isGone && audience.phone_column !== null;
  useEffect(() => {
    if (isStale) onChange({ phone_column: null });
  }, [isStale, onChange]);
  const take = async (file: File) => {
    setFailed(null);
    setShare(0);
    try {
      const begun = await api.campaigns.beginUpload(file.name);
      await uploadFile(begun.upload, file, setShare);
      onChange({ upload_id: begun.id, phone_column: null });
    } catch (failure) {
      setFailed(failure instanceof UploadFailed ? texts.fileFailed : problemText(asProblem(failure), words));
    } finally {
      setShare(null);
    }
  };
  const missing = found?.status === "ready" ? needed.filter((name) => !found.columns.includes(name)) : [];
  return (
    <div className={styles.group}>
      <label className={imports.drop}>
        <FileUp size={22} aria-hidden />
        <strong>{found ? texts.otherFile : texts.peopleFile}</strong>
        <span className={styles.quiet}>{texts.peopleFileLead}</span>
        <input
          type="file"
          className={styles.file}
          accept=".csv,text/csv"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) void take(file);
          }}
        />
      </label>
      {share !== null && <ProgressBar label={texts.peopleFile} done={share} total={1} text={`${Math.round(share * 100)} %`} />}
      {failed && <Failure>{failed}</Failure>}
      {isGone && <Failure>{texts.fileGone}</Failure>}
      {query.error && !isGone && <Failure>{problemText(asProblem(query.error), words)}</Failure>}
      {found?.status === "waiting" && <ProgressBar label={texts.fileReading} done={0} total={null} text={texts.fileReading} />}
      {found?.status === "failed" && <Failure>{found.reason === null ? texts.fileFailed : reasonOf(found.reason, words)}</Failure>}
      {missing.length > 0 && <Failure>{texts.columnsMissing(missing.join(", "))}</Failure>}
      {found?.status === "ready" && (
        <>
          <p>
            <strong>{found.file_name}</strong>{" "}
            <span className={styles.quiet}>
              {found.total !== null && texts.rows(counted(found.total, locales[language]))} {found.phone_column === null && texts.noPhoneColumn}
            </span>
          </p>
          <div className={styles.two}>
            <SelectField
              label={texts.phoneColumn}
              value={audience.phone_column ?? ""}
              options={[...(likely === null ? [{ value: "", label: texts.choose }] : []), ...found.columns.map((column) => ({ value: column, label: column }))]}
              onChange={(column) => onChange({ phone_column: column === "" ? null : column })}
            />
            <SelectField label={words.imports.country} value={audience.country} options={countries(language)} onChange={(country) => onChange({ country })} />
          </div>
          <table className={table.table}>
            <thead>
              <tr>
                {found.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.rows.slice(0, shownRows).map((row, number) => (
                <tr key={number}>
                  {found.columns.map((column, place) => (
                    <td key={column} className={table.quiet} data-label={column}>
                      {row[place]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}
