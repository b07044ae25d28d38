import type { Field } from "../kinds/fields";
import type { Json } from "../model/storedFlow";

/** What a field begins with when it is added. */
export function freshValue(field: Field): Json {
  switch (field.kind) {
    case "number":
      return field.least ?? 0;
    case "choice":
      return field.values[0] ?? "";
    case "choices":
      return field.values.slice(0, 1);
    case "switch":
      return true;
    case "duration":
      return { amount: 1, unit: "hours" };
    case "zone":
      return "contact";
    case "clock":
      return "09:00";
    case "rule":
      return false;
    case "value":
      return { text: "" };
    case "json":
      return null;
    case "group":
      return field.fresh?.() ?? {};
    case "list":
      return [field.fresh([])];
    case "texts":
      return [""];
    case "map":
      return { "": field.of === "value" ? { text: "" } : "" };
    case "variant":
      return { [field.by]: Object.keys(field.variants)[0] ?? "", ...Object.values(field.variants)[0]?.fresh() };
    case "hours":
      return { mon: [{ from: "09:00", to: "17:00" }] };
    case "dates":
      return [];
    default:
      return "";
  }
}
