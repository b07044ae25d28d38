"""The words by which customers stop and resume promotions, and what they are told. One row per
language; a message that is one of these words and nothing else is a wish, whatever the language of
the conversation is: people write the word that they were told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

STOP_PAYLOAD: Final = "kabar:stop"
START_PAYLOAD: Final = "kabar:start"
"""Of a button that says the same, whatever is written on it."""


@dataclass(frozen=True, slots=True)
class OptWords:
    """`stop_all` is also for what is no promotion: news of orders and appointments."""

    stop: tuple[str, ...]
    stop_all: tuple[str, ...]
    start: tuple[str, ...]
    stopped: str
    stopped_all: str
    started: str


OPT_WORDS: Final[dict[str, OptWords]] = {
    "en": OptWords(
        stop=("stop", "unsubscribe", "opt out", "opt-out", "optout", "stop promotions"),
        stop_all=("stop all", "stopall"),
        start=("start", "unstop", "subscribe", "resume", "opt in", "opt-in"),
        stopped="You will get no more promotions from us. Reply START to get them again.",
        stopped_all="You will get no more messages of this kind. Reply START to get them again.",
        started="You will get our news again. Reply STOP at any time to end it.",
    ),
    "id": OptWords(
        stop=("berhenti", "stop promosi", "berhenti langganan", "berhenti berlangganan"),
        stop_all=("berhenti semua", "stop semua"),
        start=("mulai", "langganan", "berlangganan", "mulai lagi"),
        stopped="Anda tidak akan menerima promosi lagi dari kami. Balas MULAI untuk menerimanya "
        "kembali.",
        stopped_all="Anda tidak akan menerima pesan seperti ini lagi. Balas MULAI untuk "
        "menerimanya kembali.",
        started="Anda akan menerima kabar dari kami lagi. Balas BERHENTI kapan saja untuk "
        "menghentikannya.",
    ),
    "ms": OptWords(
        stop=("henti", "berhenti melanggan", "henti langganan"),
        stop_all=("henti semua",),
        start=("mula", "langgan", "mula semula"),
        stopped="Anda tidak akan menerima promosi lagi daripada kami. Balas MULA untuk "
        "menerimanya semula.",
        stopped_all="Anda tidak akan menerima mesej seperti ini lagi. Balas MULA untuk "
        "menerimanya semula.",
        started="Anda akan menerima berita kami semula. Balas HENTI pada bila-bila masa untuk "
        "berhenti.",
    ),
    "es": OptWords(
        stop=("baja", "darme de baja", "dar de baja", "cancelar suscripción", "no más promociones"),
        stop_all=("baja total", "no más mensajes"),
        start=("alta", "suscribirme", "reanudar"),
        stopped="Ya no recibirá nuestras promociones. Responda ALTA para volver a recibirlas.",
        stopped_all="Ya no recibirá este tipo de mensajes. Responda ALTA para volver a recibirlos.",
        started="Volverá a recibir nuestras novedades. Responda BAJA en cualquier momento para "
        "dejar de recibirlas.",
    ),
    "pt": OptWords(
        stop=("parar", "sair", "descadastrar", "cancelar inscrição", "parar promoções"),
        stop_all=("parar tudo",),
        start=("voltar", "inscrever", "retomar"),
        stopped="Você não receberá mais nossas promoções. Responda VOLTAR para recebê-las de novo.",
        stopped_all="Você não receberá mais este tipo de mensagem. Responda VOLTAR para recebê-las "
        "de novo.",
        started="Você voltará a receber nossas novidades. Responda PARAR a qualquer momento para "
        "deixar de recebê-las.",
    ),
    "fr": OptWords(
        stop=("arrêt", "arret", "arrêter", "désabonner", "désinscription", "stop promotions"),
        stop_all=("tout arrêter", "arrêter tout"),
        start=("reprendre", "réabonner", "abonner"),
        stopped="Vous ne recevrez plus nos promotions. Répondez REPRENDRE pour les recevoir de "
        "nouveau.",
        stopped_all="Vous ne recevrez plus ce type de messages. Répondez REPRENDRE pour les "
        "recevoir de nouveau.",
        started="Vous recevrez de nouveau nos nouvelles. Répondez STOP à tout moment pour ne plus "
        "les recevoir.",
    ),
    "de": OptWords(
        stop=("stopp", "abmelden", "abbestellen", "keine werbung"),
        stop_all=("alles stoppen", "alles abbestellen"),
        start=("anmelden", "abonnieren", "wieder anmelden"),
        stopped="Sie erhalten keine Werbung mehr von uns. Antworten Sie START, um sie wieder zu "
        "erhalten.",
        stopped_all="Sie erhalten keine solchen Nachrichten mehr. Antworten Sie START, um sie "
        "wieder zu erhalten.",
        started="Sie erhalten wieder Neuigkeiten von uns. Antworten Sie jederzeit STOP, um sie "
        "abzubestellen.",
    ),
    "nl": OptWords(
        stop=("afmelden", "uitschrijven", "stop reclame"),
        stop_all=("alles stoppen", "stop alles"),
        start=("aanmelden", "inschrijven"),
        stopped="U krijgt geen aanbiedingen meer van ons. Antwoord START om ze weer te krijgen.",
        stopped_all="U krijgt zulke berichten niet meer. Antwoord START om ze weer te krijgen.",
        started="U krijgt weer nieuws van ons. Antwoord op elk moment STOP om dat te beëindigen.",
    ),
    "it": OptWords(
        stop=("disiscrivimi", "cancellami", "annulla iscrizione", "basta promozioni"),
        stop_all=("stop a tutto", "basta messaggi"),
        start=("iscrivimi", "riprendi"),
        stopped="Non riceverà più le nostre promozioni. Risponda START per riceverle di nuovo.",
        stopped_all="Non riceverà più messaggi di questo tipo. Risponda START per riceverli di "
        "nuovo.",
        started="Riceverà di nuovo le nostre novità. Risponda STOP in qualsiasi momento per non "
        "riceverle più.",
    ),
    "tr": OptWords(
        stop=("dur", "iptal", "abonelikten çık", "ret"),
        stop_all=("hepsini durdur",),
        start=("başlat", "başla", "abone ol"),
        stopped="Artık bizden kampanya mesajı almayacaksınız. Yeniden almak için BAŞLAT yazın.",
        stopped_all="Artık bu tür mesajlar almayacaksınız. Yeniden almak için BAŞLAT yazın.",
        started="Haberlerimizi yeniden alacaksınız. Bırakmak için istediğiniz zaman DUR yazın.",
    ),
    "vi": OptWords(
        stop=("dừng", "hủy đăng ký", "huỷ đăng ký", "từ chối"),
        stop_all=("dừng tất cả",),
        start=("bắt đầu", "đăng ký lại"),
        stopped="Bạn sẽ không nhận khuyến mãi từ chúng tôi nữa. Trả lời BẮT ĐẦU để nhận lại.",
        stopped_all="Bạn sẽ không nhận tin nhắn loại này nữa. Trả lời BẮT ĐẦU để nhận lại.",
        started="Bạn sẽ nhận lại tin của chúng tôi. Trả lời DỪNG bất cứ lúc nào để ngừng nhận.",
    ),
    "th": OptWords(
        stop=("หยุด", "ยกเลิกการรับข่าวสาร", "เลิกรับข่าวสาร"),
        stop_all=("หยุดทั้งหมด",),
        start=("เริ่ม", "รับข่าวสาร"),
        stopped="คุณจะไม่ได้รับโปรโมชันจากเราอีก ตอบ เริ่ม เพื่อรับอีกครั้ง",
        stopped_all="คุณจะไม่ได้รับข้อความประเภทนี้อีก ตอบ เริ่ม เพื่อรับอีกครั้ง",
        started="คุณจะได้รับข่าวสารจากเราอีกครั้ง ตอบ หยุด ได้ทุกเมื่อเพื่อเลิกรับ",
    ),
    "hi": OptWords(
        stop=("रोकें", "बंद करें", "सदस्यता समाप्त करें"),
        stop_all=("सब बंद करें",),
        start=("शुरू", "शुरू करें"),
        stopped="अब आपको हमारे प्रचार संदेश नहीं मिलेंगे। फिर से पाने के लिए शुरू लिखें।",
        stopped_all="अब आपको ऐसे संदेश नहीं मिलेंगे। फिर से पाने के लिए शुरू लिखें।",
        started="अब आपको हमारी खबरें फिर मिलेंगी। बंद करने के लिए कभी भी STOP लिखें।",
    ),
    "ar": OptWords(
        stop=("توقف", "إيقاف", "ايقاف", "إلغاء الاشتراك", "الغاء الاشتراك"),
        stop_all=("إيقاف الكل", "ايقاف الكل"),
        start=("ابدأ", "ابدا", "اشتراك", "استئناف"),
        stopped="لن تصلك عروضنا الترويجية بعد الآن. أرسل ابدأ لاستلامها من جديد.",
        stopped_all="لن تصلك رسائل من هذا النوع بعد الآن. أرسل ابدأ لاستلامها من جديد.",
        started="ستصلك أخبارنا من جديد. أرسل توقف في أي وقت لإيقافها.",
    ),
    "ru": OptWords(
        stop=("стоп", "отписаться", "отписка"),
        stop_all=("стоп всё", "стоп все"),
        start=("старт", "подписаться", "возобновить"),
        stopped="Вы больше не будете получать наши рекламные сообщения. Ответьте СТАРТ, чтобы "
        "получать их снова.",
        stopped_all="Вы больше не будете получать такие сообщения. Ответьте СТАРТ, чтобы получать "
        "их снова.",
        started="Вы снова будете получать наши новости. Ответьте СТОП в любое время, чтобы "
        "отписаться.",
    ),
    "zh": OptWords(
        stop=("退订", "退訂", "停止", "取消订阅", "取消訂閱"),
        stop_all=("全部停止",),
        start=("开始", "開始", "订阅", "訂閱"),
        stopped="您将不再收到我们的促销信息。回复“开始”可重新接收。",
        stopped_all="您将不再收到此类信息。回复“开始”可重新接收。",
        started="您将重新收到我们的消息。随时回复“退订”即可停止。",
    ),
}
"""By ISO 639-1 code."""
