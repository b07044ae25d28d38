import type { Upload } from "./importShapes";

export class UploadFailed extends Error {
  override name = "UploadFailed";
}

/** The form of a presigned POST: its fields first, the file last, as S3 wants it. */
export function uploadForm({ fields }: Upload, file: Blob): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  return form;
}

/** Sends the file; `onShare` hears the part that has gone, 0 to 1. By XMLHttpRequest: fetch tells nothing of uploads. */
export function uploadFile(upload: Upload, file: Blob, onShare: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onShare(total === 0 ? 0 : loaded / total);
    request.onload = () => (request.status >= 200 && request.status < 300 ? resolve() : reject(new UploadFailed(`storage answered ${request.status}`)));
    request.onerror = () => reject(new UploadFailed("storage cannot be reached"));
    request.open("POST", upload.url);
    request.send(uploadForm(upload, file));
  });
}
