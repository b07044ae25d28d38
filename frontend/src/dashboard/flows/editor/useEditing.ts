/** What a person does to a flow: add, remove, copy, paste, tidy, find one's way. */
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, useMemo, useState } from "react";
import type { Adding } from "../canvas/Canvas";
import { focusNode } from "../canvas/focusNode";
import { join } from "../canvas/join";
import { fitting, opening } from "../canvas/opening";
import { usualSize as usual, type Size } from "../canvas/tidy";
import { tidyInBackground } from "../canvas/tidyInBackground";
import { exitsOf, newStep } from "../kinds/kinds";
import { newNoteId, paste, pieceFromText, pieceOf, pieceToText, isEmpty } from "../model/clipboard";
import { addNode, idsOf, moveNodes, notesOf, removeChosen, setNotes, startCard } from "../model/graph";
import { exitOf, type Point, type StoredFlow } from "../model/storedFlow";
import type { FlowHistory } from "./useFlowHistory";

const gap = 96;
const glide = { duration: 160 };

export interface Editing {
  add: (type: string, adding?: Adding) => string;
  addNote: () => void;
  remove: () => void;
  copied: () => string | null;
  pasteText: (text: string) => boolean;
  duplicate: () => void;
  selectAll: () => void;
  /** Done when everything is in its place. */
  tidy: () => Promise<void>;
  tidying: boolean;
  goTo: (id: string) => void;
  fit: () => void;
  /** Along the edges: to what comes next or what leads here. */
  walk: (forwards: boolean) => void;
  /** Moves what is chosen. */
  nudge: (by: Point) => void;
  /** Gives the keyboard to the chosen node. */
  focus: (id: string) => void;
  /** Lets go of an exit that was tapped to be connected; false when none was. */
  letGo: () => boolean;
}

interface Given {
  history: FlowHistory;
  selection: ReadonlySet<string>;
  select: (selection: ReadonlySet<string>) => void;
  sizes: ReadonlyMap<string, Size>;
}

function freeExit(flow: StoredFlow, id: string): string | undefined {
  const step = flow.nodes.find((node) => node.id === id);
  const used = new Set(flow.edges.filter(({ source }) => source === id).map(exitOf));
  return step && exitsOf(step).find((exit) => !used.has(exit));
}

export function useEditing({ history, selection, select, sizes }: Given): Editing {
  const { flow, change } = history;
  const view = useReactFlow();
  const store = useStoreApi();
  const [tidying, setTidying] = useState(false);
  const reduced = useCallback(() => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? {} : glide), []);

  const middle = useCallback((): Point => {
    const { width, height, transform } = store.getState();
    const [x, y, zoom] = transform;
    return { x: (width / 2 - x) / zoom - usual.width / 2, y: (height / 2 - y) / zoom - usual.height / 2 };
  }, [store]);

  const focus = useCallback((id: string) => focusNode(store.getState().domNode, id), [store]);

  /** Brings a place into sight, if it is not: no farther than needed, so that what led there stays in sight. */
  const reveal = useCallback(
    (at: Point) => {
      const { width, height, transform } = store.getState();
      const [x, y, zoom] = transform;
      const shift = { x: intoSight(at.x * zoom + x, usual.width * zoom, width), y: intoSight(at.y * zoom + y, usual.height * zoom, height) };
      if (shift.x !== 0 || shift.y !== 0) void view.setViewport({ x: x + shift.x, y: y + shift.y, zoom }, reduced());
    },
    [reduced, store, view],
  );

  const goTo = useCallback(
    (id: string) => {
      select(new Set([id]));
      const node = view.getNode(id);
      if (!node) return;
      const { width, height } = sizes.get(id) ?? usual;
      void view.setCenter(node.position.x + width / 2, node.position.y + height / 2, { zoom: Math.max(view.getZoom(), 0.7), ...reduced() });
    },
    [reduced, select, sizes, view],
  );

  const add = useCallback(
    (type: string, adding?: Adding) => {
      const only = selection.size === 1 ? [...selection][0] : undefined;
      const before = adding ? undefined : flow.nodes.find(({ id }) => id === only);
      const exit = before && freeExit(flow, before.id);
      const beside = before?.position && { x: before.position.x + (sizes.get(before.id) ?? usual).width + gap, y: before.position.y };
      const step = newStep(type, idsOf(flow));
      const at = adding?.at ?? (beside ? clearOf(flow, sizes, beside) : clearOf(flow, sizes, middle()));
      const from = adding?.from ?? (before && exit !== undefined ? { source: before.id, exit } : undefined);
      change((now) => {
        const grown = addNode(now, { ...step, position: from && adding ? { x: at.x, y: at.y - 18 } : at });
        return from ? join(grown, from.source, from.exit, step.id) : grown;
      });
      select(new Set([step.id]));
      reveal(at);
      return step.id;
    },
    [change, flow, middle, reveal, select, selection, sizes],
  );

  const copied = useCallback(() => {
    const piece = pieceOf(flow, selection);
    return isEmpty(piece) ? null : pieceToText(piece);
  }, [flow, selection]);

  const pasteText = useCallback(
    (text: string) => {
      const piece = pieceFromText(text);
      if (piece === null) return false;
      const at = clearOf(flow, sizes, middle());
      // Ids are made once, so that the change can be told apart from its repetition.
      const pasted = paste(flow, piece, at);
      change(() => pasted.flow);
      select(pasted.put);
      return true;
    },
    [change, flow, middle, select, sizes],
  );

  return useMemo(
    () => ({
      add,
      addNote: () => {
        const note = { id: newNoteId(), text: "", position: middle(), size: { width: 200, height: 120 }, tone: "saffron" as const };
        change((now) => setNotes(now, [...notesOf(now), note]));
        select(new Set([note.id]));
        focus(note.id);
      },
      remove: () => {
        if (selection.size === 0) return;
        change((now) => removeChosen(now, selection));
        select(new Set());
      },
      copied,
      pasteText,
      duplicate: () => {
        const text = copied();
        if (text !== null) pasteText(text);
      },
      selectAll: () => select(new Set([...flow.nodes.map(({ id }) => id), ...notesOf(flow).map(({ id }) => id)])),
      tidy: async () => {
        setTidying(true);
        const places = await tidyInBackground({ flow, sizes });
        setTidying(false);
        change((now) => moveNodes(now, places));
        const { width, height } = store.getState();
        const first = opening(moveNodes(flow, places), { width, height });
        requestAnimationFrame(() => void view.fitView({ ...first, ...reduced() }));
      },
      tidying,
      goTo,
      fit: () => void view.fitView({ ...fitting, ...reduced() }),
      walk: (forwards: boolean) => {
        const here = [...selection].find((id) => id === startCard || flow.nodes.some((node) => node.id === id));
        const next = forwards
          ? here === startCard
            ? flow.start
            : flow.edges.find(({ source }) => source === here)?.target
          : here === flow.start
            ? startCard
            : flow.edges.find(({ target }) => target === here)?.source;
        const there = next || here || flow.start || startCard;
        goTo(there);
        focus(there);
      },
      nudge: ({ x, y }: Point) => {
        const places = new Map(
          [...selection].flatMap((id): [string, Point][] => {
            const node = view.getNode(id);
            return node ? [[id, { x: node.position.x + x, y: node.position.y + y }]] : [];
          }),
        );
        if (places.size > 0) change((now) => moveNodes(now, places), "move");
      },
      focus,
      letGo: () => {
        const held = store.getState().connectionClickStartHandle !== null;
        if (held) store.setState({ connectionClickStartHandle: null });
        return held;
      },
    }),
    [add, change, copied, flow, focus, goTo, middle, pasteText, reduced, select, selection, sizes, store, tidying, view],
  );
}

/** By how much something must be moved along one axis to be wholly in sight. */
function intoSight(start: number, size: number, room: number): number {
  const least = 24;
  if (start < least) return least - start;
  return Math.min(0, Math.max(room - least - size - start, least - start));
}

/** The place wished for, or below it where there is room. */
function clearOf(flow: StoredFlow, sizes: ReadonlyMap<string, Size>, wished: Point): Point {
  const taken = flow.nodes.map(({ id, position }) => ({ ...(position ?? { x: 0, y: 0 }), ...(sizes.get(id) ?? usual) }));
  let { y } = wished;
  for (let tries = 0; tries < 40; tries += 1) {
    const top = y;
    const hit = taken.find(
      (each) =>
        wished.x < each.x + each.width + 24 && wished.x + usual.width + 24 > each.x && top < each.y + each.height + 24 && top + usual.height + 24 > each.y,
    );
    if (!hit) break;
    y = hit.y + hit.height + 32;
  }
  return { x: wished.x, y };
}
