export const importsKey = ["imports", "list"] as const;
export const importKey = (id: string) => ["imports", "one", id] as const;
