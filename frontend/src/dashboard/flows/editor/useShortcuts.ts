import { useEffect } from "react";
import { useToast } from "../../../design/toast";
import { useWords } from "../../../words/useWords";
import type { Editing } from "./useEditing";
import type { FlowHistory } from "./useFlowHistory";

export interface ShortcutActions {
  editing: Editing;
  history: FlowHistory;
  readOnly: boolean;
  quickAdd: () => void;
  inspect: () => void;
  /** To the ways on of the chosen step. */
  connect: () => void;
  simulate: () => void;
  help: () => void;
  leave: () => void;
}

const writesText = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

/** Keys as they are written in the help: "mod" is Ctrl, or ⌘ on a Mac. */
export function keyName(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const parts = [event.ctrlKey || event.metaKey ? "mod" : "", event.altKey ? "alt" : "", event.shiftKey && key !== "?" ? "shift" : "", key];
  return parts.filter((part) => part !== "").join("+");
}

const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const;
const arrows: ReadonlySet<string> = new Set(Object.keys(directions).flatMap((key) => [key, `shift+${key}`]));
const stride = 8;
const longStride = 32;

const changes = new Set([
  ...["mod+z", "mod+shift+z", "mod+y", "mod+d", "a", "c", "t", "n", "Delete", "Backspace"],
  ...arrows,
]);

export function useShortcuts(actions: ShortcutActions): void {
  const toast = useToast();
  const { words } = useWords();
  useEffect(() => {
    const { editing, history } = actions;
    const byKey: Record<string, () => void> = {
      "mod+z": history.undo,
      "mod+shift+z": history.redo,
      "mod+y": history.redo,
      "mod+d": editing.duplicate,
      "mod+a": editing.selectAll,
      a: actions.quickAdd,
      n: editing.addNote,
      t: () => void (editing.tidying || editing.tidy()),
      f: editing.fit,
      s: actions.simulate,
      i: actions.inspect,
      Enter: actions.inspect,
      Delete: editing.remove,
      Backspace: editing.remove,
      "alt+ArrowRight": () => editing.walk(true),
      "alt+ArrowLeft": () => editing.walk(false),
      "?": actions.help,
      c: actions.connect,
      Escape: actions.leave,
      ...Object.fromEntries(
        Object.entries(directions).flatMap(([key, [x, y]]) => [
          [key, () => editing.nudge({ x: x * stride, y: y * stride })],
          [`shift+${key}`, () => editing.nudge({ x: x * longStride, y: y * longStride })],
        ]),
      ),
    };
    const onKey = (event: KeyboardEvent) => {
      const inText = writesText(event.target);
      const inDialog = event.target instanceof Element && event.target.closest("dialog, [role=dialog], [role=menu]") !== null;
      if (event.defaultPrevented || inDialog) return;
      const name = keyName(event);
      if (inText && name !== "Escape") return;
      const onButton = event.target instanceof Element && event.target.closest("button, a, summary") !== null;
      if (name === "Enter" && onButton) return;
      // Elsewhere they scroll.
      const onCanvas = event.target === document.body || (event.target instanceof Element && event.target.closest(".react-flow") !== null);
      if (arrows.has(name) && !onCanvas) return;
      const run = byKey[name];
      if (!run || (actions.readOnly && changes.has(name))) return;
      event.preventDefault();
      run();
    };
    // The canvas moves what is chosen by any arrow; those that walk are not for it.
    const onWalk = (event: KeyboardEvent) => {
      if (!keyName(event).startsWith("alt+Arrow") || writesText(event.target)) return;
      event.stopPropagation();
      onKey(event);
    };
    const onCopy = (event: ClipboardEvent) => {
      if (writesText(event.target) || String(window.getSelection()) !== "") return;
      const text = editing.copied();
      if (text === null) return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", text);
      toast({ text: words.flows.canvas.copied });
      if (event.type === "cut" && !actions.readOnly) editing.remove();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (writesText(event.target) || actions.readOnly) return;
      if (editing.pasteText(event.clipboardData?.getData("text/plain") ?? "")) event.preventDefault();
    };
    window.addEventListener("keydown", onWalk, true);
    window.addEventListener("keydown", onKey);
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("keydown", onWalk, true);
      window.removeEventListener("keydown", onKey);
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [actions, toast, words]);
}
