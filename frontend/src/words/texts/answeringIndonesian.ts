import type { Words } from "../english";

export const answeringIndonesian: Words["answering"] = {
  write: "Tulis pesan",
  send: "Kirim",
  sendHint: "Enter mengirim, Shift+Enter membuat baris baru",
  timeLeft: { hour: (count) => `Sisa ${count} jam untuk menjawab`, minute: (count) => `Sisa ${count} menit untuk menjawab` },
  obstacles: {
    blocked: "Anda memblokir kontak ini. Bot juga diam, dan tidak ada yang dikirim sampai blokirnya dibuka.",
    "window-closed":
      "Sudah lebih dari 24 jam sejak pesan terakhir pelanggan. WhatsApp hanya menerima template sampai pelanggan menulis lagi.",
  },
  neverWrote: "Pelanggan belum pernah menulis. WhatsApp hanya menerima template sampai pelanggan menulis.",
  by: {
    bot: "Bot yang menjawab",
    me: (since) => `Anda menjawab sejak ${since}`,
    colleague: (name, since) => `${name} menjawab sejak ${since}`,
    phone: (since) => `Seseorang menjawab dari ponsel sejak ${since}`,
    program: (since) => `Program Anda menjawab sejak ${since}`,
    waiting: (since) => `Menunggu seseorang sejak ${since}`,
    waitingForTeam: (team, since) => `Menunggu ${team} sejak ${since}`,
  },
  backAt: (time) => `Bot melanjutkan pukul ${time}`,
  silent: "Bot diam",
  whoAnswers: "Yang menjawab",
  takeOver: "Ambil alih",
  give: "Serahkan ke…",
  giveTeams: "Tim",
  givePeople: "Orang",
  handBack: "Kembalikan ke bot",
  writingTakesOver: "Saat Anda menulis, Anda mengambil alih dari bot.",
  template: {
    send: "Kirim template",
    title: "Kirim template",
    lead: "Template yang disetujui WhatsApp boleh dikirim kapan saja. Setiap pengiriman dikenai biaya.",
    which: "Template",
    choose: "Pilih template",
    none: "Belum ada template yang disetujui dan bisa diisi di sini. Tulis template di halaman Template, lalu kirim setelah disetujui WhatsApp.",
    place: (name: string) => (/^\d+$/.test(name) ? `Variabel {{${name}}}` : name),
  },
  unblock: "Buka blokir",
};
