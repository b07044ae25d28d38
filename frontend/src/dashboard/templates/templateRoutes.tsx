import { lazy, Suspense, type ReactNode } from "react";
import { Route } from "react-router";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";

const TemplatesPage = lazy(async () => ({ default: (await import("./TemplatesPage")).TemplatesPage }));
const TemplatePage = lazy(async () => ({ default: (await import("./TemplatePage")).TemplatePage }));
const TemplateEditorPage = lazy(async () => ({ default: (await import("./editor/TemplateEditorPage")).TemplateEditorPage }));

function Loaded({ children }: { children: ReactNode }) {
  const { words } = useWords();
  return <Suspense fallback={<SkeletonRows rows={6} label={words.common.loading} />}>{children}</Suspense>;
}

const page = (one: ReactNode) => <Loaded>{one}</Loaded>;

export const templateRoutes = (
  <Route path="templates">
    <Route index element={page(<TemplatesPage />)} />
    <Route path="show" element={page(<TemplatePage />)} />
    <Route path="new" element={page(<TemplateEditorPage key="new" />)} />
    <Route path="edit" element={page(<TemplateEditorPage key="edit" edits />)} />
  </Route>
);
