/** Where the keyboard goes in the inspector. */
export const fieldsPart = "[data-part=fields]";
export const waysPart = "[data-part=ways]";
