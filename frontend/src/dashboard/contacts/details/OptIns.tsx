import { useQueryClient } from "@tanstack/react-query";
import { fullTime } from "../../../chat/days";
import { useToast } from "../../../design/toast";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { problemText } from "../../api/useAct";
import { useServices } from "../../services";
import { optKinds, type ContactRecord, type OptState } from "../contactShapes";
import { rememberContact, rereadContact } from "../useContacts";
import styles from "./ContactDetails.module.css";
import entry from "./EditableText.module.css";

const states: readonly OptState[] = ["in", "out", "unknown"];

function opted(contact: ContactRecord, kind: string, state: OptState): ContactRecord {
  return { ...contact, opt_ins: { ...contact.opt_ins, [kind]: { state, source: "dashboard", at: Date.now() } } };
}

/** What a person wants to get, who said so and when. */
export function OptIns({ contact, editable }: { contact: ContactRecord; editable: boolean }) {
  const { words, language } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const texts = words.contacts;
  const kinds = [...new Set([...optKinds, ...Object.keys(contact.opt_ins)])];

  const set = async (kind: string, state: OptState, undoable: boolean): Promise<void> => {
    const before = contact.opt_ins[kind]?.state ?? "unknown";
    const label = texts.optKinds[kind] ?? kind;
    rememberContact(client, opted(contact, kind, state));
    try {
      await api.contacts.setOptIn(contact.id, kind, state);
      const undo = { label: words.settings.undo, run: () => void set(kind, before, false) };
      toast({ text: texts.saved(label), ...(undoable ? { action: undo } : {}) });
    } catch (failure) {
      toast({ tone: "failure", text: problemText(asProblem(failure), words) });
    }
    await rereadContact(client, contact.id);
  };
  return (
    <section className={styles.group} aria-labelledby="contact-opt-ins">
      <h3 id="contact-opt-ins">{texts.optIns}</h3>
      <dl className={styles.facts}>
        {kinds.map((kind) => {
          const opted = contact.opt_ins[kind];
          const state = opted?.state ?? "unknown";
          const label = texts.optKinds[kind] ?? kind;
          return (
            <div key={kind}>
              <dt>{label}</dt>
              <dd>
                {editable ? (
                  <select
                    className={entry.select}
                    aria-label={label}
                    value={state}
                    onChange={(event) => void set(kind, event.target.value as OptState, true)}
                  >
                    {states.map((each) => (
                      <option key={each} value={each}>
                        {texts.optStates[each]}
                      </option>
                    ))}
                  </select>
                ) : (
                  <span className={styles.fixed}>{texts.optStates[state]}</span>
                )}
                {opted && (
                  <p className={`${styles.quiet} ${entry.hint}`}>
                    {texts.optFrom(texts.optSources[opted.source] ?? opted.source, fullTime(opted.at, language))}
                  </p>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
