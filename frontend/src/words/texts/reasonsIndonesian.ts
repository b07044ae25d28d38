import type { reasonsEnglish } from "./reasonsEnglish";

export const reasonsIndonesian: typeof reasonsEnglish = {
  codes: {
    0: "WhatsApp tidak lagi menerima token aksesnya",
    1: "WhatsApp melaporkan kesalahan yang tidak dikenal",
    2: "WhatsApp sedang mati atau terlalu sibuk",
    3: "Aplikasi tidak punya kemampuan atau izin untuk ini",
    4: "Aplikasi sudah mencapai batas panggilannya",
    10: "Izinnya ditolak atau dicabut",
    33: "Nomor telepon bisnis sudah dihapus",
    100: "Ada parameter yang tidak sah, tidak dikenal atau terlalu panjang",
    104: "Token aksesnya tidak dikirim",
    190: "Token akses sudah kedaluwarsa atau dicabut",
    368: "Akun dibatasi karena melanggar kebijakan",
    506: "WhatsApp menganggap ini kiriman ganda",
    613: "Panggilannya melebihi batas laju",
    80007: "Akun WhatsApp sudah mencapai batas lajunya",
    80008: "Akun WhatsApp sudah mencapai batas pengelolaannya",
    130403: "Bisnis memblokir orang ini",
    130429: "Batas kecepatan nomor sudah tercapai",
    130472: "Orang ini termasuk dalam percobaan WhatsApp",
    130497: "Bisnis tidak boleh mengirim pesan ke orang di negara ini",
    131000: "Ada yang gagal di dalam WhatsApp",
    131005: "Akses ditolak",
    131008: "Ada parameter wajib yang tidak diisi",
    131009: "Nilai sebuah parameter tidak sah",
    131014: "Tautan berkasnya tidak dapat diambil",
    131016: "Layanan sedang tidak tersedia",
    131020: "Grup tidak ditemukan atau tidak dapat dipakai",
    131021: "Pengirim dan penerimanya sama",
    131026: "Pesan tidak dapat sampai ke orang ini",
    131030: "Penerima tidak ada dalam daftar nomor uji",
    131031: "Akun terkunci",
    131037: "Nama tampilan nomor belum disetujui",
    131041: "Grup tidak dikenal",
    131042: "Ada masalah dengan cara pembayaran",
    131044: "Ada masalah dengan cara pembayaran",
    131045: "Nomor tidak terdaftar dengan benar",
    131047: "Lebih dari 24 jam sejak pesan terakhir orang ini",
    131048: "Terlalu banyak orang memblokir atau melaporkan nomor ini",
    131049: "WhatsApp menahan pesannya demi orang ini",
    131050: "Orang ini tidak mau lagi menerima promosi dari bisnis ini",
    131051: "Jenis pesan ini tidak didukung",
    131052: "Berkas pelanggan tidak dapat diunduh",
    131053: "Berkas tidak dapat diunggah atau diambil",
    131055: "Hanya templat pemasaran yang dapat dikirim di sini",
    131056: "Terlalu banyak pesan ke orang ini dalam waktu singkat",
    131057: "Akun sedang dalam pemeliharaan",
    131059: "Penunjuk sebuah daftar tidak berlaku lagi",
    131060: "Pesan tidak tersedia",
    131062: "Pesan ini memerlukan nomor telepon orangnya",
    131063: "Templat pemasaran dimatikan untuk akun ini",
    131064: "Ada batas karena templat salah digolongkan",
    131208: "Batas laju grup sudah tercapai",
    132000: "Jumlah isian templat tidak cocok",
    132001: "Templat tidak ada atau belum disetujui",
    132005: "Teks yang sudah terisi terlalu panjang",
    132007: "Isi templat melanggar kebijakan",
    132008: "Isian templat tidak sah",
    132012: "Bentuk isian templat tidak cocok",
    132015: "Templat dijeda karena mutunya rendah",
    132016: "Templat dinonaktifkan",
    132018: "Isian templat tidak sah",
    132068: "Formulir diblokir",
    132069: "Formulir dibatasi lajunya",
    133000: "Pencabutan nomor sebelumnya belum selesai",
    133004: "Server pendaftaran tidak tersedia",
    133005: "PIN dua langkah nomor ini lain",
    133006: "Nomor harus diverifikasi dulu",
    133008: "Terlalu banyak PIN salah dicoba",
    133009: "PIN dicoba terlalu cepat",
    133010: "Nomor tidak terdaftar",
    133015: "Nomor baru saja dihapus",
    133016: "Nomor terlalu sering didaftarkan; terkunci tiga hari",
    134011: "Ketentuan WhatsApp Payments belum diterima",
    134100: "Hanya templat pemasaran yang dapat dikirim di sini",
    134101: "Templat masih disinkronkan",
    134102: "Templat tidak dapat dipakai untuk pesan pemasaran",
    135000: "WhatsApp tidak dapat memakai parameternya",
    136024: "Nomor sudah diverifikasi",
    136025: "Kode verifikasinya salah",
    137000: "Identitas orang ini sudah berubah",
    139100: "Tidak semuanya dapat diblokir atau dibuka blokirnya",
    139101: "Daftar orang yang diblokir sudah penuh",
    139102: "Daftar orang yang diblokir sedang diubah",
    139103: "Pemblokiran gagal di dalam WhatsApp",
    147001: "Nama penggunanya sudah dipakai",
    147002: "Nomor tidak memenuhi syarat untuk nama pengguna",
    147003: "Nama pengguna itu milik sebuah halaman Facebook; tautkan dulu",
    147004: "Nama pengguna itu milik sebuah akun Instagram; tautkan dulu",
    147005: "Nama pengguna harus dipindahkan dulu",
    1752041: "Mitra lain sedang mendaftarkan akun ini",
    2388012: "Nomornya sudah ada",
    2388019: "Templat terlalu banyak; hapus yang lama",
    2388023: "Templat bernama ini masih dihapus; pakai nama lain",
    2388024: "Sudah ada templat bernama ini dalam bahasa ini",
    2388039: "Sebuah bagian templat terlalu panjang",
    2388040: "Sebuah bagian templat terlalu panjang",
    2388047: "Bentuk kepala templat salah",
    2388072: "Bentuk isi templat salah",
    2388073: "Bentuk kaki templat salah",
    2388091: "Nomor belum dapat dikirimi kode",
    2388093: "Nomor tidak dapat dipindahkan",
    2388103: "Nomor tidak dapat dipindahkan",
    2388293: "Isian templat terlalu banyak untuk panjangnya",
    2388299: "Templat diawali atau diakhiri isian",
    2494100: "Nomor sedang dalam pemeliharaan",
    2593107: "Riwayat ponsel sudah pernah diminta",
    2593108: "Hari untuk meminta riwayat ponsel sudah lewat",
    2593109: "Bisnis tidak membagikan riwayat ponselnya",
  },
  sentences: {
    "The number is no longer connected to this workspace.":
      "Nomor ini tidak lagi terhubung ke ruang kerja ini.",
    "No word from WhatsApp after # tries.":
      "Tidak ada kabar dari WhatsApp setelah # percobaan.",
    "WhatsApp never said whether it took it.":
      "WhatsApp tidak pernah mengabarkan apakah pesannya diterima.",
    "More than 24 hours since the customer's last message: WhatsApp takes templates only.":
      "Lebih dari 24 jam sejak pesan terakhir pelanggan: WhatsApp hanya menerima templat.",
    "WhatsApp failed without a reason":
      "WhatsApp gagal tanpa alasan",
    "WhatsApp refused the message":
      "WhatsApp menolak pesannya",
    "WhatsApp refused the access token":
      "WhatsApp menolak token aksesnya",
    "WhatsApp refused access":
      "WhatsApp menolak akses",
    "WhatsApp timed out":
      "WhatsApp tidak menjawab pada waktunya",
    "WhatsApp asked to slow down":
      "WhatsApp meminta agar lebih pelan",
    "WhatsApp's answer was unreadable":
      "Jawaban WhatsApp tidak terbaca",
    "The file is not there any more.":
      "Berkasnya sudah tidak ada.",
    "The file was never uploaded, or cannot be sent.":
      "Berkasnya tidak pernah diunggah, atau tidak dapat dikirim.",
    "WhatsApp did not take the file.":
      "WhatsApp tidak menerima berkasnya.",
    "The file has # bytes; over a linked phone, # are allowed.":
      "Berkas ini # bita; lewat ponsel tertaut paling banyak #.",
    "WhatsApp names a place for this file that is not its own.":
      "WhatsApp menyebut tempat berkas ini yang bukan miliknya.",
    "WhatsApp does not hand the file over at the moment.":
      "WhatsApp sedang tidak menyerahkan berkasnya.",
    "The number is not on WhatsApp":
      "Nomor ini tidak ada di WhatsApp",
    "The file is kept by Meta: a linked phone sends files of the workspace's own.":
      "Berkasnya disimpan Meta: ponsel tertaut hanya mengirim berkas milik ruang kerja.",
    "The business has uninstalled our app.":
      "Bisnis sudah mencopot aplikasi kami.",
    "The WhatsApp account was taken off the platform.":
      "Akun WhatsApp sudah dilepas dari platform.",
    "The WhatsApp account was deleted.":
      "Akun WhatsApp sudah dihapus.",
    "WhatsApp has disconnected the number, since its phone was not used for # days: open the app there, and connect again.":
      "WhatsApp memutus nomor ini karena ponselnya tidak dipakai selama # hari: buka aplikasinya di sana, lalu hubungkan lagi.",
    "WhatsApp has disconnected the number, since nothing was done over this connection for # days: connect again.":
      "WhatsApp memutus nomor ini karena sambungannya tidak dipakai selama # hari: hubungkan lagi.",
    "WhatsApp has disabled the account.":
      "WhatsApp menonaktifkan akun ini.",
    "WhatsApp's review has rejected the account.":
      "Tinjauan WhatsApp menolak akun ini.",
    "The number's security settings were changed: …":
      "Setelan keamanan nomor ini diubah: …",
    "Scan the code with WhatsApp on the phone: Settings, Linked devices, Link a device.":
      "Pindai kode dengan WhatsApp di ponsel: Setelan, Perangkat tertaut, Tautkan perangkat.",
    "The phone has unlinked this connection: connect it again.":
      "Ponsel sudah melepas sambungan ini: hubungkan lagi.",
    "Nobody scanned the code in time: connect again.":
      "Kodenya tidak dipindai pada waktunya: hubungkan lagi.",
    "WhatsApp ended the connection: connect again.":
      "WhatsApp mengakhiri sambungannya: hubungkan lagi.",
    "WhatsApp refuses the connection again and again: connect the phone anew.":
      "WhatsApp terus-menerus menolak sambungannya: hubungkan ponselnya dari awal.",
    "The code was scanned with a phone of another number.":
      "Kodenya dipindai dengan ponsel bernomor lain.",
    "WhatsApp has restricted the account: it may not write to new people. Nothing is sent until this is over, since more messages may get the number banned.":
      "WhatsApp membatasi akun ini: tidak boleh menulis ke orang baru. Tidak ada yang dikirim sampai ini berakhir, karena pesan lagi dapat membuat nomornya diblokir.",
    "WhatsApp has locked the number for new chats until …":
      "WhatsApp mengunci nomor ini untuk obrolan baru sampai …",
    "The number has begun as many new chats as WhatsApp allows for now. Nothing is sent until it may begin new ones.":
      "Nomor ini sudah memulai obrolan baru sebanyak yang WhatsApp izinkan untuk saat ini. Tidak ada yang dikirim sampai boleh memulai lagi.",
    "WhatsApp will disable the account: …":
      "WhatsApp akan menonaktifkan akun ini: …",
    "WhatsApp reports a violation of its policy: …":
      "WhatsApp melaporkan pelanggaran kebijakannya: …",
    "The file is not there.":
      "Berkasnya tidak ada.",
    "The file is empty.":
      "Berkasnya kosong.",
    "The file has no rows.":
      "Berkasnya tidak punya baris.",
    "This is a spreadsheet, not a CSV file: save it as CSV first.":
      "Ini lembar kerja, bukan berkas CSV: simpan dulu sebagai CSV.",
    "The file has more than # columns.":
      "Berkas ini lebih dari # kolom.",
    "A cell is longer than a file like this should have.":
      "Ada sel yang terlalu panjang untuk berkas seperti ini.",
    "The file has # rows; # to # can be sent to.":
      "Berkas ini # baris; # sampai # yang dapat dikirimi.",
    "The file has # rows; at most # can be imported.":
      "Berkas ini # baris; paling banyak # yang dapat diimpor.",
    "Something went wrong on our side. Please try again.":
      "Ada yang gagal di pihak kami. Silakan coba lagi.",
    "There is no value for …":
      "Tidak ada nilai untuk …",
    "Another campaign is writing to this person just now.":
      "Kampanye lain sedang menulis ke orang ini.",
    "WhatsApp has restricted the account: …":
      "WhatsApp membatasi akun ini: …",
  },
};
