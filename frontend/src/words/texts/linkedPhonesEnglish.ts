/** Phones that are linked as WhatsApp Web is. */
export const linkedPhonesEnglish = {
  title: "Link a phone",
  lead: "For a number that lives in the WhatsApp app. No Meta account is needed.",
  risk: "WhatsApp does not support this way. It bans numbers that write to many people, or to people who never wrote first. Link only a number that you can do without; campaigns are not sent over it.",
  understood: "I know that WhatsApp may ban this number",
  notUnderstood: "Tick that you know the risk first.",
  phone: "Number of the phone",
  phoneHint: "With its country, such as +62 811 1000 200.",
  phoneWrong: "Write the number with its country, such as +62 811 1000 200.",
  show: "Show the code",
  scanLead: (number: string) => `Scan this with the phone of ${number}. The code renews itself.`,
  code: "Code to scan with WhatsApp",
  codeComes: "The code comes in a moment …",
  linked: "The phone is linked.",
  steps: ["Open WhatsApp on the phone", "Settings, then Linked devices", "Link a device, and scan"],
  logOut: "Log out",
  riskShort: "A linked phone: buttons are sent as numbered options, sending is slow on purpose, and WhatsApp may ban it.",
};
