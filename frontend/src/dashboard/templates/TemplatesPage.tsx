import { useQueryClient } from "@tanstack/react-query";
import { Plus, RefreshCw } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { Button } from "../../design/Button";
import { SearchBox } from "../../design/SearchBox";
import { useDebounced } from "../../design/useDebounced";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { asProblem } from "../api/problem";
import { problemText } from "../api/useAct";
import { channelsAddress, newTemplateAddress } from "../paths";
import { useServices } from "../services";
import { PageHead } from "../settings/PageHead";
import { PagesState } from "../settings/PagesState";
import settings from "../settings/Settings.module.css";
import { categories, languages, statuses } from "./templateShapes";
import { TemplateTable } from "./TemplateTable";
import styles from "./Templates.module.css";
import { templatesKey } from "./templatesKey";
import { useTemplates } from "./useTemplates";

const filters = ["status", "category", "language"] as const;

export function TemplatesPage() {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const manages = useMay()("templates:manage");
  const [parameters, setParameters] = useSearchParams();
  const [typed, setTyped] = useState(parameters.get("search") ?? "");
  const search = useDebounced(typed);
  const chosen = Object.fromEntries(filters.map((name) => [name, parameters.get(name) ?? ""]));
  const list = useTemplates({ ...chosen, search });
  const texts = words.templates;
  const accounts = list.accounts ?? [];
  const narrowed = search !== "" || filters.some((name) => chosen[name] !== "");

  const set = (name: string, value: string) =>
    setParameters(
      (given) => {
        const next = new URLSearchParams(given);
        if (value === "") next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const sync = async () => {
    try {
      await api.templates.sync();
      toast({ text: texts.syncStarted });
      await client.invalidateQueries({ queryKey: templatesKey });
    } catch (failure) {
      toast({ tone: "failure", text: problemText(asProblem(failure), words) });
    }
  };
  const choices = {
    status: { any: texts.anyStatus, names: texts.statuses, values: statuses },
    category: { any: texts.anyCategory, names: texts.categories, values: categories },
    language: { any: texts.anyLanguage, names: {} as Record<string, string>, values: languages },
  };
  if (list.accounts?.length === 0 && list.items?.length === 0 && !narrowed) {
    return (
      <div className={styles.scroll}>
        <div className={styles.page}>
          <PageHead title={texts.title} lead={texts.lead} />
          <div className={settings.empty}>
            <strong>{texts.noAccount}</strong> {texts.noAccountLead}{" "}
            <Link className={settings.link} to={channelsAddress}>
              {texts.toChannels}
            </Link>
          </div>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <PageHead
          title={texts.title}
          lead={texts.lead}
          action={
            manages && (
              <div className={styles.actions}>
                <Button onClick={() => void sync()} busy={accounts.some(({ syncing }) => syncing)}>
                  <RefreshCw size={16} aria-hidden /> {accounts.some(({ syncing }) => syncing) ? texts.syncing : texts.sync}
                </Button>
                <Button look="primary" onClick={() => void navigate(newTemplateAddress)}>
                  <Plus size={16} aria-hidden /> {texts.create}
                </Button>
              </div>
            )
          }
        />
        {accounts
          .filter(({ reason }) => reason !== "")
          .map((account) => (
            <p key={account.waba_id} className={styles.attention} role="alert">
              {texts.syncFailed(account.name, account.reason)}
            </p>
          ))}
        <div className={styles.filters} role="search">
          <SearchBox className={styles.search} label={texts.search} value={typed} onChange={setTyped} />
          {filters.map((name) => (
            <select
              key={name}
              aria-label={texts[name]}
              data-active={chosen[name] !== ""}
              value={chosen[name]}
              onChange={(event) => set(name, event.target.value)}
            >
              <option value="">{choices[name].any}</option>
              {choices[name].values.map((value) => (
                <option key={value} value={value}>
                  {choices[name].names[value] ?? value}
                </option>
              ))}
            </select>
          ))}
        </div>
        <PagesState
          list={list}
          empty={
            <>
              <strong>{narrowed ? texts.noneFound : texts.none}</strong> {narrowed ? texts.noneFoundLead : texts.noneLead}
            </>
          }
        >
          {(templates) => <TemplateTable templates={templates} />}
        </PagesState>
      </div>
    </div>
  );
}
