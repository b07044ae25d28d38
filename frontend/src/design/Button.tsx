import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import styles from "./Button.module.css";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "primary" | "plain" | "quiet" | "danger";
  busy?: boolean;
}

export function Button({ look = "plain", busy = false, className, children, ...rest }: ButtonProps) {
  const classes = [styles.button, styles[look], className ?? ""].join(" ");
  return (
    <button type="button" className={classes} aria-busy={busy || undefined} {...rest}>
      {busy && <span className={styles.spinner} aria-hidden />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  icon: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, icon, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" className={[styles.icon, className ?? ""].join(" ")} aria-label={label} title={label} {...rest}>
      {icon}
    </button>
  );
}
