import { Unplug, UserPlus } from "lucide-react";
import { useEffect, useState } from "react";
import { Notice } from "../design/Notice";
import { SkeletonRows } from "../design/Skeleton";
import { useMedia } from "../design/useMedia";
import { useWords } from "../words/useWords";
import { ChatScreen } from "./ChatScreen";
import { CustomerList } from "./CustomerList";
import { NewCustomerDialog } from "./NewCustomerDialog";
import styles from "./PhoneApp.module.css";
import { usePhone } from "./usePhone";

function customerInAddress(): string | null {
  return decodeURIComponent(location.hash.slice(1)) || null;
}

export function PhoneApp() {
  const { words } = useWords();
  const narrow = useMedia("(max-width: 760px)");
  const [wanted, setWanted] = useState<string | null>(customerInAddress);
  const [listShown, setListShown] = useState(false);
  const [creating, setCreating] = useState(false);
  // The first customer's chat is open until another is chosen; the list hides it on narrow screens.
  const [firstCustomer, setFirstCustomer] = useState<string | null>(null);
  const chosen = wanted ?? firstCustomer;
  const phone = usePhone(narrow && listShown ? null : chosen);
  const { business, customers, failedToStart } = phone.state;
  const customer = customers.find(({ id }) => id === chosen);
  const first = customers[0]?.id ?? null;
  // The address may name a customer who is gone.
  const lost = customers.length > 0 && customer === undefined;
  if (lost && (firstCustomer !== first || wanted !== null)) {
    setFirstCustomer(first);
    setWanted(null);
  }

  useEffect(() => {
    const onHash = () => setWanted(customerInAddress());
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, []);

  useEffect(() => {
    document.title = customer && business ? `${words.phone.phoneOf(customer.name)} · ${business.name}` : words.app;
  }, [business, customer, words]);

  const choose = (id: string) => {
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    setWanted(id);
    setListShown(false);
  };

  if (business === null) {
    if (!failedToStart) return <SkeletonRows rows={4} label={words.common.loading} pictured />;
    return (
      <Notice
        tone="failure"
        icon={<Unplug size={22} aria-hidden />}
        text={words.phone.startFailed}
        action={{ label: words.common.retry, onClick: phone.reload }}
      />
    );
  }
  return (
    <div className={styles.page} data-view={listShown ? "list" : "chat"}>
      <CustomerList
        customers={customers}
        chosen={customer?.id ?? null}
        onChoose={choose}
        onNew={() => setCreating(true)}
      />
      <main className={styles.stage}>
        <div className={styles.phone}>
          {customer ? (
            <ChatScreen
              key={customer.id}
              business={business}
              customer={customer}
              messages={phone.state.chats[customer.id]}
              typingUntil={phone.state.typingUntil[customer.id] ?? 0}
              connected={phone.state.connected}
              onSend={(text, key) => phone.send(customer.id, text, key)}
              onAct={(gesture) => phone.act(customer.id, gesture)}
              onBack={() => setListShown(true)}
            />
          ) : (
            <Notice
              icon={<UserPlus size={22} aria-hidden />}
              title={words.phone.noCustomersTitle}
              text={words.phone.noCustomers}
              action={{ label: words.phone.newCustomer, onClick: () => setCreating(true) }}
            />
          )}
        </div>
      </main>
      {creating && (
        <NewCustomerDialog onClose={() => setCreating(false)} onCreate={phone.createCustomer} onCreated={choose} />
      )}
    </div>
  );
}
