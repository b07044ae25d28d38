import { BrowserRouter, Navigate, Route, Routes } from "react-router";
import { useWords } from "../words/useWords";
import { campaignRoutes } from "./campaigns/campaignRoutes";
import { channelRoutes } from "./channels/channelRoutes";
import { contactRoutes } from "./contacts/contactRoutes";
import { Frame } from "./frame/Frame";
import { NotFoundPage } from "./frame/NotFoundPage";
import { flowRoutes } from "./flows/flowRoutes";
import { InboxPage } from "./inbox/InboxPage";
import { InspectionPage } from "./inspection/InspectionPage";
import { AcceptInvitePage } from "./joining/AcceptInvitePage";
import { CreateWorkspacePage } from "./joining/CreateWorkspacePage";
import { inviteAddress, newWorkspaceAddress, resetAddress, signedInAddress, signUpAddress, useNext } from "./paths";
import { useSession } from "./services";
import { ResetPasswordPage } from "./session/ResetPasswordPage";
import { SignedInPage } from "./session/SignedInPage";
import { SignInPage } from "./session/SignInPage";
import { SignUpPage } from "./session/SignUpPage";
import { knowledgeRoutes } from "./knowledge/knowledgeRoutes";
import { settingsRoutes } from "./settings/settingsRoutes";
import { templateRoutes } from "./templates/templateRoutes";

export function App() {
  const signedIn = useSession() !== null;
  return <BrowserRouter>{signedIn ? <SignedIn /> : <SignedOut />}</BrowserRouter>;
}

function SignedOut() {
  const { words } = useWords();
  return (
    <Routes>
      <Route path={signUpAddress} element={<SignUpPage />} />
      <Route path={resetAddress} element={<ResetPasswordPage />} />
      <Route path={signedInAddress} element={<SignedInPage />} />
      <Route path={inviteAddress} element={<SignInPage note={words.account.inviteSignedOut} />} />
      {/* Signing in leaves the address alone, so that a deep link survives it. */}
      <Route path="*" element={<SignInPage />} />
    </Routes>
  );
}

function SignedIn() {
  return (
    <Routes>
      <Route path={signUpAddress} element={<GoOn />} />
      <Route path={resetAddress} element={<GoOn />} />
      <Route path={signedInAddress} element={<GoOn />} />
      <Route path={inviteAddress} element={<AcceptInvitePage />} />
      <Route path={newWorkspaceAddress} element={<CreateWorkspacePage />} />
      <Route element={<Frame />}>
        <Route index element={<Navigate to="/inbox" replace />} />
        <Route path="inbox" element={<InboxPage />} />
        <Route path="inspection" element={<InspectionPage />} />
        {contactRoutes}
        {flowRoutes}
        {campaignRoutes}
        {knowledgeRoutes}
        {templateRoutes}
        {channelRoutes}
        {settingsRoutes}
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}

function GoOn() {
  return <Navigate to={useNext()} replace />;
}
