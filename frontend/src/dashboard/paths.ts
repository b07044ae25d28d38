/**
 * Ids hold dots, and a static host may take a path with a dot for a file; in the query they are safe.
 */
export const conversationParameter = "conversation";
export const entryParameter = "entry";

export function conversationPath(id: string): string {
  return `/inbox?${new URLSearchParams({ [conversationParameter]: id })}`;
}

export function entryPath(id: string): string {
  return `/inspection?${new URLSearchParams({ [entryParameter]: id })}`;
}
