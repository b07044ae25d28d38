import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { useMay } from "../../api/me";
import { Button } from "../../../design/Button";
import { useMedia } from "../../../design/useMedia";
import { useWords } from "../../../words/useWords";
import { useServices } from "../../services";
import { Canvas, type Adding } from "../canvas/Canvas";
import { QuickAdd } from "../canvas/QuickAdd";
import { StepPalette } from "../canvas/StepPalette";
import type { Size } from "../canvas/tidy";
import type { Marks } from "../canvas/views";
import { FindingsPanel } from "../findings/FindingsPanel";
import type { FlowOpened } from "../flowShapes";
import { activityKey } from "../flowsKey";
import { HistoryPanel } from "../history/HistoryPanel";
import { PublishDialog } from "../history/PublishDialog";
import { Inspector } from "../inspector/Inspector";
import { fieldsPart, waysPart } from "../inspector/parts";
import { withPlaces } from "../model/graph";
import { completed } from "../model/storedFlow";
import { RunsPanel } from "../runs/RunsPanel";
import { SimulatorPanel } from "../simulator/SimulatorPanel";
import { ConflictBar } from "./ConflictBar";
import { EditorBar, type SidePanel } from "./EditorBar";
import styles from "./FlowEditor.module.css";
import { Shortcuts } from "./Shortcuts";
import { useDraftKeeper } from "./useDraftKeeper";
import { useEditing } from "./useEditing";
import { useFindings } from "./useFindings";
import { useFlowHistory } from "./useFlowHistory";
import { useShortcuts } from "./useShortcuts";

interface FlowEditorProps {
  opened: FlowOpened;
  onReopen: () => void;
}

const nothing: ReadonlySet<string> = new Set();
const noPath: Marks["path"] = new Map();

export function FlowEditor({ opened, onReopen }: FlowEditorProps) {
  const { words, language } = useWords();
  const { api } = useServices();
  const may = useMay();
  const wide = useMedia("(min-width: 900px)");
  const readOnly = !may("flows:edit") || opened.archived;
  const [first] = useState(() => withPlaces(completed(opened.draft, opened.name, language)));
  const history = useFlowHistory(first);
  const { flow, change } = history;
  const { keeper, saving } = useDraftKeeper(opened, flow);
  const findings = useFindings(opened.id, flow);
  const [selection, setSelection] = useState(nothing);
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const [panel, setPanel] = useState<SidePanel | null>(wide ? "inspector" : null);
  const [palette, setPalette] = useState(wide);
  const [asking, setAsking] = useState<Adding | null>(null);
  const [path, setPath] = useState(noPath);
  const [dropOff, setDropOff] = useState(false);
  const side = useRef<HTMLElement>(null);
  const [dialog, setDialog] = useState<"publish" | "shortcuts" | null>(null);

  const activity = useQuery({
    queryKey: activityKey(opened.id),
    queryFn: ({ signal }) => api.flows.activity(opened.id, signal),
    enabled: dropOff,
    refetchInterval: 20_000,
  });
  const counted = dropOff ? (activity.data?.nodes ?? null) : null;
  const marks = useMemo<Marks>(() => ({ findings: findings.byNode, activity: counted, path }), [findings.byNode, counted, path]);
  const editing = useEditing({ history, selection, select: setSelection, sizes });
  const toggle = useCallback((which: SidePanel) => setPanel((open) => (open === which ? null : which)), []);
  const open = useCallback((id: string) => {
    setSelection(new Set([id]));
    setPanel("inspector");
  }, []);
  const goTo = useCallback(
    (id: string) => {
      editing.goTo(id);
      if (wide) setPanel("inspector");
    },
    [editing, wide],
  );

  const chosen = selection.size === 1 ? [...selection][0] : undefined;
  /** Opens the chosen step and goes to the first control of a part of it. */
  const inspect = useCallback((part: string) => {
    setPanel("inspector");
    requestAnimationFrame(() => side.current?.querySelector<HTMLElement>(`${part} :is(input, select, textarea, button)`)?.focus());
  }, []);

  const pick = (type: string) => {
    const adding = asking;
    setAsking(null);
    if (!wide) setPalette(false);
    const added = editing.add(type, adding?.from ? adding : undefined);
    if (wide) setPanel("inspector");
    if (adding) editing.focus(added);
  };
  const addAt = useCallback((type: string, adding: Adding) => {
    editing.add(type, adding);
    setPanel("inspector");
  }, [editing]);
  const actions = useMemo(
    () => ({
      editing,
      history,
      readOnly,
      quickAdd: () => setAsking({ at: { x: 0, y: 0 }, screen: { x: window.innerWidth / 2 - 120, y: window.innerHeight / 3 } }),
      inspect: () => inspect(fieldsPart),
      connect: () => inspect(waysPart),
      simulate: () => {
        if (may("flows:edit")) toggle("simulator");
      },
      help: () => setDialog("shortcuts"),
      leave: () => {
        if (editing.letGo()) return;
        const active = document.activeElement;
        const written = active?.closest<HTMLElement>("textarea") && active.closest<HTMLElement>(".react-flow__node");
        if (written) written.focus();
        else if (chosen !== undefined && side.current?.contains(active)) editing.focus(chosen);
        else setSelection(nothing);
      },
    }),
    [chosen, editing, history, inspect, may, readOnly, toggle],
  );
  useShortcuts(actions);

  const panels: Record<SidePanel, () => React.ReactNode> = {
    inspector: () => (
      <Inspector history={history} chosen={chosen} count={selection.size} readOnly={readOnly} findings={findings} onGo={goTo} onRemove={editing.remove} onDuplicate={editing.duplicate} />
    ),
    simulator: () => <SimulatorPanel flow={flow} onPath={setPath} onGo={editing.goTo} />,
    findings: () => <FindingsPanel findings={findings} flow={flow} onGo={goTo} />,
    runs: () => <RunsPanel id={opened.id} flow={flow} onPath={setPath} onGo={editing.goTo} />,
    history: () => <HistoryPanel opened={opened} readOnly={!may("flows:publish")} keeper={keeper} onRestored={onReopen} flow={flow} />,
  };
  return (
    <div className={styles.editor} data-palette={palette && !readOnly} data-panel={panel !== null}>
      <EditorBar
        name={flow.name}
        onRename={(name) => change((now) => ({ ...now, name }), "name")}
        saving={saving}
        readOnly={readOnly}
        maySimulate={may("flows:edit")}
        mayPublish={may("flows:publish") && !opened.archived}
        mayUndo={history.mayUndo}
        mayRedo={history.mayRedo}
        findings={findings.all}
        panel={panel}
        dropOff={dropOff}
        onUndo={history.undo}
        onRedo={history.redo}
        tidying={editing.tidying}
        onTidy={() => void editing.tidy()}
        onFit={editing.fit}
        onPalette={() => setPalette(!palette)}
        onPanel={toggle}
        onDropOff={() => setDropOff(!dropOff)}
        onPublish={() => setDialog("publish")}
      />
      <ConflictBar keeper={keeper} saving={saving} flow={flow} onReopen={onReopen} />
      {palette && !readOnly && (
        <aside className={styles.palette}>
          <StepPalette
            onPick={(type) => {
              setAsking(null);
              pick(type);
            }}
            onNote={editing.addNote}
          />
        </aside>
      )}
      <section className={styles.stage} aria-label={words.flows.canvas.label}>
        <Canvas
          history={history}
          selection={selection}
          onSelect={setSelection}
          sizes={sizes}
          onSizes={setSizes}
          marks={marks}
          readOnly={readOnly}
          onAdd={addAt}
          onAsk={setAsking}
          onOpen={open}
        />
        {!wide && chosen !== undefined && panel === null && !palette && (
          <Button look="primary" className={styles.edit ?? ""} onClick={() => setPanel("inspector")}>
            {readOnly ? words.flows.canvas.look : words.flows.canvas.edit}
          </Button>
        )}
        {flow.nodes.length === 0 && !readOnly && <p className={styles.empty}>{words.flows.canvas.empty}</p>}
      </section>
      {panel !== null && (
        <aside ref={side} className={styles.panel} aria-label={words.flows.panels[panel]}>
          <button type="button" className={styles.fold} aria-label={words.common.close} onClick={() => setPanel(null)} />
          {panels[panel]()}
        </aside>
      )}
      {asking?.screen && <QuickAdd at={asking.screen} onPick={pick} onClose={() => setAsking(null)} />}
      {dialog === "shortcuts" && <Shortcuts onClose={() => setDialog(null)} />}
      {dialog === "publish" && (
        <PublishDialog
          opened={opened}
          findings={findings}
          keeper={keeper}
          onClose={() => setDialog(null)}
          onFindings={() => {
            setDialog(null);
            setPanel("findings");
          }}
          onPublished={() => setDialog(null)}
        />
      )}
    </div>
  );
}
