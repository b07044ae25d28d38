import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { dashboardMock } from "./dev/dashboardMock.ts";

const dashboardPort = process.env.KABAR_DASHBOARD_PORT ?? "4700";

export default defineConfig(({ command, mode }) => ({
  root: fileURLToPath(new URL("src/dashboard", import.meta.url)),
  cacheDir: fileURLToPath(new URL("node_modules/.vite-dashboard", import.meta.url)),
  publicDir: fileURLToPath(new URL("public", import.meta.url)),
  logLevel: command === "build" ? "warn" : "info",
  plugins: [react(), ...(command === "serve" && mode === "mock" ? [dashboardMock()] : [])],
  server: {
    host: "127.0.0.1",
    port: 5173,
    // The running stack knows its own addresses; borrow its config.json.
    ...(mode === "mock" ? {} : { proxy: { "/config.json": `http://127.0.0.1:${dashboardPort}` } }),
  },
  build: {
    outDir: fileURLToPath(new URL("dist", import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0, // data: addresses would need a looser content security policy
  },
}));
