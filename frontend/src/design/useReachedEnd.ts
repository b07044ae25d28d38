import { useEffect, useRef, type RefObject } from "react";

/** Calls `onReached` when the element behind the returned ref comes near the view. */
export function useReachedEnd<E extends HTMLElement>(onReached: () => void, active: boolean): RefObject<E | null> {
  const end = useRef<E>(null);
  useEffect(() => {
    const element = end.current;
    if (!active || !element || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onReached();
      },
      { rootMargin: "240px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [active, onReached]);
  return end;
}
