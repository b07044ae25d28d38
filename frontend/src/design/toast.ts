import { createContext, useContext } from "react";

export interface Toast {
  text: string;
  tone?: "calm" | "failure";
  action?: { label: string; run: () => void };
}

export const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Says in passing what was done, with a way back where there is one. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}
