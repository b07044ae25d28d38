/** Flows as files: JSON, as the API exports and takes them. */

export class UnreadableFlow extends Error {
  override name = "UnreadableFlow";
}

/** Whether it is a good flow the API says; here only that it is JSON at all. */
export async function readFlowFile(file: File): Promise<unknown> {
  const text = await file.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableFlow();
  }
  if (typeof value !== "object" || value === null || !("nodes" in value)) throw new UnreadableFlow();
  return value;
}

export function saveFlowFile(name: string, flow: unknown): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(flow, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "") || "flow"}.json`;
  link.click();
  URL.revokeObjectURL(address);
}
