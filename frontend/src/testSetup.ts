import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

/** Tests of what draws nothing run without a document, which is quicker. */
function prepareDocument(): void {
  configure({ asyncUtilTimeout: 10_000 }); // a busy machine is slow, not wrong
  // jsdom has no media queries and no modal dialogs.
  window.matchMedia = (query: string) =>
    ({
      matches: false,
      media: query,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }) as unknown as MediaQueryList;
  HTMLDialogElement.prototype.showModal = function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  Element.prototype.scrollIntoView = () => undefined;

  afterEach(() => {
    cleanup();
    localStorage.clear();
  });
}

if (typeof document !== "undefined") prepareDocument();
