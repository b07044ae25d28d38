import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { phoneMock } from "./dev/phoneMock.ts";

const graphPort = process.env.KABAR_GRAPH_PORT ?? "4600";

export default defineConfig(({ command, mode }) => ({
  root: fileURLToPath(new URL("src/phone", import.meta.url)),
  cacheDir: fileURLToPath(new URL("node_modules/.vite-phone", import.meta.url)),
  publicDir: fileURLToPath(new URL("public", import.meta.url)),
  base: "/phone/",
  logLevel: command === "build" ? "warn" : "info",
  plugins: [react(), ...(command === "serve" && mode === "mock" ? [phoneMock()] : [])],
  server: {
    host: "127.0.0.1",
    port: 5174,
    ...(mode === "mock" ? {} : { proxy: { "/phone/api": `http://127.0.0.1:${graphPort}` } }),
  },
  build: {
    outDir: fileURLToPath(new URL("dist-phone", import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0, // data: addresses would need a looser content security policy
  },
}));
