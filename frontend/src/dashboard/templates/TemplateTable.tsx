import { Link } from "react-router";
import { listTime } from "../../chat/days";
import { useNow } from "../../design/useNow";
import { useWords } from "../../words/useWords";
import { templatePath } from "../paths";
import table from "../settings/Table.module.css";
import styles from "./Templates.module.css";
import type { Template } from "./templateShapes";
import { TemplateStatus } from "./TemplateStatus";
import { filled } from "./variables";
import { samplesOf } from "./editor/draft";

export function TemplateTable({ templates }: { templates: Template[] }) {
  const { words, language } = useWords();
  const now = useNow();
  const texts = words.templates;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{texts.name}</th>
          <th scope="col">{texts.language}</th>
          <th scope="col">{texts.category}</th>
          <th scope="col">{texts.status}</th>
          <th scope="col">{texts.quality}</th>
          <th scope="col">{texts.changed}</th>
        </tr>
      </thead>
      <tbody>
        {templates.map((template) => (
          <tr key={template.id}>
            <td className={table.name}>
              <Link className={styles.link ?? ""} to={templatePath(template.id)}>
                {template.name}
              </Link>
              <span className={styles.excerpt}>{excerpt(template)}</span>
            </td>
            <td className={table.quiet}>{template.language}</td>
            <td className={`${table.quiet} ${table.nowrap}`}>{texts.categories[template.category] ?? template.category}</td>
            <td>
              <TemplateStatus status={template.status} />
            </td>
            <td className={table.quiet} data-low={template.quality === "RED"}>
              {template.status === "APPROVED" ? (texts.qualities[template.quality] ?? template.quality) : ""}
            </td>
            <td className={`${table.quiet} ${table.nowrap}`}>{listTime(template.updated_at, now, language, words)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function excerpt(template: Template): string {
  const body = template.components.find(({ type }) => type === "BODY");
  return body?.text ? filled(body.text, samplesOf(body, "body")).replaceAll(/\s+/g, " ") : "";
}
