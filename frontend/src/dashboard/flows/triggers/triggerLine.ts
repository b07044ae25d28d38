import type { Words } from "../../../words/english";
import type { StoredTrigger } from "../model/storedFlow";

/** A trigger in a few words: “Keyword: halo, menu”. */
export function triggerLine(trigger: StoredTrigger, words: Words): string {
  const name = words.flows.triggers.names[trigger.type] ?? trigger.type;
  const { words: keywords, payloads, tag, at } = trigger;
  const listed = [keywords, payloads].find(Array.isArray);
  const detail = listed ? listed.filter((each) => each !== "").join(", ") : typeof tag === "string" ? tag : typeof at === "string" ? at.replace("T", " ") : "";
  return detail === "" ? name : `${name}: ${detail}`;
}
