import { useQueryClient } from "@tanstack/react-query";
import { UserMinus } from "lucide-react";
import { useState } from "react";
import { shortDate } from "../../chat/days";
import { Avatar } from "../../design/Avatar";
import { IconButton } from "../../design/Button";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { meKey, useMay, useMe } from "../api/me";
import { asProblem } from "../api/problem";
import type { Member } from "../api/shapes";
import { problemText } from "../api/useAct";
import { showAtOnce, usePages } from "../api/usePages";
import { useServices } from "../services";
import { ConfirmDialog } from "./ConfirmDialog";
import { membersKey } from "./membersKey";
import { PagesState } from "./PagesState";
import { owner, roleName, rolesToGive } from "./roles";
import table from "./Table.module.css";


/** Shows a new role at once; puts it back, and says why, when it is refused. */
function useSetRole(): (member: Member, role: string) => void {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const self = useMe().data?.user?.id;

  const set = async (member: Member, role: string): Promise<boolean> => {
    const putBack = await showAtOnce<Member>(client, membersKey, (items) =>
      items.map((item) => (item.user_id === member.user_id ? { ...item, role } : item)),
    );
    try {
      await api.setRole(member.user_id, role);
    } catch (failure) {
      putBack();
      toast({ tone: "failure", text: problemText(asProblem(failure), words) });
      return false;
    }
    // One's own role decides what the pages offer.
    await client.invalidateQueries({ queryKey: member.user_id === self ? meKey : membersKey });
    return true;
  };
  return (member, role) => {
    void set(member, role).then((done) => {
      if (!done) return;
      toast({
        text: words.settings.people.roleSet(member.email, roleName(role, words)),
        action: { label: words.settings.undo, run: () => void set(member, member.role) },
      });
    });
  };
}

export function Members() {
  const { words, language } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const may = useMay();
  const self = useMe().data?.user?.id;
  const list = usePages(membersKey, api.members);
  const setRole = useSetRole();
  const [removing, setRemoving] = useState<Member | null>(null);
  const texts = words.settings.people;
  const managesOwners = may("owners:manage");
  const manages = (member: Member) => may("members:manage") && (member.role !== owner || managesOwners);

  const remove = async (member: Member) => {
    await api.removeMember(member.user_id);
    toast({ text: texts.removed(member.email) });
    await client.invalidateQueries({ queryKey: membersKey });
  };
  return (
    <>
      <PagesState list={list} empty={null}>
        {(members) => (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{texts.person}</th>
                <th scope="col">{texts.role}</th>
                <th scope="col">{texts.since}</th>
                <th className={table.end} />
              </tr>
            </thead>
            <tbody>
              {members.map((member) => (
                <tr key={member.user_id}>
                  <td>
                    <span className={table.who}>
                      <Avatar name={member.email} seed={member.email} size="s" />
                      <span>
                        {member.email}
                        {member.user_id === self && <span className={table.badge}>{texts.you}</span>}
                      </span>
                    </span>
                  </td>
                  <td>
                    {manages(member) ? (
                      <select
                        className={table.select}
                        aria-label={texts.roleOf(member.email)}
                        value={member.role}
                        onChange={(event) => setRole(member, event.target.value)}
                      >
                        {rolesToGive(managesOwners).map((role) => (
                          <option key={role} value={role} title={words.settings.roleLeads[role]}>
                            {roleName(role, words)}
                          </option>
                        ))}
                      </select>
                    ) : (
                      <span className={table.fixed}>{roleName(member.role, words)}</span>
                    )}
                  </td>
                  <td className={table.quiet}>{shortDate(member.joined_at, language)}</td>
                  <td className={table.end}>
                    {manages(member) && member.user_id !== self && (
                      <IconButton
                        label={texts.removeOf(member.email)}
                        icon={<UserMinus size={16} aria-hidden />}
                        onClick={() => setRemoving(member)}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PagesState>
      {removing && (
        <ConfirmDialog
          title={texts.removeAsk(removing.email)}
          lead={texts.removeLead}
          action={texts.remove}
          work={() => remove(removing)}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  );
}
