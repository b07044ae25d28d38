import { Lock } from "lucide-react";
import { useEffect, useRef } from "react";
import { NavLink, Outlet, useLocation } from "react-router";
import { Notice } from "../../design/Notice";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { NotFoundPage } from "../frame/NotFoundPage";
import { sections } from "./sections";
import styles from "./Settings.module.css";

export function SettingsLayout() {
  const { words } = useWords();
  const may = useMay();
  const { pathname } = useLocation();
  const here = sections.find(({ path }) => pathname.replace(/\/+$/, "") === path);
  const ways = useRef<HTMLUListElement>(null);
  // On a narrow screen the ways stand in a row that is longer than it.
  useEffect(() => {
    ways.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);

  const isIndex = pathname.replace(/\/+$/, "") === "/settings";
  if (!here && !isIndex) return <NotFoundPage />;
  const allowed = !here || here.needs === null || may(here.needs);
  return (
    <div className={styles.settings}>
      <nav className={styles.nav} aria-label={words.settings.title}>
        <h1>{words.settings.title}</h1>
        <ul ref={ways}>
          {sections
            .filter(({ needs }) => needs === null || may(needs))
            .map(({ name, path }) => (
              <li key={path}>
                <NavLink to={path} className={styles.way ?? ""}>
                  {words.settings.sections[name]}
                </NavLink>
              </li>
            ))}
        </ul>
      </nav>
      <div className={styles.scroll}>
        {allowed ? <Outlet /> : <Notice icon={<Lock size={22} aria-hidden />} text={words.settings.notAllowed} />}
      </div>
    </div>
  );
}
