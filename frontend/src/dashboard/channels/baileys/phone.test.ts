import { describe, expect, it } from "vitest";
import { asPhone } from "./phone";

describe("a phone's number", () => {
  it.each(["+62 811-1000 (200)", "0062 811 1000 200", "+628111000200"])("%s is understood", (written) => {
    expect(asPhone(written)).toBe("+628111000200");
  });
  it.each(["", "0811 1000 200", "+0811", "+62 abc", "+1234", "+1234567890123456"])("%s is refused", (written) => {
    expect(asPhone(written)).toBeNull();
  });
});
