import { useCallback, useMemo, useState } from "react";
import { Link } from "react-router";
import { fullTime } from "../../../chat/days";
import { useWords } from "../../../words/useWords";
import { usePages } from "../../api/usePages";
import { conversationPath } from "../../paths";
import { useServices } from "../../services";
import { PagesState } from "../../settings/PagesState";
import table from "../../settings/Table.module.css";
import campaigns from "../Campaigns.module.css";
import { outcomes, type Outcome, type Recipient, type Report } from "../campaignShapes";
import { campaignsKey } from "../campaignsKey";
import { Why } from "../Why";
import styles from "./Report.module.css";

const tones: Partial<Record<Outcome, string>> = { failed: "failure", delivered: "good", read: "good", replied: "good" };

/** Everybody of the audience, each with what has become of their message. */
export function Recipients({ report }: { report: Report }) {
  const { words } = useWords();
  const { api } = useServices();
  const [outcome, setOutcome] = useState("");
  const [reason, setReason] = useState("");
  const { id } = report.campaign;
  const texts = words.campaigns;
  const filter = useMemo(() => ({ outcome, class: reason }), [outcome, reason]);
  const fetchPage = useCallback((cursor: string | null, signal?: AbortSignal) => api.campaigns.recipients(id, filter, cursor, signal), [api, id, filter]);
  const moved = outcome === "" ? report.people : report.outcomes[outcome as Outcome];
  const list = usePages(
    useMemo(() => [...campaignsKey, "recipients", id, filter, moved], [id, filter, moved]),
    fetchPage,
    { keep: true },
  );
  const reasons = outcome === "failed" ? report.failures : outcome === "skipped" ? report.skips : [];
  return (
    <section className={styles.section} aria-label={texts.recipients}>
      <h3>{texts.recipients}</h3>
      <div className={campaigns.filters} role="search">
        <select
          aria-label={texts.outcome}
          data-active={outcome !== ""}
          value={outcome}
          onChange={(event) => {
            setOutcome(event.target.value);
            setReason("");
          }}
        >
          <option value="">{texts.anyOutcome}</option>
          {outcomes.map((each) => (
            <option key={each} value={each}>
              {texts.outcomes[each]}
            </option>
          ))}
        </select>
        {reasons.length > 0 && (
          <select aria-label={texts.reason} data-active={reason !== ""} value={reason} onChange={(event) => setReason(event.target.value)}>
            <option value="">{texts.anyReason}</option>
            {reasons.map((each) => (
              <option key={each.class} value={each.class}>
                {texts.classes[each.class] ?? each.words}
              </option>
            ))}
          </select>
        )}
      </div>
      <PagesState list={list} empty={texts.noRecipients}>
        {(found) => <RecipientTable recipients={found} />}
      </PagesState>
    </section>
  );
}

function RecipientTable({ recipients }: { recipients: readonly Recipient[] }) {
  const { words, language } = useWords();
  const texts = words.campaigns;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{texts.person}</th>
          <th scope="col">{texts.outcome}</th>
          <th scope="col">{texts.reason}</th>
          <th scope="col">{texts.when}</th>
        </tr>
      </thead>
      <tbody>
        {recipients.map((one) => (
          <tr key={one.id}>
            <td className={table.name}>
              {one.conversation_id === null ? (
                <span className={campaigns.named}>{one.name ?? one.phone ?? texts.unnamed}</span>
              ) : (
                <Link className={campaigns.link ?? ""} to={conversationPath(one.conversation_id)}>
                  {one.name ?? one.phone ?? texts.unnamed}
                </Link>
              )}
              {one.name !== null && one.phone !== null && <span className={campaigns.quiet}> {one.phone}</span>}
            </td>
            <td className={styles.outcome} data-tone={tones[one.outcome]}>
              {texts.outcomes[one.outcome]}
            </td>
            <td className={`${table.quiet} ${styles.reason}`}>
              <Why one={one} />
            </td>
            <td className={`${table.quiet} ${table.nowrap}`}>{one.outcome === "queued" ? "" : fullTime(one.sent_at ?? one.updated_at, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
