import { FileDown, SlidersHorizontal, UserPlus, UsersRound } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { Button, IconButton } from "../../design/Button";
import { SearchBox } from "../../design/SearchBox";
import { useDebounced } from "../../design/useDebounced";
import { Unpicked } from "../../design/Unpicked";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { isTyping, neighbour } from "../inbox/neighbour";
import { ContactDetails } from "./details/ContactDetails";
import { ContactExportDialog } from "./ContactExportDialog";
import { ContactFilters } from "./ContactFilters";
import { ContactList } from "./ContactList";
import { filterParameters, idParameter, useContactQuery } from "./contactPaths";
import { NewContactDialog } from "./NewContactDialog";
import styles from "./PeoplePage.module.css";
import { useContacts } from "./useContacts";

const steps: Record<string, 1 | -1> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

export function PeoplePage() {
  const { words } = useWords();
  const may = useMay();
  const [parameters, setParameters] = useSearchParams();
  const chosenId = parameters.get(idParameter) ?? undefined;
  const filtered = Object.values(filterParameters).some((name) => parameters.has(name));
  const [typed, setTyped] = useState("");
  const [filtersShown, setFiltersShown] = useState(filtered);
  const [open, setOpen] = useState<"new" | "export" | null>(null);
  const query = useContactQuery(useDebounced(typed));
  const list = useContacts(query);
  const { items } = list;

  const choose = useCallback(
    (id: string | null) =>
      setParameters((given) => {
        const next = new URLSearchParams(given);
        if (id === null) next.delete(idParameter);
        else next.set(idParameter, id);
        return next;
      }),
    [setParameters],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = steps[event.key];
      const searching = event.target instanceof HTMLInputElement && event.target.type === "search" && event.key.length > 1;
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) && !searching) return;
      const next = neighbour(items?.map(({ id }) => id) ?? [], chosenId, step);
      if (next === undefined) return;
      event.preventDefault();
      choose(next);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [choose, chosenId, items]);

  const clear = () => {
    setTyped("");
    setParameters((given) => {
      const id = given.get(idParameter);
      return id === null ? {} : { [idParameter]: id };
    });
  };
  return (
    <div className={styles.people} data-open={chosenId !== undefined}>
      <section className={styles.list} aria-label={words.contacts.title}>
        <div className={styles.tools}>
          <SearchBox className={styles.search} label={words.contacts.search} value={typed} onChange={setTyped} />
          <IconButton
            label={words.contacts.filters}
            aria-expanded={filtersShown}
            data-active={filtered}
            className={styles.tool ?? ""}
            icon={<SlidersHorizontal size={17} aria-hidden />}
            onClick={() => setFiltersShown(!filtersShown)}
          />
          {may("contacts:import") && (
            <IconButton label={words.contacts.exportList} icon={<FileDown size={17} aria-hidden />} onClick={() => setOpen("export")} />
          )}
          {may("contacts:edit") && (
            <IconButton label={words.contacts.new} icon={<UserPlus size={17} aria-hidden />} onClick={() => setOpen("new")} />
          )}
        </div>
        {filtersShown && <ContactFilters />}
        {(filtered || typed !== "") && filtersShown && (
          <div className={styles.clear}>
            <Button look="quiet" onClick={clear}>
              {words.contacts.clearFilters}
            </Button>
          </div>
        )}
        <div className={styles.scroll}>
          <ContactList list={list} chosenId={chosenId} narrowed={filtered || query.search !== ""} onClear={clear} onChoose={choose} />
        </div>
      </section>
      {chosenId === undefined ? (
        <Unpicked icon={UsersRound} text={words.contacts.pick} keysDo={words.contacts.pickKeys} keys={["↑", "↓"]} />
      ) : (
        <ContactDetails key={chosenId} id={chosenId} onClose={() => choose(null)} onMoved={choose} />
      )}
      {open === "new" && <NewContactDialog onCreated={choose} onClose={() => setOpen(null)} />}
      {open === "export" && <ContactExportDialog segmentId={query.segmentId} onClose={() => setOpen(null)} />}
    </div>
  );
}
