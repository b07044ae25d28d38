import { useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useEffect, useId, useState, type DragEvent } from "react";
import { Link, useNavigate } from "react-router";
import { fullTime, locales } from "../../chat/days";
import { Failure } from "../../design/Failure";
import { ProgressBar } from "../../design/ProgressBar";
import type { Words } from "../../words/english";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { problemText } from "../api/useAct";
import { asProblem } from "../api/problem";
import { usePages } from "../api/usePages";
import { importPath } from "../contacts/contactPaths";
import { counted } from "../exports/timeLeft";
import { useServices } from "../services";
import { PagesState } from "../settings/PagesState";
import table from "../settings/Table.module.css";
import { importKey, importsKey } from "./importKeys";
import styles from "./ImportsPage.module.css";
import { isOver } from "./importShapes";
import { UploadFailed, uploadFile } from "./uploadFile";

const readAgainMs = 3000;

/** Takes a file in, and shows the imports so far with how far they are. */
export function ImportList() {
  const { words, language } = useWords();
  const { api } = useServices();
  const may = useMay();
  const list = usePages(importsKey, api.imports.list);
  const texts = words.imports;
  const locale = locales[language];
  const client = useQueryClient();
  const going = list.items?.some((each) => !isOver(each) && each.status !== "ready") ?? false;
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: importsKey }), readAgainMs);
    return () => clearInterval(timer);
  }, [client, going]);
  return (
    <div className={styles.page}>
      <p className={styles.lead}>{texts.lead}</p>
      {may("contacts:import") && <DropZone />}
      <h2>{texts.earlier}</h2>
      <PagesState list={list} empty={texts.none}>
        {(imports) => (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{texts.file}</th>
                <th scope="col">{texts.state}</th>
                <th scope="col">{texts.rows}</th>
                <th scope="col">{texts.when}</th>
              </tr>
            </thead>
            <tbody>
              {imports.map(({ id, file_name: fileName, status, total, done, rejected, created_at: at }) => (
                <tr key={id}>
                  <td className={table.name}>
                    <Link className={styles.way ?? ""} to={importPath(id)}>
                      {fileName}
                    </Link>
                  </td>
                  <td>
                    {texts.statuses[status] ?? status}
                    {rejected > 0 && (
                      <span className={table.badge} data-tone="attention">
                        {counted(rejected, locale)} {texts.rejected.toLowerCase()}
                      </span>
                    )}
                  </td>
                  <td className={table.quiet}>{total === null ? "" : words.contacts.exportProgress(counted(done, locale), counted(total, locale))}</td>
                  <td className={`${table.quiet} ${table.nowrap}`}>{fullTime(at, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PagesState>
    </div>
  );
}

function complaintAbout(file: File, { imports }: Words): string | null {
  if (!/\.(csv|txt)$/i.test(file.name) && file.type !== "text/csv") return imports.notCsv;
  return file.size === 0 ? imports.emptyFile : null;
}

function DropZone() {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const navigate = useNavigate();
  const inputId = useId();
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<{ name: string; share: number } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const texts = words.imports;

  const take = async (file: File) => {
    const wrong = complaintAbout(file, words);
    setFailure(wrong);
    if (wrong !== null) return;
    setSending({ name: file.name, share: 0 });
    try {
      const { id, upload } = await api.imports.create(file.name);
      await uploadFile(upload, file, (share) => setSending({ name: file.name, share }));
      await client.invalidateQueries({ queryKey: importsKey });
      client.removeQueries({ queryKey: importKey(id) });
      void navigate(importPath(id));
    } catch (thrown) {
      setFailure(thrown instanceof UploadFailed ? texts.uploadFailed : problemText(asProblem(thrown), words));
      setSending(null);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && sending === null) void take(file);
  };
  return (
    <div
      className={styles.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {failure && <Failure>{failure}</Failure>}
      {sending ? (
        <ProgressBar
          label={texts.uploading(sending.name)}
          done={Math.round(sending.share * 100)}
          total={100}
          text={`${texts.uploading(sending.name)} · ${Math.round(sending.share * 100)} %`}
        />
      ) : (
        <>
          <FileUp size={26} strokeWidth={1.6} aria-hidden />
          <strong>{texts.drop}</strong>
          <input
            id={inputId}
            className={styles.file}
            type="file"
            accept=".csv,text/csv,.txt"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              if (file) void take(file);
            }}
          />
          <label className={styles.link} htmlFor={inputId}>
            {texts.choose}
          </label>
          <p className={styles.quiet}>{texts.dropHint}</p>
        </>
      )}
    </div>
  );
}
