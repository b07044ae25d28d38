import { useWords } from "../../words/useWords";
import type { Obstacle } from "./obstacles";
import styles from "./NotOffered.module.css";
import type { Template } from "./templateShapes";

interface NotOfferedProps {
  templates: readonly Template[];
  obstacle: (template: Template) => Obstacle | null;
}

/** Below a choice of templates: which approved ones are not among it, each with why. */
export function NotOffered({ templates, obstacle }: NotOfferedProps) {
  const { words } = useWords();
  const texts = words.templates;
  const found = templates.flatMap((each) => {
    const why = obstacle(each);
    return why === null ? [] : [{ ...each, why }];
  });
  if (found.length === 0) return null;
  return (
    <details className={styles.notOffered}>
      <summary>{texts.notOffered(String(found.length))}</summary>
      <ul>
        {found.map(({ id, name, language, why }) => (
          <li key={id}>
            <strong>{name}</strong> ({language}): {texts.obstacles[why]}
          </li>
        ))}
      </ul>
    </details>
  );
}
