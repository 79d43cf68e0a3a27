"""Every message there is, by its key, and what stands around their texts."""

from requests_app.messages.templates import Template
from requests_app.messages.to_applicants import APPLICANT
from requests_app.messages.to_staff import STAFF

#: Stands below every e-mail.
FOOTERS = {
    "zh-hans": "{agency}\n本邮件由政府信息公开平台自动发送，请勿直接回复。",
    "en": "{agency}\nSent automatically by the disclosure portal; please do not reply.",
}
#: A text message: the subject, and where to read on.
SMS = {
    "zh-hans": "【{agency}】{subject}。详见 {track_url}",
    "en": "{agency}: {subject}. {track_url}",
}

TEMPLATES: dict[str, Template] = {row.key: row for row in (*APPLICANT, *STAFF)}
