/** Templates as the API has them. Components are in Meta's own shape. */
export interface Component {
  type: string;
  format?: string;
  text?: string;
  example?: {
    header_text?: string[];
    header_text_named_params?: NamedExample[];
    header_handle?: string[];
    body_text?: string[][];
    body_text_named_params?: NamedExample[];
  };
  buttons?: ButtonComponent[];
  limited_time_offer?: { text: string; has_expiration?: boolean };
  add_security_recommendation?: boolean;
  code_expiration_minutes?: number;
  cards?: { components: Component[] }[];
}

export interface NamedExample {
  param_name: string;
  example: string;
}

export interface ButtonComponent {
  type: string;
  text?: string;
  url?: string;
  phone_number?: string;
  example?: string | string[];
  flow_id?: string;
  otp_type?: string;
  autofill_text?: string;
  supported_apps?: { package_name: string; signature_hash: string }[];
  zero_tap_terms_accepted?: boolean;
}

export interface ButtonWanted {
  index: number;
  kind: string;
  text: string;
  needed: boolean;
}

export interface Template {
  id: string;
  waba_id: string;
  name: string;
  language: string;
  category: string;
  status: string;
  parameter_format: string;
  components: Component[];
  message_send_ttl_seconds: number | null;
  quality: string;
  reason: string;
  details: string;
  becomes: string;
  changes_at: number | null;
  editable: boolean;
  next_edit_at: number | null;
  wants: {
    header: string | null;
    header_names: string[];
    body: string[];
    named: boolean;
    buttons: ButtonWanted[];
    offer: boolean;
    cards: unknown[];
  };
  created_at: number;
  updated_at: number;
}

/** A WhatsApp account; `syncing` while its list is compared with Meta's. */
export interface TemplateAccount {
  waba_id: string;
  channel_id: string;
  name: string;
  synced_at: number | null;
  syncing: boolean;
  reason: string;
}

export interface TemplateDraft {
  name: string;
  language: string;
  category: string;
  parameter_format: string;
  components: Component[];
  waba_id?: string;
}

export interface TemplatePage {
  items: Template[];
  next_cursor: string | null;
  accounts: TemplateAccount[];
}

export const statuses = ["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL", "PENDING_DELETION", "LIMIT_EXCEEDED", "ARCHIVED"] as const;
export const categories = ["MARKETING", "UTILITY", "AUTHENTICATION"] as const;

/** Meta's list, as far as a business here needs it; first those of the two languages of this page. */
export const languages = [
  "id", "en", "en_US", "en_GB", "ms", "zh_CN", "zh_HK", "zh_TW", "ar", "bn", "de", "es", "es_ES", "es_MX", "fil", "fr", "hi", "it", "ja", "ko", "nl", "pt_BR", "pt_PT", "ru", "ta", "te", "th", "tr", "ur", "vi",
] as const;
