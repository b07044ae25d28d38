import type { Plugin } from "vite";
export function phoneMock(): Plugin {
  return { name: "kabar-phone-mock" };
}
