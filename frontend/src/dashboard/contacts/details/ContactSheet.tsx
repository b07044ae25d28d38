import { MessageSquareText } from "lucide-react";
import { Link } from "react-router";
import { fullTime, listTime, shortDate } from "../../../chat/days";
import { Avatar } from "../../../design/Avatar";
import { Button } from "../../../design/Button";
import { useNow } from "../../../design/useNow";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { useChannels } from "../../channels/useChannels";
import { conversationPath } from "../../paths";
import { nameOf, shownPhone } from "../contactNames";
import type { ContactPatch, ContactRecord } from "../contactShapes";
import { useContactChanges } from "../useContactChanges";
import { ContactActions } from "./ContactActions";
import styles from "./ContactDetails.module.css";
import { EditableText } from "./EditableText";
import { FieldValues } from "./FieldValues";
import { Notes } from "./Notes";
import { OptIns } from "./OptIns";
import { TagEditor } from "./TagEditor";

const plainFields = [
  { name: "name", type: "text" },
  { name: "phone", type: "tel" },
  { name: "email", type: "email" },
  { name: "language", type: "text" },
] as const;

interface ContactSheetProps {
  contact: ContactRecord;
  onMoved: (id: string | null) => void;
}

/** Everything about one person, each part edited where it stands. */
export function ContactSheet({ contact, onMoved }: ContactSheetProps) {
  const { words, language } = useWords();
  const { shown, conflict, change, forgetConflict } = useContactChanges(contact);
  const editable = useMay()("contacts:edit");
  const texts = words.contacts;
  const set = (patch: ContactPatch, label: string) => change(patch, label);
  const hints: Partial<Record<(typeof plainFields)[number]["name"], string>> = { phone: texts.phoneHint, language: texts.languageHint };
  return (
    <div className={styles.sheet}>
      <header className={styles.head}>
        <Avatar name={shown.name ?? shown.username} seed={shown.id} size="l" />
        <div className={styles.who}>
          <h2>
            {nameOf(shown, words)}
            {shown.blocked && <span className={styles.blocked}>{texts.blockedBadge}</span>}
          </h2>
          <p>
            {texts.lastSeen}: {shown.last_seen_at === null ? texts.never.toLowerCase() : <SeenAt at={shown.last_seen_at} />}
            {" · "}
            {texts.createdAt}: {shortDate(shown.created_at, language)}
          </p>
        </div>
        <ContactActions contact={shown} onMoved={onMoved} />
      </header>

      {conflict && (
        <div className={styles.conflict} role="alert">
          <p>
            <strong>{texts.conflictTitle}.</strong> {texts.conflict(conflict.label)}
          </p>
          <div className={styles.row}>
            <Button onClick={() => set(conflict.patch, conflict.label)}>{texts.conflictMine}</Button>
            <Button look="quiet" onClick={forgetConflict}>
              {texts.conflictTheirs}
            </Button>
          </div>
        </div>
      )}

      <div className={styles.columns}>
        <div className={styles.column}>
          <dl className={styles.facts}>
            {plainFields.map(({ name, type }) => (
              <div key={name}>
                <dt>{texts[name]}</dt>
                <dd>
                  <EditableText
                    label={texts[name]}
                    type={type}
                    value={shown[name] ?? ""}
                    shown={name === "phone" && shown.phone !== null ? shownPhone(shown.phone) : (shown[name] ?? "")}
                    empty={name === "phone" && shown.username !== null ? texts.phoneHidden : texts.nothing}
                    hint={hints[name]}
                    editable={editable}
                    onSave={(value) => set({ [name]: value === "" ? null : value }, texts[name])}
                  />
                </dd>
              </div>
            ))}
            {shown.username !== null && (
              <div>
                <dt>{texts.username}</dt>
                <dd className={styles.fixed}>@{shown.username}</dd>
              </div>
            )}
          </dl>
          <section className={styles.group} aria-labelledby="contact-tags">
            <h3 id="contact-tags">{texts.tags}</h3>
            <TagEditor tags={shown.tags} editable={editable} onChange={(tags) => set({ tags }, texts.tags)} />
          </section>
          <FieldValues values={shown.fields} editable={editable} onChange={(key, value, label) => set({ fields: { [key]: value } }, label)} />
        </div>
        <div className={styles.column}>
          <OptIns contact={shown} editable={editable} />
          <section className={styles.group} aria-labelledby="contact-conversations">
            <h3 id="contact-conversations">{texts.conversations}</h3>
            {shown.conversations.length === 0 && <p className={styles.quiet}>{texts.conversationsEmpty}</p>}
            <Conversations ids={shown.conversations} />
          </section>
          <Notes contactId={shown.id} editable={editable} />
        </div>
      </div>
    </div>
  );
}

function SeenAt({ at }: { at: number }) {
  const { words, language } = useWords();
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTime(at, language)}>
      {listTime(at, now, language, words)}
    </time>
  );
}

/** Named by the number they are held on; a number that is gone by its id. */
function Conversations({ ids }: { ids: readonly string[] }) {
  const { words } = useWords();
  const channels = useChannels({ enabled: ids.length > 0 });
  const names = new Map((channels.data?.items ?? []).map(({ id, name }) => [id, name]));
  return (
    <ul className={styles.links}>
      {ids.map((id) => {
        const channelId = id.split(".")[0] ?? id;
        return (
          <li key={id}>
            <Link to={conversationPath(id)}>
              <MessageSquareText size={16} aria-hidden /> {words.contacts.conversation(names.get(channelId))}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
