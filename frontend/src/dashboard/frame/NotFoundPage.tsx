import { Compass } from "lucide-react";
import { useNavigate } from "react-router";
import { Notice } from "../../design/Notice";
import { useWords } from "../../words/useWords";

export function NotFoundPage() {
  const { words } = useWords();
  const navigate = useNavigate();
  return (
    <Notice
      icon={<Compass size={22} aria-hidden />}
      title={words.frame.notFoundTitle}
      text={words.failures.advice["not-found"]}
      action={{ label: words.frame.notFoundAction, onClick: () => void navigate("/inbox") }}
    />
  );
}
