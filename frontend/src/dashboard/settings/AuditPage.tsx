import { fullTime } from "../../chat/days";
import { useWords } from "../../words/useWords";
import { usePages } from "../api/usePages";
import { useServices } from "../services";
import { auditDetail } from "./auditDetail";
import { PageHead } from "./PageHead";
import { PagesState } from "./PagesState";
import styles from "./Settings.module.css";
import table from "./Table.module.css";

const auditKey = ["audit"] as const;

export function AuditPage() {
  const { words, language } = useWords();
  const { api } = useServices();
  const list = usePages(auditKey, api.audit);
  const texts = words.settings.audit;
  return (
    <div className={styles.page}>
      <PageHead title={words.settings.sections.audit} lead={texts.lead} />
      <PagesState list={list} empty={texts.empty}>
        {(entries) => (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{texts.what}</th>
                <th scope="col">{texts.who}</th>
                <th scope="col">{texts.when}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.id}>
                  <td>
                    {texts.actions[entry.action] ?? <code className={styles.code}>{entry.action}</code>}{" "}
                    <span className={table.quiet}>{auditDetail(entry, words)}</span>
                  </td>
                  <td className={table.quiet}>{entry.actor.name}</td>
                  <td className={`${table.quiet} ${table.nowrap}`}>
                    <time dateTime={new Date(entry.at).toISOString()}>{fullTime(entry.at, language)}</time>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PagesState>
    </div>
  );
}
