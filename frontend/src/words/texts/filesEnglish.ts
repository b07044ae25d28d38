/** Files that customers send, and ours. */
export const filesEnglish = {
  fetching: "Fetching the file …",
  lost: "The file could not be fetched.",
  from: "Sent by the customer",
  download: "Download",
  uploadFailed: "The file could not be uploaded: try again.",
  gone: "The file is not there any more.",
  attach: "Attach a file",
  detach: "Remove the file",
  upload: "Upload a file",
  uploading: "Uploading …",
  kinds: { image: "Picture", video: "Film", audio: "Sound", document: "File", sticker: "Sticker" },
};
