import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { useWords } from "../../words/useWords";
import { usePages } from "../api/usePages";
import { useServices } from "../services";
import { segmentsKey } from "../segments/useSegments";
import { optKinds } from "./contactShapes";
import { filterParameters, type FilterName } from "./contactPaths";
import styles from "./ContactFilters.module.css";
import { useTags } from "./useContacts";

interface Choice {
  value: string;
  label: string;
}

/** Each filter is one part of the address, so that a filtered list can be linked to. */
export function ContactFilters() {
  const { words } = useWords();
  const { api } = useServices();
  const [parameters, setParameters] = useSearchParams();
  const tags = useTags();
  const segments = usePages(segmentsKey, api.segments.list).items ?? [];
  const texts = words.contacts;
  const set = useCallback(
    (name: FilterName, value: string) =>
      setParameters((given) => {
        const next = new URLSearchParams(given);
        if (value === "") next.delete(filterParameters[name]);
        else next.set(filterParameters[name], value);
        return next;
      }),
    [setParameters],
  );
  const filters: { name: FilterName; label: string; any: string; choices: Choice[] }[] = [
    { name: "segmentId", label: texts.segment, any: texts.anySegment, choices: segments.map(({ id, name }) => ({ value: id, label: name })) },
    { name: "tag", label: texts.tag, any: texts.anyTag, choices: tags.map((tag) => ({ value: tag, label: tag })) },
    {
      name: "optIn",
      label: texts.optIn,
      any: texts.anyOptIn,
      choices: optKinds.flatMap((kind) =>
        (["in", "out"] as const).map((state) => ({
          value: `${kind}:${state}`,
          label: `${texts.optKinds[kind] ?? kind}: ${(texts.optStates[state] ?? state).toLowerCase()}`,
        })),
      ),
    },
    {
      name: "blocked",
      label: words.segments.on.blocked ?? "",
      any: texts.anyBlocked,
      choices: [
        { value: "true", label: `${words.segments.on.blocked ?? ""}: ${texts.yes.toLowerCase()}` },
        { value: "false", label: `${words.segments.on.blocked ?? ""}: ${texts.no.toLowerCase()}` },
      ],
    },
  ];
  return (
    <div className={styles.filters}>
      {filters.map(({ name, label, any, choices }) => {
        const value = parameters.get(filterParameters[name]) ?? "";
        const known = value === "" || choices.some((choice) => choice.value === value);
        return (
          <select key={name} aria-label={label} data-active={value !== ""} value={value} onChange={(event) => set(name, event.target.value)}>
            <option value="">{any}</option>
            {!known && <option value={value}>{value}</option>}
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
        );
      })}
    </div>
  );
}
