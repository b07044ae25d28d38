import { StickyNote } from "lucide-react";
import { useState } from "react";
import { SearchBox } from "../../../design/SearchBox";
import { useWords } from "../../../words/useWords";
import { groups, kinds, matchingKinds } from "../kinds/kinds";
import { draggedKind } from "./Canvas";
import styles from "./StepPalette.module.css";

interface StepPaletteProps {
  onPick: (type: string) => void;
  onNote: () => void;
}

/** Every kind of step: click to add, or drag to its place. */
export function StepPalette({ onPick, onNote }: StepPaletteProps) {
  const { words } = useWords();
  const [query, setQuery] = useState("");
  const texts = words.flows.palette;
  const shown = matchingKinds(query, words);
  return (
    <section className={styles.palette} aria-label={texts.title}>
      <SearchBox
        className={styles.search}
        label={texts.search}
        value={query}
        onChange={setQuery}
        onKeyDown={(event) => {
          const first = shown[0];
          if (event.key === "Enter" && first) onPick(first.type);
        }}
      />
      <div className={styles.groups}>
        {groups.map((group) => {
          const inGroup = shown.filter((kind) => kind.group === group);
          if (inGroup.length === 0) return null;
          return (
            <div key={group}>
              <h3>{words.flows.groups[group]}</h3>
              <ul>
                {inGroup.map(({ type, icon: Icon }) => (
                  <li key={type}>
                    <button
                      type="button"
                      className={styles.kind}
                      data-group={group}
                      draggable
                      title={words.flows.kinds[type]?.lead}
                      onDragStart={(event) => {
                        event.dataTransfer.setData(draggedKind, type);
                        event.dataTransfer.effectAllowed = "copy";
                      }}
                      onClick={() => onPick(type)}
                    >
                      <Icon size={16} aria-hidden />
                      <span>{words.flows.kinds[type]?.name ?? type}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
        {shown.length === 0 && <p className={styles.none}>{texts.none}</p>}
        {shown.length === kinds.length && (
          <button type="button" className={styles.kind} data-group="note" onClick={onNote}>
            <StickyNote size={16} aria-hidden />
            <span>{texts.note}</span>
          </button>
        )}
      </div>
    </section>
  );
}
