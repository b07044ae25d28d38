import "@xyflow/react/dist/base.css";
import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
} from "@xyflow/react";
import { useCallback, useMemo, useState, type Dispatch, type DragEvent, type SetStateAction } from "react";
import { useMedia } from "../../../design/useMedia";
import { moveNodes, startCard } from "../model/graph";
import type { Point } from "../model/storedFlow";
import type { FlowHistory } from "../editor/useFlowHistory";
import { kindOf } from "../kinds/kinds";
import { Router } from "../routing/Router";
import { BoxesContext, RouterContext } from "./boxes";
import { ChangeContext } from "./change";
import styles from "./Canvas.module.css";
import { join } from "./join";
import { NoteNode } from "./NoteNode";
import { opening } from "./opening";
import { StartNode } from "./StartNode";
import { StepNode } from "./StepNode";
import { TapHint } from "./TapHint";
import type { Size } from "./tidy";
import { useTaps } from "./useTaps";
import { Views, type EdgeView, type Marks, type NodeView } from "./views";
import { WayEdge } from "./WayEdge";

const nodeTypes = { step: StepNode, note: NoteNode, start: StartNode };
const edgeTypes = { way: WayEdge };
const nowhere: ReadonlyMap<string, Point> = new Map();
/** How wide what stands beside the canvas is. */
const besides = 620;
const snap: [number, number] = [8, 8];
/** From here on, what is out of sight is not drawn. */
const manyNodes = 120;

/** What the palette puts into a drag. */
export const draggedKind = "application/x-kabar-step";

export interface Adding {
  /** Where on the canvas. */
  at: Point;
  /** Where on the screen, when a menu is to open there. */
  screen?: Point;
  /** The exit that is to lead to it. */
  from?: { source: string; exit: string };
}

interface CanvasProps {
  history: FlowHistory;
  selection: ReadonlySet<string>;
  onSelect: Dispatch<SetStateAction<ReadonlySet<string>>>;
  sizes: ReadonlyMap<string, Size>;
  onSizes: (change: (sizes: ReadonlyMap<string, Size>) => ReadonlyMap<string, Size>) => void;
  marks: Marks;
  readOnly: boolean;
  onAdd: (type: string, adding: Adding) => void;
  /** An edge was dropped where nothing is. */
  onAsk: (adding: Adding) => void;
  onOpen: (id: string) => void;
}

export function Canvas(props: CanvasProps) {
  const { history, selection, onSelect, sizes, onSizes, marks, readOnly, onAdd, onAsk, onOpen } = props;
  const { flow, change } = history;
  const { screenToFlowPosition } = useReactFlow();
  const coarse = useMedia("(pointer: coarse)");
  const wide = useMedia("(min-width: 900px)");
  const [views] = useState(() => new Views());
  const [router] = useState(() => new Router());
  const [first] = useState(() => opening(flow, { width: window.innerWidth - (wide ? besides : 0), height: window.innerHeight }));
  const [moving, setMoving] = useState<ReadonlyMap<string, Point>>(nowhere);

  const drawn = useMemo(
    () => ({ flow, selection, moving, sizes, marks, readOnly }),
    [flow, selection, moving, sizes, marks, readOnly],
  );
  const nodes = useMemo(() => views.nodes(drawn), [views, drawn]);
  const edges = useMemo(() => views.edges(drawn), [views, drawn]);
  const boxes = useMemo(() => views.boxes({ flow, sizes }), [views, flow, sizes]);

  const onNodesChange = useCallback(
    (changes: NodeChange<NodeView>[]) => {
      const measured = changes.flatMap((each) => (each.type === "dimensions" && each.dimensions ? [[each.id, each.dimensions] as const] : []));
      if (measured.length > 0) onSizes((before) => new Map([...before, ...measured]));
      const moved = changes.flatMap((each) => (each.type === "position" && each.position ? [[each.id, each.position, each.dragging ?? false] as const] : []));
      if (moved.length > 0) {
        const places = new Map(moved.map(([id, place]) => [id, place]));
        if (moved.some(([, , dragging]) => dragging)) setMoving((before) => new Map([...before, ...places]));
        else {
          setMoving(nowhere);
          change((before) => moveNodes(before, places), "move");
        }
      }
      onSelect((before) => chosen(before, changes));
    },
    [change, onSelect, onSizes],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<EdgeView>[]) => onSelect((before) => chosen(before, changes)),
    [onSelect],
  );
  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => change((before) => join(before, source, sourceHandle ?? "default", target)),
    [change],
  );
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.isValid || state.toNode || !state.fromNode || state.fromHandle.type !== "source") return;
      const point = "changedTouches" in event ? event.changedTouches[0] : event;
      if (!point) return;
      const screen = { x: point.clientX, y: point.clientY };
      onAsk({ at: screenToFlowPosition(screen), screen, from: { source: state.fromNode.id, exit: state.fromHandle.id ?? "default" } });
    },
    [onAsk, screenToFlowPosition],
  );
  const taps = useTaps(change, onAsk);
  const onDrop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(draggedKind);
    if (type === "") return;
    event.preventDefault();
    onAdd(type, { at: screenToFlowPosition({ x: event.clientX, y: event.clientY }) });
  };
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(draggedKind)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  };
  return (
    <ChangeContext value={change}>
      <BoxesContext value={boxes}>
       <RouterContext value={router}>
        <ReactFlow
          className={styles.canvas ?? ""}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onConnect={onConnect}
          onConnectEnd={onConnectEnd}
          onNodeClick={taps.onNodeClick}
          onPaneClick={taps.onPaneClick}
          onNodeDoubleClick={(_, node) => onOpen(node.id)}
          onDrop={onDrop}
          onDragOver={onDragOver}
          isValidConnection={({ source, target }) => target !== startCard && source !== target}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          edgesReconnectable={false}
          deleteKeyCode={null}
          snapToGrid
          snapGrid={snap}
          selectionMode={SelectionMode.Partial}
          // A finger moves the canvas; a mouse selects, and moves it with the space bar, middle button or wheel.
          selectionOnDrag={!coarse}
          panOnDrag={coarse ? true : [1, 2]}
          panOnScroll={!coarse}
          connectionRadius={36}
          // A finger is never quite still: what moves less is a tap.
          connectionDragThreshold={coarse ? 8 : 3}
          connectOnClick
          onlyRenderVisibleElements={flow.nodes.length > manyNodes}
          minZoom={0.1}
          maxZoom={2}
          fitView
          fitViewOptions={first}
        >
          <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--canvas-dot)" />
          <TapHint />
          {wide && (
            <MiniMap<NodeView>
              className={styles.map ?? ""}
              pannable
              zoomable
              position="bottom-left"
              ariaLabel={null}
              nodeColor={mapColour}
              nodeBorderRadius={16}
            />
          )}
        </ReactFlow>
       </RouterContext>
      </BoxesContext>
    </ChangeContext>
  );
}

function mapColour(view: NodeView): string {
  if (view.type === "note") return "var(--note-saffron)";
  if (view.type === "start") return "var(--node-start)";
  return `var(--node-${kindOf(view.data.step.type)?.group ?? "do"})`;
}

function chosen(before: ReadonlySet<string>, changes: readonly (NodeChange<NodeView> | EdgeChange<EdgeView>)[]): ReadonlySet<string> {
  const selects = changes.filter((each) => each.type === "select");
  if (selects.length === 0) return before;
  const next = new Set(before);
  for (const { id, selected } of selects) {
    if (selected) next.add(id);
    else next.delete(id);
  }
  return next;
}
