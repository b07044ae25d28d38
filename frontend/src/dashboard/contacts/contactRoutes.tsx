import { Route } from "react-router";
import { ImportsPage } from "../imports/ImportsPage";
import { SegmentsPage } from "../segments/SegmentsPage";
import { ContactsLayout } from "./ContactsLayout";
import { PeoplePage } from "./PeoplePage";

export const contactRoutes = (
  <Route path="contacts" element={<ContactsLayout />}>
    <Route index element={<PeoplePage />} />
    <Route path="segments" element={<SegmentsPage />} />
    <Route path="imports" element={<ImportsPage />} />
  </Route>
);
