import { createContext } from "react";
import type { Box } from "../routing/route";

/** What edges run around; changes only when something rests elsewhere or in another size. */
export const BoxesContext = createContext<readonly Box[]>([]);
