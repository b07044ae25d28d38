import { Bubble } from "../../../chat/Bubble";

interface MessageViewProps {
  direction: "in" | "out";
  type: string;
  header?: string | null;
  text: string | null;
  footer?: string | null;
  tail: boolean;
  arriving?: boolean;
}

const noon = new Date(2026, 0, 1, 12).getTime();

/** A message as the customer's phone shows it; header and footer are part of its words. */
export function MessageView({ direction, type, header = null, text, footer = null, tail, arriving }: MessageViewProps) {
  const bold = header === null ? null : `*${header}*`;
  const quiet = footer === null ? null : `_${footer}_`;
  const words = [bold, text, quiet].filter((each) => each !== null && each !== "").join("\n");
  return (
    <Bubble direction={direction} type={type} text={words === "" ? null : words} at={noon} status={null} tail={tail} {...(arriving ? { arriving } : {})} />
  );
}
