import { UserRound } from "lucide-react";
import styles from "./Avatar.module.css";

const hues = 8;

function hueOf(seed: string): number {
  let sum = 0;
  for (const character of seed) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % hues;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const letters = words.map((word) => Array.from(word)[0] ?? "").filter((letter) => /[\p{L}\p{N}]/u.test(letter));
  if (letters.length === 0) return Array.from(name.trim())[0] ?? "";
  const chosen = letters.length > 1 ? [letters[0], letters.at(-1)] : [letters[0]];
  return chosen.join("").toUpperCase();
}

interface AvatarProps {
  name: string | null;
  /** Keeps the colour when the name changes. */
  seed: string;
  size?: "s" | "m" | "l";
}

export function Avatar({ name, seed, size = "m" }: AvatarProps) {
  const classes = [styles.avatar, styles[size], styles[`hue${hueOf(seed)}`]].join(" ");
  return (
    <span className={classes} aria-hidden>
      {name ? initials(name) : <UserRound size="55%" strokeWidth={1.8} />}
    </span>
  );
}
