import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../../design/Button";
import { Dialog } from "../../../design/Dialog";
import { Failure } from "../../../design/Failure";
import { SelectField, TextField } from "../../../design/Field";
import { SkeletonRows } from "../../../design/Skeleton";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { problemText, useAct } from "../../api/useAct";
import { useServices } from "../../services";
import { priceLines, type PriceLine, type RateCard } from "../campaignShapes";
import { campaignsKey, rateCardKey } from "../campaignsKey";
import styles from "../wizard/Wizard.module.css";

/** What one message costs: estimates and reports reckon with it. */
export function RateCardDialog({ onClose }: { onClose: () => void }) {
  const { words } = useWords();
  const { api } = useServices();
  const query = useQuery({ queryKey: rateCardKey, queryFn: ({ signal }) => api.campaigns.rateCard(signal), staleTime: 0 });
  if (query.data) return <RateCardForm known={query.data} onClose={onClose} />;
  return (
    <Dialog title={words.campaigns.prices} onSubmit={onClose} onClose={onClose} actions={<Button onClick={onClose}>{words.settings.cancel}</Button>}>
      {query.error ? <Failure>{problemText(asProblem(query.error), words)}</Failure> : <SkeletonRows rows={3} label={words.common.loading} />}
    </Dialog>
  );
}

function RateCardForm({ known, onClose }: { known: RateCard; onClose: () => void }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const act = useAct();
  const [currency, setCurrency] = useState(known.currency ?? words.campaigns.usualCurrency);
  const [typed, setTyped] = useState<Record<PriceLine, string>>(() => fromCard(known));
  const texts = words.campaigns;
  const wrong = priceLines.filter((line) => Number.isNaN(priceOf(typed[line]) ?? 0));
  const save = () => {
    if (wrong.length > 0) return;
    act.run(async () => {
      const prices = priceLines.map((line) => [line, priceOf(typed[line])] as const).filter(([, price]) => price !== null);
      await api.campaigns.setRateCard(known.revision, { currency, ...Object.fromEntries(prices) });
      await client.invalidateQueries({ queryKey: campaignsKey });
      onClose();
    });
  };
  return (
    <Dialog
      title={texts.prices}
      lead={texts.pricesLead}
      onSubmit={save}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.settings.cancel}</Button>
          <Button look="primary" type="submit" busy={act.busy}>
            {texts.pricesSave}
          </Button>
        </>
      }
    >
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      <SelectField
        label={texts.currency}
        value={currency}
        options={[...new Set([currency, ...Intl.supportedValuesOf("currency")])].map((code) => ({ value: code, label: code }))}
        onChange={setCurrency}
      />
      <div className={styles.two}>
        {priceLines.map((line) => (
          <TextField
            key={line}
            label={texts.priceLines[line]}
            inputMode="decimal"
            value={typed[line]}
            error={wrong.includes(line) ? texts.priceWrong : undefined}
            onChange={(text) => setTyped((now) => ({ ...now, [line]: text }))}
          />
        ))}
      </div>
    </Dialog>
  );
}

function fromCard(card: RateCard): Record<PriceLine, string> {
  return Object.fromEntries(priceLines.map((line) => [line, card[line] === null ? "" : String(card[line])])) as Record<PriceLine, string>;
}

/** Null where nothing is entered; NaN for what is no price. A comma is as good as a point. */
function priceOf(text: string): number | null {
  const given = text.trim().replace(",", ".");
  if (given === "") return null;
  return /^\d+(\.\d+)?$/.test(given) ? Number(given) : NaN;
}
