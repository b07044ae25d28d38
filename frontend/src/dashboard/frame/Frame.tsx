import { Inbox, Search, SearchCheck, Settings, Workflow } from "lucide-react";
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
import { Palette } from "./Palette";
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

  const sections = [
    { to: "/inbox", label: words.frame.inbox, short: words.frame.inbox, icon: <Inbox size={20} aria-hidden /> },
    ...(may("flows:read")
      ? [{ to: "/flows", label: words.flows.list.title, short: words.flows.list.title, icon: <Workflow size={20} aria-hidden /> }]
      : []),
    ...(may("inspection:read")
      ? [{ to: "/inspection", label: words.frame.inspection, short: words.frame.inspectionShort, icon: <SearchCheck size={20} aria-hidden /> }]
      : []),
    { to: "/settings", label: words.frame.settings, short: words.frame.settings, icon: <Settings size={20} aria-hidden /> },
  ];
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
        {sections.map(({ to, label, short, icon }) => (
          <NavLink key={to} to={to} className={styles.section ?? ""} title={label} aria-label={label}>
            {icon}
            <span className={styles.sectionLabel}>{short}</span>
          </NavLink>
        ))}
      </nav>
      <main id="content" className={styles.content} tabIndex={-1}>
        <EndingBar />
        <div className={styles.page}>
          {me.isPending ? <SkeletonRows rows={6} label={words.common.loading} /> : <Outlet />}
        </div>
      </main>
      {finding && <Palette onClose={() => setFinding(false)} />}
    </div>
  );
}
