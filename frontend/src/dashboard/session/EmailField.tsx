import { TextField } from "../../design/Field";
import { useWords } from "../../words/useWords";

interface EmailFieldProps {
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}

/** The address of an account, as signing in, signing up and resetting ask for it. */
export function EmailField({ value, error, onChange }: EmailFieldProps) {
  const { words } = useWords();
  return (
    <TextField
      label={words.signIn.email}
      error={error}
      type="email"
      name="email"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus
      value={value}
      onChange={onChange}
    />
  );
}
