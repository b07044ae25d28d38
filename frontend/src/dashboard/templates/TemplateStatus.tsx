import { Status, type Tone } from "../../design/Status";
import { useWords } from "../../words/useWords";

const tones: Record<string, Tone> = {
  APPROVED: "good",
  PENDING: "calm",
  IN_APPEAL: "calm",
  PAUSED: "attention",
  LIMIT_EXCEEDED: "attention",
  REJECTED: "failure",
  DISABLED: "failure",
};

export function TemplateStatus({ status }: { status: string }) {
  const { words } = useWords();
  return <Status tone={tones[status] ?? "calm"}>{words.templates.statuses[status] ?? status}</Status>;
}
