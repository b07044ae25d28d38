/** The ways to connect a number, in the order in which they are offered. A new one is a line here. */
import { KeyRound, LogIn, Smartphone, type LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import type { Channel, Connected, SignupOffered } from "../channelShapes";
import { LinkPhoneForm } from "../baileys/LinkPhoneForm";
import { OwnAppForm } from "./OwnAppForm";
import { SignupForm } from "./SignupForm";

export interface WayProps {
  /** What is connected again; null for a new number. */
  known: Channel | null;
  signup: SignupOffered | null;
  onConnected: (connected: Connected) => void;
  onClose: () => void;
}

/** What the platform has to connect with. */
export interface Offered {
  signup: SignupOffered | null;
  linkedPhones: boolean;
}

export interface Way {
  /** Its name among the texts of the channels. */
  name: string;
  icon: LucideIcon;
  /** Of which kinds of channels it connects again. */
  kind: string;
  offered: (platform: Offered) => boolean;
  Form: ComponentType<WayProps>;
}

export const ways: readonly Way[] = [
  { name: "signup", icon: LogIn, kind: "platform", offered: ({ signup }) => signup !== null, Form: SignupForm },
  { name: "own_app", icon: KeyRound, kind: "own_app", offered: () => true, Form: OwnAppForm },
  { name: "linked_phone", icon: Smartphone, kind: "baileys", offered: ({ linkedPhones }) => linkedPhones, Form: LinkPhoneForm },
];
