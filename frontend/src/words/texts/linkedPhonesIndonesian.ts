import type { linkedPhonesEnglish } from "./linkedPhonesEnglish";

export const linkedPhonesIndonesian: typeof linkedPhonesEnglish = {
  title: "Tautkan ponsel",
  lead: "Untuk nomor yang dipakai di aplikasi WhatsApp. Tidak perlu akun Meta.",
  risk: "Cara ini tidak didukung WhatsApp. WhatsApp memblokir nomor yang menulis ke banyak orang, atau ke orang yang belum pernah menulis lebih dulu. Tautkan hanya nomor yang boleh hilang; kampanye tidak dikirim lewat nomor ini.",
  understood: "Saya tahu WhatsApp dapat memblokir nomor ini",
  notUnderstood: "Centang dulu bahwa Anda tahu risikonya.",
  phone: "Nomor ponsel",
  phoneHint: "Dengan kode negara, misalnya +62 811 1000 200.",
  phoneWrong: "Tulis nomor dengan kode negara, misalnya +62 811 1000 200.",
  show: "Tampilkan kode",
  scanLead: (number: string) => `Pindai dengan ponsel ${number}. Kode diperbarui sendiri.`,
  code: "Kode untuk dipindai dengan WhatsApp",
  codeComes: "Kode segera muncul …",
  linked: "Ponsel sudah tertaut.",
  steps: ["Buka WhatsApp di ponsel", "Setelan, lalu Perangkat tertaut", "Tautkan perangkat, lalu pindai"],
  logOut: "Keluar",
  unrated: "Tidak dinilai WhatsApp",
  riskShort: "Ponsel tertaut: tombol dikirim sebagai pilihan bernomor, pengiriman sengaja pelan, dan WhatsApp dapat memblokirnya.",
};
