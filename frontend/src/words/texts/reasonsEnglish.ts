/** Why a message, a file or a number failed, as the API says it: it says it in English. */
export const reasonsEnglish = {
  /** By WhatsApp's error code. */
  codes: {} as Record<string, string>,
  /** By the sentence: # is any number, … is whatever follows. */
  sentences: {} as Record<string, string>,
};
