import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";

const nearEndPx = 80;

interface StickToEnd {
  scroller: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  jumpToEnd: () => void;
  onScroll: () => void;
}

/**
 * Keeps a thread at its newest message while the reader is there, and keeps the reader's place when
 * older messages are put in front.
 */
export function useStickToEnd(thread: string, firstId: string | undefined, lastId: string | undefined): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const sticking = useRef(true);
  const height = useRef(0);
  const seen = useRef<{ thread: string; firstId: string | undefined; height: number }>({
    thread: "",
    firstId: undefined,
    height: 0,
  });

  const jumpToEnd = useCallback(() => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
    sticking.current = true;
    setAtEnd(true);
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const wasResized = box.clientHeight !== height.current;
    height.current = box.clientHeight;
    if (wasResized && sticking.current) {
      box.scrollTop = box.scrollHeight; // nobody has scrolled: the pane has changed its height
      return;
    }
    sticking.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPx;
    setAtEnd(sticking.current);
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const before = seen.current;
    if (before.thread !== thread) sticking.current = true;
    if (sticking.current) {
      box.scrollTop = box.scrollHeight;
    } else if (before.firstId !== firstId && before.height > 0) {
      box.scrollTop += box.scrollHeight - before.height;
    }
    seen.current = { thread, firstId, height: box.scrollHeight };
  }, [thread, firstId, lastId]);

  // Keyboards, folding panes and late fonts change the height without a new message.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      height.current = box.clientHeight;
      if (sticking.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    for (const child of box.children) observer.observe(child);
    return () => observer.disconnect();
  }, [thread, firstId, lastId]); // the box comes with the first messages

  return { scroller, atEnd, jumpToEnd, onScroll };
}
