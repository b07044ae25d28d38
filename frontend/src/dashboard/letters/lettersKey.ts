export const lettersKey = ["dead-letters"] as const;
/** Apart from the list: what a letter holds never changes, and may be gone when the list is read anew. */
export const letterKey = (id: string) => ["dead-letter", id] as const;
export const letterJobsKey = ["dead-letter-jobs"] as const;
