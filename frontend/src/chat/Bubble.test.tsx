import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Bubble } from "./Bubble";

const base = { type: "text", text: "Halo *kak*", at: Date.now(), tail: true } as const;

it("shows formatted text, time and tick", () => {
  render(<Bubble {...base} direction="out" status="read" />);
  const bubble = screen.getByTestId("bubble");
  expect(bubble.dataset).toMatchObject({ direction: "out", status: "read" });
  expect(screen.getByText("kak").tagName).toBe("STRONG");
  expect(screen.getByRole("img", { name: "Read" })).toBeTruthy();
});

it("says why a message failed", () => {
  render(<Bubble {...base} direction="out" status="failed" reason="More than 24 hours (131047)" />);
  expect(screen.getByText("Not delivered: More than 24 hours (131047)")).toBeTruthy();
});

it("says what an unsettled message waits for", () => {
  render(<Bubble {...base} direction="out" status="unsettled" reason={null} />);
  expect(screen.getByText("Waiting for WhatsApp's answer")).toBeTruthy();
});

it("shows no tick on received messages, and names types without text", () => {
  render(<Bubble {...base} direction="in" status={null} type="image" text={null} />);
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.getByText("Photo")).toBeTruthy();
});

it("never turns text into markup", () => {
  render(<Bubble {...base} direction="in" status={null} text={'<img src=x onerror="alert(1)"> *<b>x</b>*'} />);
  expect(document.querySelector("img, b")).toBeNull();
});

it("marks what was edited, hides what was deleted and shows reactions", () => {
  const corrections = { edited: true, deleted: false, reactions: ["👍"] };
  const { rerender } = render(<Bubble {...base} direction="in" status={null} corrections={corrections} />);
  expect(screen.getByText("edited")).toBeTruthy();
  expect(screen.getByText("👍")).toBeTruthy();
  rerender(<Bubble {...base} direction="in" status={null} corrections={{ ...corrections, deleted: true }} />);
  expect(screen.queryByText("kak")).toBeNull();
  expect(screen.getByText("This message was deleted")).toBeTruthy();
});

it("offers what can be tapped, and says where a message was written", () => {
  const choices = [{ id: "y", title: "Yes" }];
  const onChoose = vi.fn();
  render(<Bubble {...base} direction="in" status={null} choices={choices} onChoose={onChoose} />);
  fireEvent.click(screen.getByRole("button", { name: "Yes" }));
  expect(onChoose).toHaveBeenCalledWith(choices[0]);
  render(<Bubble {...base} direction="out" status={null} origin="echo" choices={choices} />);
  expect(screen.getByText("written on the phone")).toBeTruthy();
});
