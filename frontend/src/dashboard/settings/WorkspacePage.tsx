import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { TextField } from "../../design/Field";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { meKey, useMay, useMe, useMoved } from "../api/me";
import { asProblem } from "../api/problem";
import type { Me, WorkspaceHeader } from "../api/shapes";
import { fieldProblem, formProblem, problemText, useAct } from "../api/useAct";
import { useServices } from "../services";
import { ExportWorkspace } from "../usage/ExportWorkspace";
import { ConfirmDialog } from "./ConfirmDialog";
import { PageHead } from "./PageHead";
import styles from "./Settings.module.css";
import { WorkspacePlace } from "./WorkspacePlace";

export function WorkspacePage() {
  const { words } = useWords();
  const me = useMe().data;
  if (!me?.workspace) return null;
  const { workspace } = me;
  return (
    <div className={styles.page}>
      <PageHead title={words.settings.sections.workspace} lead={words.settings.workspace.lead} />
      {/* Another's newer name begins the form anew. */}
      <Rename key={`${workspace.id} ${workspace.revision}`} workspace={workspace} />
      <WorkspacePlace key={`${workspace.id} place ${workspace.revision}`} workspace={workspace} />
      <dl className={styles.facts}>
        <div>
          <dt>{words.settings.workspace.role}</dt>
          <dd>{words.settings.roles[me.role ?? ""] ?? me.role}</dd>
        </div>
        <div>
          <dt>{words.settings.workspace.id}</dt>
          <dd>
            <code>{workspace.id}</code>
          </dd>
        </div>
      </dl>
      <ExportWorkspace />
      <Leave workspace={workspace} />
      <Delete workspace={workspace} />
    </div>
  );
}

function Rename({ workspace }: { workspace: WorkspaceHeader }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const may = useMay();
  const [name, setName] = useState(workspace.name);
  const act = useAct();
  const allowed = may("workspace:update");
  const wanted = name.trim();

  const show = (shown: string) =>
    client.setQueryData<Me>(meKey, (me) =>
      me?.workspace ? { ...me, workspace: { ...me.workspace, name: shown } } : me,
    );
  const rename = async (from: WorkspaceHeader, to: string): Promise<WorkspaceHeader> => {
    show(to);
    try {
      return await api.renameWorkspace(to, from.revision);
    } catch (failure) {
      show(from.name);
      throw failure;
    } finally {
      await client.invalidateQueries({ queryKey: meKey });
    }
  };
  const submit = () =>
    act.run(async () => {
      const renamed = await rename(workspace, wanted);
      const takeBack = () => {
        rename(renamed, workspace.name).catch((failure: unknown) =>
          toast({ tone: "failure", text: problemText(asProblem(failure), words) }),
        );
      };
      toast({ text: words.settings.workspace.renamed(wanted), action: { label: words.settings.undo, run: takeBack } });
    });
  const said = formProblem(act.problem, ["name"], words);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {said && <Failure>{said}</Failure>}
      <TextField
        label={words.settings.workspace.name}
        error={fieldProblem(act.problem, "name")}
        value={name}
        maxLength={80}
        disabled={!allowed}
        onChange={setName}
      />
      {allowed && (
        <Button look="primary" type="submit" busy={act.busy} disabled={wanted === "" || wanted === workspace.name}>
          {words.settings.save}
        </Button>
      )}
    </form>
  );
}

function Leave({ workspace }: { workspace: WorkspaceHeader }) {
  const { words } = useWords();
  const { api } = useServices();
  const navigate = useNavigate();
  const moved = useMoved();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const texts = words.settings.workspace;

  const leave = async () => {
    await api.leaveWorkspace();
    toast({ text: texts.left(workspace.name) });
    await moved();
    void navigate("/inbox");
  };
  return (
    <section className={styles.group}>
      <h3>{texts.leaveTitle}</h3>
      <p className={styles.lead}>{texts.leaveLead}</p>
      <div className={styles.row}>
        <Button onClick={() => setAsking(true)}>{texts.leave}</Button>
      </div>
      {asking && (
        <ConfirmDialog
          title={texts.leaveAsk(workspace.name)}
          lead={texts.leaveLead}
          action={texts.leaveTitle}
          work={leave}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

function Delete({ workspace }: { workspace: WorkspaceHeader }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const texts = words.settings.workspace;
  // While it waits to be deleted, the bar above every page offers to keep it.
  if (!may("workspace:delete") || workspace.delete_after !== null) return null;

  const remove = async () => {
    await api.deleteWorkspace();
    await client.invalidateQueries({ queryKey: meKey });
    toast({ text: texts.deletionSet });
  };
  return (
    <section className={styles.group}>
      <h3>{texts.deleteTitle}</h3>
      <p className={styles.lead}>{texts.deleteLead}</p>
      <div className={styles.row}>
        <Button
          onClick={() => {
            setTyped("");
            setAsking(true);
          }}
        >
          {texts.delete}
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          title={texts.deleteAsk(workspace.name)}
          lead={texts.deleteLead}
          action={texts.delete}
          disabled={typed.trim() !== workspace.name}
          work={remove}
          onClose={() => setAsking(false)}
        >
          <TextField
            label={texts.deleteType(workspace.name)}
            autoComplete="off"
            spellCheck={false}
            autoFocus
            value={typed}
            onChange={setTyped}
          />
        </ConfirmDialog>
      )}
    </section>
  );
}
