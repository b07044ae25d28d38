import { BookOpen, Inbox, Megaphone, Radio, ScrollText, SearchCheck, Settings, UsersRound, Workflow, type LucideIcon } from "lucide-react";
import type { Words } from "../../words/english";
import type { Permission } from "../api/me";

type Name = keyof { [Key in keyof Words["frame"] as Words["frame"][Key] extends string ? Key : never]: true };

export interface Place {
  to: string;
  icon: LucideIcon;
  /** Its name among the texts of the frame. */
  name: Name;
  /** What stands under the icon on a phone, where the name is too long for that. */
  short?: Name;
  /** Null where everybody may look. */
  needs: Permission | null;
}

export const settingsPlace = "/settings";

/** The places of the dashboard, in the order of the rail. */
export const places: readonly Place[] = [
  { to: "/inbox", icon: Inbox, name: "inbox", needs: null },
  { to: "/contacts", icon: UsersRound, name: "contacts", needs: "contacts:read" },
  { to: "/flows", icon: Workflow, name: "flows", needs: "flows:read" },
  { to: "/campaigns", icon: Megaphone, name: "campaigns", needs: "campaigns:read" },
  { to: "/knowledge", icon: BookOpen, name: "knowledge", needs: "knowledge:read" },
  { to: "/templates", icon: ScrollText, name: "templates", needs: "templates:read" },
  { to: "/channels", icon: Radio, name: "channels", needs: "channels:read" },
  { to: "/inspection", icon: SearchCheck, name: "inspection", short: "inspectionShort", needs: "inspection:read" },
  { to: settingsPlace, icon: Settings, name: "settings", needs: null },
];

export function placesFor(may: (permission: Permission) => boolean): Place[] {
  return places.filter(({ needs }) => needs === null || may(needs));
}
