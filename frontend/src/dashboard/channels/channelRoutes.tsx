import { Route } from "react-router";
import { ChannelPage } from "./ChannelPage";
import { ChannelsPage } from "./ChannelsPage";

export const channelRoutes = (
  <Route path="channels">
    <Route index element={<ChannelsPage />} />
    <Route path=":channelId" element={<ChannelPage />} />
  </Route>
);
