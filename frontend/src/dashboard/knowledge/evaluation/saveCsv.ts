/** Hands a text to the browser as a CSV file, under a name made of the given one. */
export function saveCsv(name: string, text: string): void {
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "") || "questions"}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
