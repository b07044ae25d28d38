import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useWords } from "../../../words/useWords";
import { matchingKinds } from "../kinds/kinds";
import type { Point } from "../model/storedFlow";
import styles from "./QuickAdd.module.css";

interface QuickAddProps {
  /** On the screen. */
  at: Point;
  onPick: (type: string) => void;
  onClose: () => void;
}

const width = 240;
const height = 320;

/** The palette in small, where an edge was dropped or a key was pressed. */
export function QuickAdd({ at, onPick, onClose }: QuickAddProps) {
  const { words } = useWords();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const shown = matchingKinds(query, words);
  const current = Math.min(chosen, shown.length - 1);

  useEffect(() => {
    const onPointer = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener("pointerdown", onPointer, true);
    return () => document.removeEventListener("pointerdown", onPointer, true);
  }, [onClose]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [current]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const picked = shown[current];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setChosen((current + step + shown.length) % shown.length);
    } else if (event.key === "Enter" && picked) {
      event.preventDefault();
      onPick(picked.type);
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  };
  const left = Math.max(8, Math.min(at.x, window.innerWidth - width - 8));
  const top = Math.max(8, Math.min(at.y, window.innerHeight - height - 8));
  return (
    <div ref={box} className={styles.box} style={{ left, top }} role="dialog" aria-label={words.flows.palette.title} onKeyDown={onKeyDown}>
      <input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="quick-add"
        aria-activedescendant={shown[current] ? `quick-add-${shown[current].type}` : undefined}
        aria-label={words.flows.palette.search}
        placeholder={words.flows.palette.search}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosen(0);
        }}
      />
      <ul ref={list} id="quick-add" role="listbox" aria-label={words.flows.palette.title}>
        {shown.map(({ type, group, icon: Icon }, index) => (
          <li
            key={type}
            id={`quick-add-${type}`}
            role="option"
            aria-selected={index === current}
            data-group={group}
            // Moved, not merely lain under: what is found while one types comes under a hand that rests.
            onPointerMove={() => setChosen(index)}
            onClick={() => onPick(type)}
          >
            <Icon size={16} aria-hidden /> {words.flows.kinds[type]?.name ?? type}
          </li>
        ))}
      </ul>
    </div>
  );
}
