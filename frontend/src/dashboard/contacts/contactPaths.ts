import { useMemo } from "react";
import { useSearchParams } from "react-router";
import type { ContactQuery } from "./contactShapes";

export const peoplePath = "/contacts";
export const segmentsPath = "/contacts/segments";
export const importsPath = "/contacts/imports";
export const idParameter = "id";

/** Filters as the address has them, by their parameter. */
export const filterParameters = { tag: "tag", segmentId: "segment", optIn: "opt-in", blocked: "blocked" } as const;
export type FilterName = keyof typeof filterParameters;

export function segmentPath(id: string): string {
  return `${segmentsPath}?${new URLSearchParams({ [idParameter]: id })}`;
}

export function importPath(id: string): string {
  return `${importsPath}?${new URLSearchParams({ [idParameter]: id })}`;
}

export function membersPath(segmentId: string): string {
  return `${peoplePath}?${new URLSearchParams({ [filterParameters.segmentId]: segmentId })}`;
}

/** What the list shows: the filters of the address and what is typed. */
export function useContactQuery(search: string): ContactQuery {
  const [parameters] = useSearchParams();
  const text = parameters.toString();
  return useMemo(() => {
    const given = new URLSearchParams(text);
    const of = (name: FilterName) => given.get(filterParameters[name]) ?? "";
    return { search, tag: of("tag"), segmentId: of("segmentId"), optIn: of("optIn"), blocked: of("blocked") };
  }, [search, text]);
}
