import type { filesEnglish } from "./filesEnglish";

export const filesIndonesian: typeof filesEnglish = {
  fetching: "Mengambil file …",
  lost: "File tidak bisa diambil.",
  from: "Dikirim oleh pelanggan",
  download: "Unduh",
  uploadFailed: "File tidak bisa diunggah: coba lagi.",
  gone: "File sudah tidak ada.",
  attach: "Lampirkan file",
  detach: "Hapus file",
  upload: "Unggah file",
  uploading: "Mengunggah …",
  kinds: { image: "Gambar", video: "Film", audio: "Suara", document: "File", sticker: "Stiker" },
};
