import { BrowserRouter, Navigate, Route, Routes } from "react-router";
import { Frame } from "./frame/Frame";
import { NotFoundPage } from "./frame/NotFoundPage";
import { InboxPage } from "./inbox/InboxPage";
import { InspectionPage } from "./inspection/InspectionPage";
import { useSession } from "./services";
import { SignInPage } from "./session/SignInPage";

export function App() {
  // Signing in leaves the address alone, so that a deep link survives it.
  if (useSession() === null) return <SignInPage />;
  return (
    <BrowserRouter>
      <Routes>
        <Route element={<Frame />}>
          <Route index element={<Navigate to="/inbox" replace />} />
          <Route path="inbox" element={<InboxPage />} />
          <Route path="inspection" element={<InspectionPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </BrowserRouter>
  );
}
