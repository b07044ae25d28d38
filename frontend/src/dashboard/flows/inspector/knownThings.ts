/** What a flow names by an id, and what people call it. */
import { useEffect } from "react";
import type { Page } from "../../api/shapes";
import { usePages } from "../../api/usePages";
import { campaignsKey } from "../../campaigns/campaignsKey";
import { useChannels } from "../../channels/useChannels";
import { useFieldDefinitions } from "../../contacts/useContacts";
import { useBases } from "../../knowledge/useBases";
import { segmentsKey } from "../../segments/useSegments";
import { useServices } from "../../services";
import { membersKey } from "../../settings/membersKey";
import { useTeams } from "../../teams/useTeams";
import { flowsKey } from "../flowsKey";

export interface Known {
  value: string;
  label: string;
  /** Kept for those who have it, and offered to nobody else. */
  past?: boolean;
}

export const thingKinds = ["flow", "segment", "person", "team", "contactField", "knowledge", "channel", "campaign"] as const;
export type ThingKind = (typeof thingKinds)[number];

/** All pages of a list, as a choice offers them. */
function useEvery<T>(key: readonly unknown[], fetchPage: (cursor: string | null, signal?: AbortSignal) => Promise<Page<T>>): T[] {
  const { items, hasMore, loadingMore, loadMore, problem } = usePages(key, fetchPage);
  const more = hasMore && !loadingMore && problem === null;
  useEffect(() => {
    if (more) loadMore();
  }, [more, loadMore]);
  return items ?? [];
}

function useFlows(): Known[] {
  const { api } = useServices();
  return useEvery(flowsKey, api.flows.list).map(({ id, name, archived }) => ({ value: id, label: name, past: archived }));
}

function useSegments(): Known[] {
  const { api } = useServices();
  return useEvery(segmentsKey, api.segments.list).map(({ id, name }) => ({ value: id, label: name }));
}

function usePeople(): Known[] {
  const { api } = useServices();
  return useEvery(membersKey, api.members).map(({ user_id, email }) => ({ value: user_id, label: email }));
}

function useKnownTeams(): Known[] {
  return (useTeams() ?? []).map(({ id, name }) => ({ value: id, label: name }));
}

function useContactFields(): Known[] {
  return useFieldDefinitions().map(({ key, name }) => ({ value: key, label: name }));
}

function useKnowledge(): Known[] {
  return (useBases().bases ?? []).map(({ id, name }) => ({ value: id, label: name }));
}

function useNumbers(): Known[] {
  const { data } = useChannels();
  return (data?.items ?? []).map(({ id, name, display_phone_number: phone, state }) => ({
    value: id,
    label: name === "" ? phone : `${name} (${phone})`,
    past: state === "disconnected",
  }));
}

function useCampaigns(): Known[] {
  const { api } = useServices();
  return useEvery([...campaignsKey, "list"], api.campaigns.list).map(({ id, name }) => ({ value: id, label: name }));
}

/** How each is asked for: a hook, so that only what is shown is read. */
export const knownBy: Readonly<Record<ThingKind, () => Known[]>> = {
  flow: useFlows,
  segment: useSegments,
  person: usePeople,
  team: useKnownTeams,
  contactField: useContactFields,
  knowledge: useKnowledge,
  channel: useNumbers,
  campaign: useCampaigns,
};
