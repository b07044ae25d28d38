import { ArrowLeft, Footprints, History, ListChecks, Maximize, PanelLeft, Plus, Redo2, Smartphone, TrendingDown, Undo2, Waypoints } from "lucide-react";
import { Link } from "react-router";
import { Button, IconButton } from "../../../design/Button";
import { useWords } from "../../../words/useWords";
import type { Finding } from "../flowShapes";
import type { Saving } from "./DraftKeeper";
import styles from "./EditorBar.module.css";

export type SidePanel = "inspector" | "simulator" | "findings" | "history" | "runs";

interface EditorBarProps {
  name: string;
  onRename: (name: string) => void;
  saving: Saving;
  readOnly: boolean;
  maySimulate: boolean;
  mayPublish: boolean;
  mayUndo: boolean;
  mayRedo: boolean;
  findings: readonly Finding[] | null;
  panel: SidePanel | null;
  dropOff: boolean;
  onUndo: () => void;
  onRedo: () => void;
  tidying: boolean;
  onTidy: () => void;
  onFit: () => void;
  onPalette: () => void;
  onPanel: (panel: SidePanel) => void;
  onDropOff: () => void;
  onPublish: () => void;
}

export function EditorBar(props: EditorBarProps) {
  const { words } = useWords();
  const texts = words.flows.bar;
  const { findings, panel, readOnly } = props;
  const errors = findings?.filter(({ level }) => level === "error").length ?? 0;
  const warnings = (findings?.length ?? 0) - errors;
  const toggle = (which: SidePanel) => ({ "aria-pressed": panel === which, onClick: () => props.onPanel(which) });
  return (
    <header className={styles.bar}>
      <Link className={styles.back ?? ""} to="/flows" aria-label={texts.back} title={texts.back}>
        <ArrowLeft size={18} aria-hidden />
      </Link>
      {readOnly ? (
        <h1 className={styles.name}>{props.name}</h1>
      ) : (
        <input
          className={styles.name}
          aria-label={texts.name}
          value={props.name}
          maxLength={100}
          onChange={(event) => props.onRename(event.target.value)}
        />
      )}
      <span className={styles.state} role="status">
        {readOnly ? texts.readOnly : props.tidying ? texts.tidying : texts.saving[props.saving.state]}
      </span>
      <div className={styles.tools}>
        {!readOnly && (
          <>
            <IconButton className={styles.narrowOnly ?? ""} label={words.flows.palette.title} icon={<Plus size={18} aria-hidden />} onClick={props.onPalette} />
            <IconButton className={styles.wideOnly ?? ""} label={texts.palette} icon={<PanelLeft size={18} aria-hidden />} onClick={props.onPalette} />
            <IconButton label={texts.undo} icon={<Undo2 size={18} aria-hidden />} disabled={!props.mayUndo} onClick={props.onUndo} />
            <IconButton label={texts.redo} icon={<Redo2 size={18} aria-hidden />} disabled={!props.mayRedo} onClick={props.onRedo} />
            <IconButton label={texts.tidy} icon={<Waypoints size={18} aria-hidden />} disabled={props.tidying} onClick={props.onTidy} />
          </>
        )}
        <IconButton className={styles.wideOnly ?? ""} label={texts.fit} icon={<Maximize size={18} aria-hidden />} onClick={props.onFit} />
        <IconButton
          label={texts.dropOff}
          icon={<TrendingDown size={18} aria-hidden />}
          aria-pressed={props.dropOff}
          onClick={props.onDropOff}
        />
        <IconButton label={texts.runs} icon={<Footprints size={18} aria-hidden />} {...toggle("runs")} />
        <IconButton label={texts.history} icon={<History size={18} aria-hidden />} {...toggle("history")} />
      </div>
      <button
        type="button"
        className={styles.findings}
        data-level={errors > 0 ? "error" : warnings > 0 ? "warning" : "good"}
        {...toggle("findings")}
      >
        <ListChecks size={16} aria-hidden />
        {findings === null ? texts.checking : findings.length === 0 ? texts.good : texts.findings(String(errors), String(warnings))}
      </button>
      {props.maySimulate && (
        <Button aria-label={texts.simulate} {...toggle("simulator")}>
          <Smartphone size={16} aria-hidden /> <span className={styles.word}>{texts.simulate}</span>
        </Button>
      )}
      {props.mayPublish && (
        <Button look="primary" onClick={props.onPublish}>
          {texts.publish}
        </Button>
      )}
    </header>
  );
}
