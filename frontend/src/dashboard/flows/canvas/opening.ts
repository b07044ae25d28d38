/** What is in sight when a flow is opened. */
import type { FitViewOptions } from "@xyflow/react";
import { startCard } from "../model/graph";
import type { StoredFlow } from "../model/storedFlow";
import type { Size } from "./tidy";
import type { NodeView } from "./views";

/** Never so small that nothing can be read. */
export const fitting = { minZoom: 0.4, maxZoom: 1, padding: 0.08 };

const usual: Size = { width: 320, height: 220 };

/** All of it where it fits into `room`; else its beginning. */
export function opening({ nodes, start }: StoredFlow, room: Size): FitViewOptions<NodeView> {
  const xs = nodes.map(({ position }) => position?.x ?? 0);
  const ys = nodes.map(({ position }) => position?.y ?? 0);
  const width = Math.max(...xs) - Math.min(...xs) + 2 * usual.width;
  const height = Math.max(...ys) - Math.min(...ys) + usual.height;
  const fits = nodes.length === 0 || (width * fitting.minZoom <= room.width && height * fitting.minZoom <= room.height);
  return fits ? fitting : { ...fitting, nodes: [{ id: startCard }, { id: start }] };
}
