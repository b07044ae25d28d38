import { useState } from "react";
import { reasonOf } from "../../words/reasonOf";
import { useWords } from "../../words/useWords";
import { asProblem } from "../api/problem";
import { problemText } from "../api/useAct";
import { uploadFile, UploadFailed } from "../imports/uploadFile";
import { useServices } from "../services";
import type { MediaFile } from "./mediaShapes";

interface Uploading {
  /** The part that has gone, 0 to 1; null while nothing is on its way. */
  share: number | null;
  /** Why the last file cannot be sent, in words. */
  failed: string | null;
  /** Answers the file once it can be sent, or null, and says why. */
  upload: (file: File) => Promise<MediaFile | null>;
}

/** Brings a file for messages to the workspace. */
export function useUpload(): Uploading {
  const { words } = useWords();
  const { api } = useServices();
  const [share, setShare] = useState<number | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const upload = async (file: File) => {
    setFailed(null);
    setShare(0);
    try {
      const begun = await api.media.begin(file.name, file.type || "application/octet-stream");
      await uploadFile(begun.upload, file, setShare);
      const looked = await api.media.get(begun.id);
      if (looked.state === "ready") return looked;
      setFailed(looked.reason === null ? words.files.uploadFailed : reasonOf(looked.reason, words));
    } catch (failure) {
      const problem = failure instanceof UploadFailed ? null : asProblem(failure);
      setFailed(problem === null ? words.files.uploadFailed : (problem.errors[0]?.message ?? problemText(problem, words)));
    } finally {
      setShare(null);
    }
    return null;
  };
  return { share, failed, upload };
}
