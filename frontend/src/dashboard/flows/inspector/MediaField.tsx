import { useMay } from "../../api/me";
import { UploadButton } from "../../media/FileField";
import { takenBy, type MediaKind } from "../../media/mediaShapes";
import { OwnFile } from "../../media/OwnFile";
import type { FieldProps } from "./editing";
import { WritingField } from "./WritingField";

interface MediaFieldProps extends FieldProps<string> {
  readOnly: boolean;
  /** The kind of message that the file is sent in. */
  of: string;
}

/** A file at an address, or one of the workspace's own, which is uploaded here. */
export function MediaField({ readOnly, of, value = "", ...given }: MediaFieldProps) {
  const may = useMay();
  const kind: MediaKind = of in takenBy ? (of as MediaKind) : "image";
  return (
    <>
      <WritingField {...given} value={value} filled mono />
      {value.startsWith("media_") && <OwnFile id={value} />}
      {!readOnly && may("messages:send") && <UploadButton kind={kind} onUploaded={given.onChange} />}
    </>
  );
}
