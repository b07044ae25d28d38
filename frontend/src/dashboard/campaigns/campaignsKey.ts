export const campaignsKey = ["campaigns"] as const;
export const rateCardKey = [...campaignsKey, "rate-card"] as const;
export const campaignKey = (id: string) => [...campaignsKey, "one", id] as const;
export const reportKey = (id: string) => [...campaignsKey, "report", id] as const;
