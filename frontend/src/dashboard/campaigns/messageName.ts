import { typeLabel } from "../../chat/messageLabel";
import type { Words } from "../../words/english";
import type { CampaignMessage } from "./campaignShapes";

/** What a campaign sends, in a word or two. */
export function messageName(message: CampaignMessage, words: Words): string {
  if (message.type === "template") return message.template.name;
  return message.type === "text" ? words.campaigns.messageKinds.text : typeLabel(message.type, words);
}
