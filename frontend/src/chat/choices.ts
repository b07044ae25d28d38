export interface Choice {
  id: string;
  title: string;
  description?: string | undefined;
}

type Json = Record<string, unknown>;

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter((one): one is Json => typeof one === "object" && one !== null) : [];
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function choice(value: unknown): Choice[] {
  const { id, title, description } = object(value);
  if (typeof title !== "string") return [];
  return [{ id: typeof id === "string" ? id : title, title, ...(typeof description === "string" ? { description } : {}) }];
}

/** What a message of ours offers to tap: buttons, the rows of a list, or a link. */
export function choicesOf(type: string, content: unknown): Choice[] {
  if (type !== "interactive") return [];
  const action = object(object(content).action);
  const { display_text: label, url } = object(action.parameters);
  return [
    ...objects(action.buttons).flatMap((button) => choice(button.reply)),
    ...objects(action.sections).flatMap((section) => objects(section.rows).flatMap(choice)),
    ...(typeof label === "string" && typeof url === "string" ? [{ id: url, title: label, description: url }] : []),
  ];
}
