import { X } from "lucide-react";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { useWords } from "../words/useWords";
import { Button, IconButton } from "./Button";
import { ToastContext, type Toast } from "./toast";
import styles from "./Toasts.module.css";

type Shown = Toast & { id: number };

const shownForMs = 7000;
const atMost = 3;

let counter = 0;

export function Toasts({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const drop = useCallback((id: number) => setShown((toasts) => toasts.filter((toast) => toast.id !== id)), []);
  const tell = useCallback((toast: Toast) => {
    counter += 1;
    const added = { ...toast, id: counter };
    setShown((toasts) => [...toasts, added].slice(-atMost));
  }, []);
  return (
    <ToastContext value={tell}>
      {children}
      <div className={styles.toasts} role="status">
        {shown.map((toast) => (
          <OneToast key={toast.id} toast={toast} onDrop={drop} />
        ))}
      </div>
    </ToastContext>
  );
}

function OneToast({ toast, onDrop }: { toast: Shown; onDrop: (id: number) => void }) {
  const { words } = useWords();
  const { id, text, tone, action } = toast;
  const [held, setHeld] = useState(false);

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => onDrop(id), shownForMs);
    return () => clearTimeout(timer);
  }, [held, id, onDrop]);

  return (
    <div
      className={styles.toast}
      data-tone={tone ?? "calm"}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{text}</span>
      {action && (
        <Button
          look="quiet"
          onClick={() => {
            onDrop(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={words.common.close} icon={<X size={16} aria-hidden />} onClick={() => onDrop(id)} />
    </div>
  );
}
