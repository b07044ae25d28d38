import { Route } from "react-router";
import { KnowledgePage } from "./KnowledgePage";

export const knowledgeRoutes = <Route path="knowledge" element={<KnowledgePage />} />;
