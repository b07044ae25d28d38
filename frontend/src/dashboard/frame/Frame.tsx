import { useQuery } from "@tanstack/react-query";
import { Inbox, Search, SearchCheck } from "lucide-react";
import { useEffect, useState } from "react";
import { NavLink, Outlet } from "react-router";
import { Logo } from "../../design/Logo";
import { useWords } from "../../words/useWords";
import { useServices } from "../services";
import { AccountMenu } from "./AccountMenu";
import styles from "./Frame.module.css";
import { Palette } from "./Palette";

const commandKey = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl";

export function Frame() {
  const { words } = useWords();
  const { api } = useServices();
  const [finding, setFinding] = useState(false);
  const me = useQuery({ queryKey: ["me"], queryFn: ({ signal }) => api.me(signal), staleTime: 300_000 });
  const workspaceName = me.data?.workspace.name;

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

  const sections = [
    { to: "/inbox", label: words.frame.inbox, icon: <Inbox size={20} aria-hidden /> },
    { to: "/inspection", label: words.frame.inspection, icon: <SearchCheck size={20} aria-hidden /> },
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
        <span className={styles.workspace} data-testid="workspace-name">
          {workspaceName ?? (me.isError ? words.app : "\u00a0")}
        </span>
        <button type="button" className={styles.find} aria-label={words.frame.find} onClick={() => setFinding(true)}>
          <Search size={15} aria-hidden />
          <span className={styles.findText}>{words.frame.find}</span>
          <kbd>{commandKey} K</kbd>
        </button>
        <AccountMenu />
      </header>
      <nav className={styles.rail} aria-label={words.frame.sections}>
        {sections.map(({ to, label, icon }) => (
          <NavLink key={to} to={to} className={styles.section ?? ""} title={label}>
            {icon}
            <span className={styles.sectionLabel}>{label}</span>
          </NavLink>
        ))}
      </nav>
      <main id="content" className={styles.content} tabIndex={-1}>
        <Outlet />
      </main>
      {finding && <Palette onClose={() => setFinding(false)} />}
    </div>
  );
}
