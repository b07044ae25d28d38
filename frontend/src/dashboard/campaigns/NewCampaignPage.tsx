import { ArrowLeft } from "lucide-react";
import { Link } from "react-router";
import { useWords } from "../../words/useWords";
import { campaignsAddress } from "../paths";
import styles from "./Campaigns.module.css";
import { CampaignWizard } from "./wizard/CampaignWizard";

export function NewCampaignPage() {
  const { words } = useWords();
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <Link className={styles.back ?? ""} to={campaignsAddress}>
          <ArrowLeft size={16} aria-hidden /> {words.campaigns.title}
        </Link>
        <CampaignWizard saved={null} />
      </div>
    </div>
  );
}
