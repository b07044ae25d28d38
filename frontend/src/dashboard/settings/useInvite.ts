import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { useServices } from "../services";
import { invitesKey } from "./invitesKey";

/** Sends an invitation and says whether its letter went out. */
export function useInvite(): (email: string, role: string) => Promise<void> {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  return useCallback(
    async (email, role) => {
      const { mail_sent: mailSent } = await api.invite(email, role);
      toast(
        mailSent
          ? { text: words.settings.people.invited(email) }
          : { tone: "failure", text: words.settings.mailNotSent(email) },
      );
      await client.invalidateQueries({ queryKey: invitesKey });
    },
    [api, client, toast, words],
  );
}
