import { useState } from "react";
import { UserPlus } from "lucide-react";
import { Button } from "../../design/Button";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { InviteDialog } from "./InviteDialog";
import { Invites } from "./Invites";
import { Members } from "./Members";
import { Teams } from "../teams/Teams";
import { PageHead } from "./PageHead";
import styles from "./Settings.module.css";

export function PeoplePage() {
  const { words } = useWords();
  const may = useMay();
  const [inviting, setInviting] = useState(false);
  const manages = may("invites:manage");
  return (
    <div className={styles.page}>
      <PageHead
        title={words.settings.sections.people}
        lead={words.settings.people.lead}
        action={
          manages && (
            <Button look="primary" onClick={() => setInviting(true)}>
              <UserPlus size={16} aria-hidden /> {words.settings.people.invite}
            </Button>
          )
        }
      />
      <Members />
      <Teams />
      {manages && <Invites />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </div>
  );
}
