import { Navigate, Route } from "react-router";
import { ApiKeysPage } from "./ApiKeysPage";
import { AuditPage } from "./AuditPage";
import { LettersPage } from "../letters/LettersPage";
import { UsagePage } from "../usage/UsagePage";
import { ContactFieldsPage } from "./ContactFieldsPage";
import { PeoplePage } from "./PeoplePage";
import { SecurityPage } from "./SecurityPage";
import { SettingsLayout } from "./SettingsLayout";
import { WebhooksPage } from "../webhooks/WebhooksPage";
import { WorkspacePage } from "./WorkspacePage";

export const settingsRoutes = (
  <Route path="settings" element={<SettingsLayout />}>
    <Route index element={<Navigate to="/settings/workspace" replace />} />
    <Route path="workspace" element={<WorkspacePage />} />
    <Route path="people" element={<PeoplePage />} />
    <Route path="api-keys" element={<ApiKeysPage />} />
    <Route path="webhooks" element={<WebhooksPage />} />
    <Route path="dead-letters" element={<LettersPage />} />
    <Route path="contact-fields" element={<ContactFieldsPage />} />
    <Route path="usage" element={<UsagePage />} />
    <Route path="audit" element={<AuditPage />} />
    <Route path="security" element={<SecurityPage />} />
  </Route>
);
