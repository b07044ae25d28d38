import { useEffect, useRef, useState, type RefObject } from "react";

interface Popover<B extends HTMLElement> {
  open: boolean;
  setOpen: (open: boolean) => void;
  /** Around opener and content: a press outside closes. */
  box: RefObject<B | null>;
  /** Gets the focus back when Escape closes. */
  opener: RefObject<HTMLButtonElement | null>;
}

export function usePopover<B extends HTMLElement>(): Popover<B> {
  const [open, setOpen] = useState(false);
  const box = useRef<B>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      opener.current?.focus();
    };
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey);
    };
  }, [open]);

  return { open, setOpen, box, opener };
}
