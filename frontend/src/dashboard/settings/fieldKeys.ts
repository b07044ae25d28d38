const form = /^[a-z][a-z0-9_]{0,59}$/;

export function isKey(text: string): boolean {
  return form.test(text);
}

/** What a field of this name is likely to be called by flows: "Tanggal lahir" is tanggal_lahir. */
export function keyFor(name: string): string {
  const plain = name.normalize("NFKD").toLowerCase().replaceAll(/\p{M}/gu, "");
  return plain.replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^[_0-9]+|_+$/g, "").slice(0, 60);
}
