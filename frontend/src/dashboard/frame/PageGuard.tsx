import { Bug } from "lucide-react";
import type { ReactNode } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { useLocation } from "react-router";
import { Notice } from "../../design/Notice";
import { useWords } from "../../words/useWords";

/** A page that breaks says so in its own place: the sections stay, and another page is a new try. */
export function PageGuard({ children }: { children: ReactNode }) {
  const { words } = useWords();
  const { pathname, search } = useLocation();
  return (
    <ErrorBoundary
      resetKeys={[pathname, search]}
      fallbackRender={({ resetErrorBoundary }) => (
        <Notice
          tone="failure"
          icon={<Bug size={22} aria-hidden />}
          title={words.frame.brokenTitle}
          text={words.frame.broken}
          action={{ label: words.common.retry, onClick: resetErrorBoundary }}
        />
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
