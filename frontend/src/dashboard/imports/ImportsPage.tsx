import { useSearchParams } from "react-router";
import { idParameter } from "../contacts/contactPaths";
import { ImportList } from "./ImportList";
import styles from "./ImportsPage.module.css";
import { OneImport } from "./OneImport";

export function ImportsPage() {
  const [parameters] = useSearchParams();
  const id = parameters.get(idParameter);
  return <div className={styles.scroll}>{id === null ? <ImportList /> : <OneImport key={id} id={id} />}</div>;
}
