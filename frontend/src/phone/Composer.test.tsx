import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Composer } from "./Composer";

it("sends trimmed text on Enter and by the button, and never nothing", async () => {
  const user = userEvent.setup();
  const onSend = vi.fn();
  render(<Composer onSend={onSend} onAct={vi.fn()} />);
  const box = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" });
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Send" });
  expect(button.disabled).toBe(true);
  await user.type(box, "  {Enter}");
  expect(onSend).not.toHaveBeenCalled();
  await user.clear(box);
  await user.type(box, " baik {Enter}");
  expect(onSend).toHaveBeenLastCalledWith("baik");
  expect(box.value).toBe("");
  await user.type(box, "satu{Shift>}{Enter}{/Shift}dua");
  await user.click(button);
  expect(onSend).toHaveBeenLastCalledWith("satu\ndua");
});

it("puts an emoji where the cursor stands", async () => {
  const user = userEvent.setup();
  render(<Composer onSend={vi.fn()} onAct={vi.fn()} />);
  const box = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" });
  await user.type(box, "ab");
  box.setSelectionRange(1, 1);
  await user.click(screen.getByRole("button", { name: "Emoji" }));
  await user.click(screen.getByRole("button", { name: "🎉" }));
  expect(box.value).toBe("a🎉b");
});
