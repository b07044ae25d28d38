export const lettersKey = ["dead-letters"] as const;
export const letterJobsKey = ["dead-letter-jobs"] as const;
