import { createContext } from "react";
import { Router } from "../routing/Router";
import type { Box } from "../routing/route";

/** What edges run around; changes only when something rests elsewhere or in another size. */
export const BoxesContext = createContext<readonly Box[]>([]);

export const RouterContext = createContext(new Router());
