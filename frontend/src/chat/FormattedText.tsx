import { Fragment, useMemo, type ReactNode } from "react";
import styles from "./FormattedText.module.css";
import { isLargeEmoji, parseText, type Block, type Inline } from "./formatting";

function renderInline(nodes: Inline[]): ReactNode {
  return nodes.map((node, index) => {
    switch (node.kind) {
      case "text":
        return <Fragment key={index}>{node.text}</Fragment>;
      case "bold":
        return <strong key={index}>{renderInline(node.children)}</strong>;
      case "italic":
        return <em key={index}>{renderInline(node.children)}</em>;
      case "strike":
        return <s key={index}>{renderInline(node.children)}</s>;
      case "code":
        return <code key={index}>{node.text}</code>;
      case "link":
        return (
          <a key={index} href={node.href} target="_blank" rel="noopener noreferrer nofollow">
            {node.text}
          </a>
        );
    }
  });
}

function renderBlock(block: Block, index: number): ReactNode {
  switch (block.kind) {
    case "paragraph":
      return <p key={index}>{block.children.length ? renderInline(block.children) : "\u00a0"}</p>;
    case "quote":
      return <blockquote key={index}>{renderInline(block.children)}</blockquote>;
    case "item":
      return (
        <p key={index} className={styles.item}>
          <span className={styles.marker}>{block.marker}</span> <span>{renderInline(block.children)}</span>
        </p>
      );
    case "mono":
      return <pre key={index}>{block.text}</pre>;
  }
}

export function FormattedText({ text }: { text: string }) {
  const blocks = useMemo(() => parseText(text), [text]);
  const large = isLargeEmoji(text);
  return (
    <div className={large ? styles.large : styles.text} data-large={large || undefined}>
      {blocks.map(renderBlock)}
    </div>
  );
}
