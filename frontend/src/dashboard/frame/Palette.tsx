import { Building2, Languages, LogOut, Plus, Search, Settings, SunMoon } from "lucide-react";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { Avatar } from "../../design/Avatar";
import { applyTheme, storedTheme, themes } from "../../design/theme";
import { dictionaries, languages } from "../../words/language";
import { useWords } from "../../words/useWords";
import { useConversations } from "../api/lists";
import { contactName, contactNumber, searchableText } from "../inbox/contactLabel";
import { useMay, useMe } from "../api/me";
import { conversationPath, newWorkspaceAddress } from "../paths";
import { sections } from "../settings/sections";
import styles from "./Palette.module.css";
import { matchingItems, type PaletteItem } from "./paletteItems";
import { placesFor, settingsPlace } from "./places";
import { useSignOut } from "./useSignOut";
import { useSwitchWorkspace } from "./useSwitchWorkspace";

type PaletteEntry = PaletteItem & { icon: ReactNode };

function useEntries(): PaletteEntry[] {
  const { words, language, setLanguage } = useWords();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { items: conversations } = useConversations();
  const me = useMe().data;
  const may = useMay();
  const switchTo = useSwitchWorkspace();
  return useMemo(() => {
    const action = (id: string, label: string, icon: ReactNode, run: () => void): PaletteEntry => ({
      id,
      group: "actions",
      label,
      hint: null,
      searchable: label.toLowerCase(),
      icon,
      run,
    });
    const { frame, palette, settings } = words;
    return [
      ...(conversations ?? []).map(
        ({ id, contact }): PaletteEntry => ({
          id,
          group: "conversations",
          label: contactName(contact, words),
          hint: contactNumber(contact, words),
          searchable: `${contactName(contact, words).toLowerCase()} ${searchableText(contact)}`,
          icon: <Avatar name={contact.name} seed={contact.id} size="s" />,
          run: () => void navigate(conversationPath(id)),
        }),
      ),
      ...placesFor(may)
        .filter(({ to }) => to !== settingsPlace)
        .map(({ to, icon: Icon, name }) => action(to, palette.goTo(frame[name]), <Icon size={18} />, () => void navigate(to))),
      ...sections
        .filter(({ needs }) => needs === null || may(needs))
        .map(({ name, path }) =>
          action(path, palette.goTo(`${frame.settings}: ${settings.sections[name]}`), <Settings size={18} />, () =>
            void navigate(path),
          ),
        ),
      ...(me?.workspaces ?? [])
        .filter(({ id }) => id !== me?.workspace?.id)
        .map(({ id, name }) => action(`workspace-${id}`, settings.switcher.goTo(name), <Building2 size={18} />, () => switchTo(id))),
      action("new-workspace", settings.switcher.create, <Plus size={18} />, () => void navigate(newWorkspaceAddress)),
      ...languages
        .filter((each) => each !== language)
        .map((each) =>
          action(`language-${each}`, palette.switchLanguage(dictionaries[each].languageName), <Languages size={18} />, () =>
            setLanguage(each),
          ),
        ),
      ...themes
        .filter((each) => each !== storedTheme())
        .map((each) =>
          action(`theme-${each}`, palette.useTheme(frame.themes[each]), <SunMoon size={18} />, () => applyTheme(each)),
        ),
      action("sign-out", frame.signOut, <LogOut size={18} />, signOut),
    ];
  }, [conversations, language, may, me, navigate, setLanguage, signOut, switchTo, words]);
}

export function Palette({ onClose }: { onClose: () => void }) {
  const { words } = useWords();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const listId = useId();
  const entries = useEntries();
  const shown = useMemo(() => matchingItems(entries, query) as PaletteEntry[], [entries, query]);
  const current = Math.min(chosen, shown.length - 1);

  useEffect(() => {
    const box = dialog.current;
    if (box && !box.open) box.showModal();
  }, []);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [current, shown]);

  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setChosen((current + step + shown.length) % shown.length);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(shown[current]);
    }
  };

  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={words.palette.label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={styles.box} onKeyDown={onKeyDown}>
        <div className={styles.query}>
          <Search size={18} aria-hidden />
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={shown[current] ? `${listId}-${current}` : undefined}
            aria-label={words.palette.label}
            placeholder={words.palette.placeholder}
            autoFocus
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setChosen(0);
            }}
          />
        </div>
        {shown.length === 0 && <p className={styles.none}>{words.palette.none}</p>}
        <ul ref={list} id={listId} role="listbox" aria-label={words.palette.label} className={styles.list}>
          {shown.map((entry, index) => (
            <li
              key={entry.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === current}
              className={styles.item}
              data-group={shown[index - 1]?.group === entry.group ? undefined : words.palette[entry.group]}
              onPointerMove={() => setChosen(index)}
              onClick={() => run(entry)}
            >
              <span className={styles.entry}>
                <span className={styles.icon}>{entry.icon}</span>
                <span className={styles.label}>{entry.label}</span>
                {entry.hint !== null && <span className={styles.hint}>{entry.hint}</span>}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </dialog>
  );
}
