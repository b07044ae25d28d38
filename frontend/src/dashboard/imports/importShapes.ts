export type ImportStatus = "waiting" | "reading" | "ready" | "running" | "done" | "failed" | "cancelled";

export interface ContactImport {
  id: string;
  file_name: string;
  status: ImportStatus;
  preview: ImportPreview | null;
  /** Rows in the file; null until it is read. */
  total: number | null;
  done: number;
  created: number;
  updated: number;
  /** Contacts already, and left as they were. */
  skipped: number;
  rejected: number;
  /** Why it failed, in words. */
  reason: string | null;
  seconds_left: number | null;
  created_at: number;
}

export interface ImportPreview {
  columns: string[];
  rows: string[][];
  /** What the API takes a column for, by the column's name. */
  suggested: Record<string, string | null>;
}

/** A presigned POST: the form fields go before the file. */
export interface Upload {
  url: string;
  fields: Record<string, string>;
}

export interface ImportChoices {
  /** Target by column name; columns that are left out are not read. */
  mapping: Record<string, string>;
  default_country: string;
  duplicates: "update" | "skip";
  tags: string[];
  opt_in: { kind: string; state: "in" | "out"; source: string } | null;
}

const over: ReadonlySet<ImportStatus> = new Set(["done", "failed", "cancelled"]);

export function isOver({ status }: Pick<ContactImport, "status">): boolean {
  return over.has(status);
}
