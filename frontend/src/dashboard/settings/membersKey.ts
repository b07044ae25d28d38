export const membersKey = ["members"] as const;
