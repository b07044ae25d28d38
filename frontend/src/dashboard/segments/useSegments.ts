export const segmentsKey = ["segments"] as const;
