/** In E.164, however people write it with its country; null for what is no such number. */
export function asPhone(written: string): string | null {
  const plain = written.replaceAll(/[\s().-]/g, "").replace(/^00/, "+");
  return /^\+[1-9]\d{4,14}$/.test(plain) ? plain : null;
}
