export const flowsKey = ["flows"] as const;
export const activityKey = (flow: string) => ["flow-activity", flow] as const;
export const runsKey = (flow: string) => ["flow-runs", flow] as const;
export const versionsKey = (flow: string) => ["flow-versions", flow] as const;
