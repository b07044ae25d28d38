import { useEffect, useRef, type RefObject } from "react";

/** The margin counts only from the box that scrolls. */
function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  }
  return null;
}

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
      { root: scrollerOf(element), rootMargin: "320px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [active, onReached]);
  return end;
}
