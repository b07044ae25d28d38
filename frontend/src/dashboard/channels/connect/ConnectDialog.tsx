import { useState } from "react";
import { Dialog } from "../../../design/Dialog";
import { DialogButtons } from "../../../design/DialogButtons";
import { useWords } from "../../../words/useWords";
import choices from "../../flows/list/NewFlowDialog.module.css";
import type { Channel, Connected } from "../channelShapes";
import { ConnectedDialog } from "./ConnectedDialog";
import { ways, type Offered, type Way } from "./ways";

interface ConnectDialogProps {
  platform: Offered;
  /** What is connected again; null for a new number. */
  known: Channel | null;
  onConnected: (channel: Channel) => void;
  onClose: () => void;
}

/** How, then what that way asks, then what is to be copied from here. */
export function ConnectDialog({ platform, known, onConnected, onClose }: ConnectDialogProps) {
  const offered = ways.filter((way) => way.offered(platform));
  const usual = offered.find(({ kind }) => kind === known?.kind) ?? offered[0];
  const [way, setWay] = useState<Way | null>(offered.length === 1 ? (usual ?? null) : null);
  const [connected, setConnected] = useState<Connected | null>(null);

  if (connected) return <ConnectedDialog connected={connected} onClose={() => onConnected(connected.channel)} />;
  if (way) return <way.Form known={known} signup={platform.signup} onConnected={setConnected} onClose={onClose} />;
  return <Choice offered={offered} first={usual} onChosen={setWay} onClose={onClose} />;
}

interface ChoiceProps {
  offered: readonly Way[];
  first: Way | undefined;
  onChosen: (way: Way) => void;
  onClose: () => void;
}

function Choice({ offered, first, onChosen, onClose }: ChoiceProps) {
  const { words } = useWords();
  const texts = words.channels;
  const [chosen, setChosen] = useState(first);
  return (
    <Dialog
      title={texts.connect}
      onSubmit={() => chosen && onChosen(chosen)}
      onClose={onClose}
      actions={<DialogButtons submit={texts.next} onClose={onClose} />}
    >
      <fieldset className={choices.choices}>
        <legend className="visually-hidden">{texts.howTo}</legend>
        {offered.map((way) => (
          <label key={way.name} className={choices.choice}>
            <input type="radio" name="way" checked={way === chosen} onChange={() => setChosen(way)} />
            <way.icon size={18} aria-hidden />
            <span className={choices.text}>
              <strong>{texts.ways[way.name]?.name}</strong>
              <span>{texts.ways[way.name]?.lead}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
