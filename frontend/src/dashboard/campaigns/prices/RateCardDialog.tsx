import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../../design/Button";
import { Dialog } from "../../../design/Dialog";
import { DialogButtons } from "../../../design/DialogButtons";
import { Failure } from "../../../design/Failure";
import { SelectField, TextField } from "../../../design/Field";
import { SkeletonRows } from "../../../design/Skeleton";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { problemText, useAct } from "../../api/useAct";
import { countries as countryChoices } from "../../imports/countries";
import { useServices } from "../../services";
import { priceLines, type RateCard } from "../campaignShapes";
import { campaignsKey, rateCardKey } from "../campaignsKey";
import wizard from "../wizard/Wizard.module.css";
import { countryName } from "./countryName";
import styles from "./Prices.module.css";
import { draftOf, isRight, isWrong, typedCard, withCountry, type Typed, type TypedCard } from "./rateCardForm";

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
  const { words, language } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const act = useAct();
  const [currency, setCurrency] = useState(known.currency ?? words.campaigns.usualCurrency);
  const [card, setCard] = useState<TypedCard>(() => typedCard(known));
  const [tried, setTried] = useState(false);
  const texts = words.campaigns;
  const choices = countryChoices(language);
  const save = () => {
    setTried(true);
    if (!isRight(card)) return;
    act.run(async () => {
      await api.campaigns.setRateCard(known.revision, draftOf(card, currency));
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
      actions={<DialogButtons submit={texts.pricesSave} busy={act.busy} onClose={onClose} />}
    >
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      {tried && !isRight(card) && <Failure>{texts.priceWrong}</Failure>}
      <SelectField
        label={texts.currency}
        value={currency}
        options={[...new Set([currency, ...Intl.supportedValuesOf("currency")])].map((code) => ({ value: code, label: code }))}
        onChange={setCurrency}
      />
      <fieldset className={wizard.group}>
        <legend>{card.countries.length > 0 ? texts.otherCountries : texts.allCountries}</legend>
        <PriceFields prices={card.everywhere} onChange={(everywhere) => setCard((now) => ({ ...now, everywhere }))} />
      </fieldset>
      {card.countries.map(({ code, prices }, place) => {
        const change = (next: { code: string; prices: Typed }) =>
          setCard((now) => ({ ...now, countries: now.countries.map((one, at) => (at === place ? next : one)) }));
        const taken = new Set(card.countries.map((one) => one.code));
        const own = choices.filter(({ value }) => value === code || !taken.has(value));
        const name = countryName(code, language);
        return (
          <fieldset key={code} className={`${wizard.group} ${styles.country}`} aria-label={name}>
            <div className={styles.countryHead}>
              <SelectField
                label={texts.country}
                value={code}
                options={own.some(({ value }) => value === code) ? own : [{ value: code, label: name }, ...own]}
                onChange={(next) => change({ code: next, prices })}
              />
              <IconButton
                label={texts.removeCountry(name)}
                icon={<X size={16} aria-hidden />}
                onClick={() => setCard((now) => ({ ...now, countries: now.countries.filter((_, at) => at !== place) }))}
              />
            </div>
            <PriceFields prices={prices} inherited={card.everywhere} onChange={(next) => change({ code, prices: next })} />
          </fieldset>
        );
      })}
      <div>
        <Button onClick={() => setCard((now) => withCountry(now, choices.map(({ value }) => value)))}>
          <Plus size={16} aria-hidden /> {texts.addCountry}
        </Button>
      </div>
    </Dialog>
  );
}

/** `inherited` is what holds where nothing is entered. */
function PriceFields({ prices, inherited, onChange }: { prices: Typed; inherited?: Typed; onChange: (prices: Typed) => void }) {
  const { words } = useWords();
  const texts = words.campaigns;
  return (
    <div className={styles.prices}>
      {priceLines.map((line) => (
        <TextField
          key={line}
          label={texts.priceLines[line]}
          inputMode="decimal"
          placeholder={inherited && !isWrong(inherited[line]) ? inherited[line] : undefined}
          value={prices[line]}
          error={isWrong(prices[line]) ? texts.priceWrong : undefined}
          onChange={(text) => onChange({ ...prices, [line]: text })}
        />
      ))}
    </div>
  );
}
