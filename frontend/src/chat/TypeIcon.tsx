import {
  FileQuestion,
  FileText,
  Image,
  ListChecks,
  MapPin,
  Mic,
  MousePointerClick,
  Package,
  ScrollText,
  SmilePlus,
  Sticker,
  UserRound,
  Video,
  type LucideIcon,
} from "lucide-react";

const icons: Record<string, LucideIcon> = {
  image: Image,
  video: Video,
  audio: Mic,
  voice: Mic,
  document: FileText,
  sticker: Sticker,
  location: MapPin,
  contacts: UserRound,
  reaction: SmilePlus,
  interactive: ListChecks,
  list: ListChecks,
  button: MousePointerClick,
  template: ScrollText,
  order: Package,
};

export function TypeIcon({ type }: { type: string }) {
  const Icon = icons[type] ?? FileQuestion;
  return <Icon size={14} aria-hidden />;
}
