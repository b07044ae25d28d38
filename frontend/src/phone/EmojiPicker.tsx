import { useWords } from "../words/useWords";
import styles from "./Composer.module.css";

const emoji =
  "😀 😂 🤣 😊 😉 😍 😘 😎 🤔 😅 😢 😭 😡 😴 🤗 🙄 😱 🥳 👍 👎 👌 🙏 👏 💪 🤝 👋 ❤️ 💔 🔥 ✨ 🎉 💯 ✅ ❌ ❓ ⏰ 📦 🛒 💰 🍜 ☕ 🌧️ ☀️ 🇮🇩".split(" ");

export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { words } = useWords();
  return (
    <div className={styles.picker} role="group" aria-label={words.phone.emoji}>
      {emoji.map((each) => (
        <button key={each} type="button" onClick={() => onPick(each)}>
          {each}
        </button>
      ))}
    </div>
  );
}
