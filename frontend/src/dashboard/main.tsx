import "@fontsource-variable/inter/index.css";
import "../design/tokens.css";
import "../design/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { applyTheme, storedTheme } from "../design/theme";
import { WordsProvider } from "../words/WordsProvider";
import { Start } from "./Start";

applyTheme(storedTheme());

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <WordsProvider>
      <Start />
    </WordsProvider>
  </StrictMode>,
);
