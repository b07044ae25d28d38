import { expect, it } from "vitest";
import { asProblem, problemFrom } from "./problem";

const now = new Date("2026-05-04T10:20:30.400Z");

it.each([
  [401, "signed-out"],
  [403, "forbidden"],
  [404, "not-found"],
  [429, "too-many"],
  [500, "server"],
  [503, "server"],
  [400, "invalid"],
  [409, "conflict"],
  [412, "changed"],
  [422, "invalid"],
  [418, "unexpected"],
])("%i is %s", async (status, kind) => {
  expect((await problemFrom(new Response("{}", { status }), now)).kind).toBe(kind);
});

it("takes detail and request id from the answer", async () => {
  const response = new Response(JSON.stringify({ title: "Bad cursor", detail: "The cursor is not ours." }), {
    status: 400,
    headers: { "apigw-requestid": "JKJaXm=" },
  });
  expect(await problemFrom(response, now)).toMatchObject({ reference: "JKJaXm=", detail: "The cursor is not ours." });
});

it("gives status and time to quote where no id is shown, even for a body that is no JSON", async () => {
  const problem = await problemFrom(new Response("<html>", { status: 502 }), now);
  expect(problem).toMatchObject({ kind: "server", reference: "502 · 2026-05-04T10:20:30Z", detail: null });
});

it("makes a problem of anything thrown", () => {
  expect(asProblem(new TypeError("x")).kind).toBe("unexpected");
});
