const mostFrames = 60;

/**
 * Puts the keyboard's focus on a node, or into a note's text, as soon as it is drawn: one that was
 * just added has to be measured first.
 */
export function focusNode(canvas: Element | null, id: string, frames = mostFrames): void {
  const node = canvas?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  const target = node?.querySelector<HTMLElement>("textarea:not([readonly])") ?? node;
  target?.focus({ preventScroll: true });
  const isThere = target !== null && target !== undefined && document.activeElement === target;
  if (!isThere && frames > 0) requestAnimationFrame(() => focusNode(canvas, id, frames - 1));
}
