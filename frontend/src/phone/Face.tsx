import styles from "./Face.module.css";

/** A customer's or the business's round picture; the colour comes with the data. */
export function Face({ name, color, small = false }: { name: string; color: string | null; small?: boolean }) {
  return (
    <span
      className={[styles.face, small ? styles.small : ""].join(" ")}
      style={color === null ? undefined : { backgroundColor: color }}
      aria-hidden
    >
      {Array.from(name.trim())[0]?.toUpperCase()}
    </span>
  );
}
