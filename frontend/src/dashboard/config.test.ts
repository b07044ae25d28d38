import { expect, it } from "vitest";
import { ConfigUnreadable, parseConfig } from "./config";

const given = { apiUrl: "https://api.test/", cognitoUrl: "", userPoolClientId: "abc", region: "ap-southeast-3" };

it("falls back to the region's own Cognito and drops closing slashes", () => {
  expect(parseConfig(given)).toEqual({
    ...given,
    apiUrl: "https://api.test",
    cognitoUrl: "https://cognito-idp.ap-southeast-3.amazonaws.com",
    hostedSignInUrl: "",
  });
});

it("refuses what lacks a field", () => {
  expect(() => parseConfig({ ...given, userPoolClientId: undefined })).toThrow(ConfigUnreadable);
  expect(() => parseConfig(null)).toThrow(ConfigUnreadable);
});

it("knows the pool's own pages where the stage has them", () => {
  expect(parseConfig({ ...given, hostedSignInUrl: "https://kabar.auth.test/" }).hostedSignInUrl).toBe("https://kabar.auth.test");
});
