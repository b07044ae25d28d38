import { useMemo } from "react";
import { encode } from "uqr";

const quietZone = 4; // modules of light around the code, as the standard asks

/** One path of unit squares, row by row. */
export function qrPath(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
}

/** Drawn here: the text never leaves the page. Dark on light in every theme, as cameras want it. */
export function QrCode({ text, label, size = 184 }: { text: string; label: string; size?: number }) {
  const { path, extent } = useMemo(() => {
    const { data } = encode(text, { ecc: "M", border: quietZone });
    return { path: qrPath(data), extent: data.length };
  }, [text]);
  return (
    <svg viewBox={`0 0 ${extent} ${extent}`} width={size} height={size} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={extent} height={extent} rx="2" fill="var(--qr-light)" />
      <path d={path} fill="var(--qr-dark)" />
    </svg>
  );
}
