import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { asProblem } from "../api/problem";
import { problemText } from "../api/useAct";
import { useServices } from "../services";
import { inverse, patched } from "./contactPatches";
import type { ContactPatch, ContactRecord } from "./contactShapes";
import { knownContact, rememberContact, rereadContact, rereadTags } from "./useContacts";

/** A change that was not saved because somebody else's came first. */
export interface Conflict {
  patch: ContactPatch;
  label: string;
}

interface ContactChanges {
  /** The contact with everything that is being saved. */
  shown: ContactRecord;
  conflict: Conflict | null;
  change: (patch: ContactPatch, label: string) => void;
  forgetConflict: () => void;
}

/** Shows each change at once, saves one after the other, and offers the way back. */
export function useContactChanges(contact: ContactRecord): ContactChanges {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const [pending, setPending] = useState<readonly ContactPatch[]>([]);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const line = useRef(Promise.resolve());
  const { id } = contact;

  const save = async (patch: ContactPatch, label: string, undoable: boolean) => {
    const before = knownContact(client, id) ?? contact;
    try {
      const saved = await api.contacts.change(id, before.revision, patch);
      rememberContact(client, saved);
      if (patch.tags) void rereadTags(client);
      const undo = { label: words.settings.undo, run: () => begin(inverse(before, patch), label, false) };
      toast({ text: words.contacts.saved(label), ...(undoable ? { action: undo } : {}) });
    } catch (failure) {
      const problem = asProblem(failure);
      await rereadContact(client, id);
      if (problem.kind === "changed") setConflict({ patch, label });
      else toast({ tone: "failure", text: problem.errors[0]?.message ?? problemText(problem, words) });
    } finally {
      setPending((patches) => patches.filter((each) => each !== patch));
    }
  };
  const begin = (patch: ContactPatch, label: string, undoable: boolean) => {
    setPending((patches) => [...patches, patch]);
    setConflict(null);
    line.current = line.current.then(() => save(patch, label, undoable));
  };
  return {
    shown: pending.reduce(patched, contact),
    conflict,
    change: (patch, label) => begin(patch, label, true),
    forgetConflict: () => setConflict(null),
  };
}
