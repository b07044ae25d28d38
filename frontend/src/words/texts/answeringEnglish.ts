const hours = (count: number) => (count === 1 ? "1 hour" : `${count} hours`);
const minutes = (count: number) => (count === 1 ? "1 minute" : `${count} minutes`);

/** Answering in the inbox: who answers, and until when. */
export const answeringEnglish = {
  write: "Write a message",
  send: "Send",
  sendHint: "Enter sends, Shift+Enter begins a new line",
  timeLeft: { hour: (count: number) => `${hours(count)} left to answer`, minute: (count: number) => `${minutes(count)} left to answer` },
  obstacles: {
    blocked: "You blocked this contact. The bot is silent too, and nothing is sent until you unblock them.",
    "window-closed":
      "More than 24 hours have passed since the customer's last message. WhatsApp takes only templates until they write again.",
  },
  neverWrote: "The customer has not written yet. WhatsApp takes only templates until they do.",
  by: {
    bot: "The bot answers",
    me: (since: string) => `You answer since ${since}`,
    colleague: (name: string, since: string) => `${name} answers since ${since}`,
    phone: (since: string) => `Somebody answers on the phone since ${since}`,
    program: (since: string) => `A program of yours answers since ${since}`,
    waiting: (since: string) => `Waits for a person since ${since}`,
    waitingForTeam: (team: string, since: string) => `Waits for ${team} since ${since}`,
  },
  backAt: (time: string) => `The bot goes on at ${time}`,
  silent: "The bot is silent",
  whoAnswers: "Who answers",
  takeOver: "Take over",
  give: "Give to…",
  giveTeams: "Teams",
  givePeople: "People",
  handBack: "Hand back to the bot",
  writingTakesOver: "When you write, you take over from the bot.",
  unblock: "Unblock",
  template: {
    send: "Send a template",
    title: "Send a template",
    lead: "Templates that WhatsApp has approved may be sent at any time. Each one is charged.",
    which: "Template",
    choose: "Choose a template",
    none: "No approved template can be filled in here. Write one under Templates, and send it once WhatsApp has approved it.",
    place: (name: string) => (/^\d+$/.test(name) ? `Variable {{${name}}}` : name),
  },
};
