export const templatesKey = ["templates"] as const;
