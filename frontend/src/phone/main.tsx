import "@fontsource-variable/inter/index.css";
import "../design/tokens.css";
import "../design/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { WordsProvider } from "../words/WordsProvider";
import { PhoneApp } from "./PhoneApp";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <WordsProvider>
      <PhoneApp />
    </WordsProvider>
  </StrictMode>,
);
