import type { Plugin } from "vite";
export function dashboardMock(): Plugin {
  return { name: "kabar-dashboard-mock" };
}
