import { lazy, Suspense } from "react";
import { Route } from "react-router";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";

// Loaded when first opened: the canvas is heavy and the inbox needs none of it.
const FlowsPage = lazy(async () => ({ default: (await import("./list/FlowsPage")).FlowsPage }));
const FlowEditorPage = lazy(async () => ({ default: (await import("./editor/FlowEditorPage")).FlowEditorPage }));

function Loading() {
  const { words } = useWords();
  return <SkeletonRows rows={6} label={words.common.loading} />;
}

export const flowRoutes = (
  <Route path="flows">
    <Route
      index
      element={
        <Suspense fallback={<Loading />}>
          <FlowsPage />
        </Suspense>
      }
    />
    <Route
      path="edit"
      element={
        <Suspense fallback={<Loading />}>
          <FlowEditorPage />
        </Suspense>
      }
    />
  </Route>
);
