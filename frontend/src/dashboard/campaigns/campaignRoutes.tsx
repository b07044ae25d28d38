import { lazy, Suspense, type ReactNode } from "react";
import { Route } from "react-router";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";

const CampaignsPage = lazy(async () => ({ default: (await import("./CampaignsPage")).CampaignsPage }));
const CampaignPage = lazy(async () => ({ default: (await import("./CampaignPage")).CampaignPage }));
const NewCampaignPage = lazy(async () => ({ default: (await import("./NewCampaignPage")).NewCampaignPage }));
const ComparePage = lazy(async () => ({ default: (await import("./ComparePage")).ComparePage }));

function Loaded({ children }: { children: ReactNode }) {
  const { words } = useWords();
  return <Suspense fallback={<SkeletonRows rows={6} label={words.common.loading} />}>{children}</Suspense>;
}

const page = (one: ReactNode) => <Loaded>{one}</Loaded>;

export const campaignRoutes = (
  <Route path="campaigns">
    <Route index element={page(<CampaignsPage />)} />
    <Route path="new" element={page(<NewCampaignPage />)} />
    <Route path="show" element={page(<CampaignPage />)} />
    <Route path="compare" element={page(<ComparePage />)} />
  </Route>
);
