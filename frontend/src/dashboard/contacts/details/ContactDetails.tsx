import { ArrowLeft, UserX } from "lucide-react";
import { Notice } from "../../../design/Notice";
import { SkeletonRows } from "../../../design/Skeleton";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { ProblemNotice } from "../../frame/ProblemNotice";
import { useContact } from "../useContacts";
import styles from "./ContactDetails.module.css";
import { ContactSheet } from "./ContactSheet";

interface ContactDetailsProps {
  id: string;
  onClose: () => void;
  /** The contact is another one now, or none: it was merged or erased. */
  onMoved: (id: string | null) => void;
}

export function ContactDetails({ id, onClose, onMoved }: ContactDetailsProps) {
  const { words } = useWords();
  const query = useContact(id);
  const problem = query.error ? asProblem(query.error) : null;
  return (
    <section className={styles.details} aria-label={words.contact.title}>
      <button type="button" className={styles.back} onClick={onClose}>
        <ArrowLeft size={18} aria-hidden /> {words.contacts.back}
      </button>
      {query.data ? (
        <ContactSheet contact={query.data} onMoved={onMoved} />
      ) : problem?.kind === "not-found" ? (
        <Notice icon={<UserX size={22} aria-hidden />} title={words.contacts.missingTitle} text={words.contacts.missing} />
      ) : problem ? (
        <ProblemNotice problem={problem} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows rows={6} label={words.common.loading} />
      )}
    </section>
  );
}
