// @vitest-environment node
import { expect, it } from "vitest";
import { english } from "../../../words/english";
import { indonesian } from "../../../words/indonesian";
import type { Finding } from "../flowShapes";
import { findingText } from "./findingText";

const missing: Finding = { node_id: "c", level: "warning", code: "missing_exit", message: "The exit 'default' leads nowhere", field: "default" };
const step = { id: "c", type: "condition", data: {} };

it("names a way on as the canvas does", () => {
  expect(findingText(missing, english, step)).toBe("“otherwise” leads nowhere: the flow ends there.");
  expect(findingText(missing, indonesian, step)).toContain("“selain itu”");
});

it("says what it knows where the step is gone", () => {
  expect(findingText(missing, english)).toBe(missing.message);
  expect(findingText({ ...missing, code: "unreachable" }, indonesian)).toBe("Tidak ada yang menuju langkah ini.");
});
