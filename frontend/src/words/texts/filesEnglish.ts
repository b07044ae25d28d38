/** Files that customers send. */
export const filesEnglish = {
  fetching: "Fetching the file …",
  lost: "The file could not be fetched.",
  from: "Sent by the customer",
  download: "Download",
};
