import { useQueryClient } from "@tanstack/react-query";
import { FileDown, Pause, Play, Square } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../design/Button";
import { Failure } from "../../../design/Failure";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { problemText, useAct } from "../../api/useAct";
import { ExportDialog } from "../../exports/ExportDialog";
import { useServices } from "../../services";
import { ConfirmDialog } from "../../settings/ConfirmDialog";
import campaigns from "../Campaigns.module.css";
import { isOpen, type Campaign, type Report } from "../campaignShapes";
import { campaignsKey } from "../campaignsKey";

interface ActionsProps {
  report: Report;
  onChanged: () => void;
}

/** Pause, go on, cancel; and the people as a file. */
export function ReportActions({ report, onChanged }: ActionsProps) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const may = useMay();
  const act = useAct();
  const [asking, setAsking] = useState<"cancel" | "export" | null>(null);
  const texts = words.campaigns;
  const { id, status } = report.campaign;
  const sends = may("campaigns:send");
  const done = async (work: Promise<Campaign>) => {
    await work;
    void client.invalidateQueries({ queryKey: campaignsKey });
    onChanged();
  };
  return (
    <div className={campaigns.actions}>
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      {sends && status === "running" && (
        <Button busy={act.busy} onClick={() => act.run(() => done(api.campaigns.pause(id)))}>
          <Pause size={16} aria-hidden /> {texts.pause}
        </Button>
      )}
      {sends && status === "paused" && (
        <Button look="primary" busy={act.busy} onClick={() => act.run(() => done(api.campaigns.resume(id)))}>
          <Play size={16} aria-hidden /> {texts.resume}
        </Button>
      )}
      {sends && (isOpen(report.campaign) || (status === "finished" && report.waiting > 0)) && (
        <Button onClick={() => setAsking("cancel")}>
          <Square size={15} aria-hidden /> {texts.cancel}
        </Button>
      )}
      {report.people > 0 && (
        <Button onClick={() => setAsking("export")}>
          <FileDown size={16} aria-hidden /> {texts.export}
        </Button>
      )}
      {asking === "cancel" && (
        <ConfirmDialog title={texts.cancelAsk} lead={texts.cancelLead} action={texts.cancel} work={() => done(api.campaigns.cancel(id))} onClose={() => setAsking(null)} />
      )}
      {asking === "export" && (
        <ExportDialog
          title={texts.export}
          lead={texts.exportLead}
          start={() => api.campaigns.startExport(id)}
          read={(exported, signal) => api.campaigns.export(id, exported, signal)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}
