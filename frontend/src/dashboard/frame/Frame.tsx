import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { NavLink, Outlet } from "react-router";
import { Logo } from "../../design/Logo";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";
import { useMay, useMe, useWorkspaceWatch } from "../api/me";
import { CreateWorkspacePage } from "../joining/CreateWorkspacePage";
import { AccountMenu } from "./AccountMenu";
import styles from "./Frame.module.css";
import { EndingBar } from "./EndingBar";
import { PageGuard } from "./PageGuard";
import { Palette } from "./Palette";
import { placesFor } from "./places";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher";

const commandKey = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl";

export function Frame() {
  const { words } = useWords();
  const [finding, setFinding] = useState(false);
  const me = useMe();
  const may = useMay();
  useWorkspaceWatch();
  const workspaceName = me.data?.workspace?.name;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setFinding((open) => !open);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  useEffect(() => {
    document.title = workspaceName ? `${workspaceName} · Kabar` : "Kabar";
  }, [workspaceName]);

  // A person without a workspace can do one thing; whoever cannot be asked may read on.
  if (me.data?.workspace === null) return <CreateWorkspacePage first />;

  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {words.frame.skip}
      </a>
      <header className={styles.top}>
        <span className={styles.mark}>
          <Logo size={26} />
        </span>
        <WorkspaceSwitcher />
        <button type="button" className={styles.find} aria-label={words.frame.find} onClick={() => setFinding(true)}>
          <Search size={15} aria-hidden />
          <span className={styles.findText}>{words.frame.find}</span>
          <kbd>{commandKey} K</kbd>
        </button>
        <AccountMenu />
      </header>
      <nav className={styles.rail} aria-label={words.frame.sections}>
        {placesFor(may).map(({ to, icon: Icon, name, short }) => (
          <NavLink key={to} to={to} className={styles.section ?? ""} title={words.frame[name]} aria-label={words.frame[name]}>
            <Icon size={20} aria-hidden />
            <span className={styles.sectionLabel}>{words.frame[short ?? name]}</span>
          </NavLink>
        ))}
      </nav>
      <main id="content" className={styles.content} tabIndex={-1}>
        <EndingBar />
        <div className={styles.page}>
          {me.isPending ? (
            <SkeletonRows rows={6} label={words.common.loading} />
          ) : (
            <PageGuard>
              <Outlet />
            </PageGuard>
          )}
        </div>
      </main>
      {finding && <Palette onClose={() => setFinding(false)} />}
    </div>
  );
}
