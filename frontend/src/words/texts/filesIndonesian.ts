import type { filesEnglish } from "./filesEnglish";

export const filesIndonesian: typeof filesEnglish = {
  fetching: "Mengambil file …",
  lost: "File tidak bisa diambil.",
  from: "Dikirim oleh pelanggan",
  download: "Unduh",
};
