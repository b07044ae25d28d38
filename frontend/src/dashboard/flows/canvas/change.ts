import { createContext } from "react";
import type { FlowHistory } from "../editor/useFlowHistory";

/** How what is on the canvas changes the flow it belongs to. */
export const ChangeContext = createContext<FlowHistory["change"]>(() => undefined);
