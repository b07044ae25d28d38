import { useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { shortDate } from "../../chat/days";
import { IconButton } from "../../design/Button";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { asProblem } from "../api/problem";
import type { Invite } from "../api/shapes";
import { problemText } from "../api/useAct";
import { showAtOnce, usePages } from "../api/usePages";
import { useServices } from "../services";
import { invitesKey } from "./invitesKey";
import { PagesState } from "./PagesState";
import { roleName } from "./roles";
import styles from "./Settings.module.css";
import table from "./Table.module.css";
import { useInvite } from "./useInvite";

/** Invitations that wait to be accepted. */
export function Invites() {
  const { words, language } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const inviteAgain = useInvite();
  const list = usePages(invitesKey, api.invites);
  const texts = words.settings.people;
  const refused = (failure: unknown) => toast({ tone: "failure", text: problemText(asProblem(failure), words) });

  const revoke = async (invite: Invite) => {
    const putBack = await showAtOnce<Invite>(client, invitesKey, (items) => items.filter(({ id }) => id !== invite.id));
    try {
      await api.revokeInvite(invite.id);
    } catch (failure) {
      putBack();
      refused(failure);
      return;
    }
    // The link that went out stays dead; to undo is to send another one.
    toast({
      text: texts.revoked(invite.email),
      action: { label: texts.again, run: () => void inviteAgain(invite.email, invite.role).catch(refused) },
    });
  };
  return (
    <section className={styles.group}>
      <h3>{texts.invites}</h3>
      <PagesState list={list} empty={texts.invitesEmpty}>
        {(invites) => (
          <table className={table.table}>
            <tbody>
              {invites.map((invite) => (
                <tr key={invite.id}>
                  <td>{invite.email}</td>
                  <td className={table.quiet}>{roleName(invite.role, words)}</td>
                  <td className={table.quiet}>
                    {texts.invitedBy(invite.invited_by)}, {texts.expires(shortDate(invite.expires_at, language))}
                  </td>
                  <td className={table.end}>
                    <IconButton
                      label={texts.revokeOf(invite.email)}
                      icon={<X size={16} aria-hidden />}
                      onClick={() => void revoke(invite)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PagesState>
    </section>
  );
}
