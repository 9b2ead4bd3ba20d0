"""Sentences that only urge carrying out the letter, pass it on or speak of difficulties: no duties of their own."""

from __future__ import annotations

import re

from nlp.directives import directing_clauses, folded, leading_subject, lexicon, opens_imperative
from nlp.tasks.setting import has_any

REPORTS = re.compile(r"(?<![a-z])(?:bao cao|gui|phan hoi|tong hop|gop y|tham gia y kien)(?![a-z])")


_WHOLE_DOCUMENT = re.compile(
    r"(?:thuc hien|trien khai|chap hanh|thi hanh)(?:\s+(?:thuc hien|nghiem|nghiem tuc|nghiem chinh|tot|day du|hieu qua|kip thoi|dong bo|co hieu qua|va|,)){0,4}"
    r"\s+(?:cac\s+)?(?:noi dung|nhiem vu|yeu cau|giai phap)(?:,? (?:noi dung|nhiem vu|giai phap))?\s+(?:neu\s+)?(?:tren|o tren|nay)(?![a-z])"
    r"|(?:thuc hien|trien khai|chap hanh|thi hanh)(?:\s+(?:thuc hien|nghiem|nghiem tuc|nghiem chinh|tot|day du|hieu qua|,)){0,3}\s+(?:chi thi|cong van|cong dien|thong bao|ke hoach|quyet dinh|van ban|huong dan) (?:nay|tren)(?![a-z])"
    r"|(?<![a-z])(?:can cu|chieu) (?:noi dung )?(?:chi thi|ke hoach|quyet dinh)(?: nay)?,? (?:to chuc )?(?:thi hanh|thuc hien)[ ./]*$"
)


_WORK_ON_IT = re.compile(r"(?<![a-z])(?:tham muu|xay dung|huong dan|bo tri|lap|ban hanh|phan cong)(?![a-z])[^.;]*\sviec $")
""" "tham mưu cho UBND tỉnh việc triển khai thực hiện Quyết định này": work on it, more than to carry it out."""


_ANSWERS_FOR = re.compile(
    r"chiu (?:hoan toan )?trach nhiem(?: truoc [^,;.]{3,120}?)? neu (?:de|khong|vi pham|cham|xay ra|co)(?![a-z])"
)
""" "… chịu trách nhiệm trước Chủ tịch UBND tỉnh nếu để xảy ra …": what follows from not doing it, no duty of its own."""


_PUNISHED = re.compile(
    r"[^.;:]{3,160}?\s(?:nao (?:de|vi pham|khong|chua|cham|thieu|co)|de (?:xay ra|ton tai|phat sinh))\s[^.;:]{2,140}?\s(?:thi |se |phai |deu )*bi\s(?:xem xet|xu ly|ky luat|phe binh|kiem diem|ha |tru |dinh chi)"
)
""" "Thủ trưởng đơn vị nào để xảy ra sai phạm thì bị xử lý kỷ luật": a sanction."""


def _own_deed_before(text: str, words: str, answers: int) -> bool:
    """Whether work of its own stands before "và chịu trách nhiệm … nếu …", not only that the letter be carried out."""
    clauses = directing_clauses(text)
    begins = clauses[0].bodies_end if clauses else (subject[1] if (subject := leading_subject(text)) else 0)
    between = words[begins:answers].strip(" ,")
    return len(between) > 40 and opens_imperative(text, begins + 1) and not has_any(between, lexicon().urging) and not _WHOLE_DOCUMENT.search(between)


_TELLS = re.compile(
    r"(?:thua lenh [^,.;]{3,70},\s+)?(?:nay |vay |tren day la [^.]{3,160}?|(?:van phong|uy ban|ubnd|bo|so|tong cuc|cuc|ban|phong|truong|vien|trung tam|hoi|cong ty|chi cuc|benh vien)\s[^,;.]{3,90}?\s)?(?:xin |tran trong |kinh )*(?:(?:thong bao|bao)(?![a-z])(?! y kien| ket qua| cao| (?:dam|ve|ton|tri|duong|quan|mat|hanh|hiem|gom)(?![a-z]))|truyen dat(?![a-z]))[^.]*"
    r"(?:bie[tn]|thuc hien|trien khai)[^.]{0,60}[.\s/]*$"
)
""" "Văn phòng … xin thông báo để Bộ X biết, thực hiện": it passes on, what is ordered stands before it."""


_CONTACT = re.compile(r"(?:moi )?(?:thong tin|chi tiet|noi dung)(?: (?:chi tiet|cu the|them))?,? (?:xin |de nghi |vui long )?lien he(?![a-z])")
""" "Thông tin chi tiết xin liên hệ Phòng A": whom to ask."""


_ENDS_CLAUSE = re.compile(r"[;.]\s")
_DIFFICULTY = re.compile(r"(?<![a-z])(?:(?:trong qua trinh|neu(?! (?:o )?tren| tai| trong)|khi|truong hop)\s[^.]{0,60}?|moi\s)(?:kho khan|vuong mac)")


def watches_over_it(text: str) -> bool:
    """Whether one body must see to it that the document is carried out: "Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện Thông báo này"."""
    return _has_a_watcher(text, folded(text))


_OF_ANOTHER = re.compile(
    r"(?:trien khai|thuc hien|chap hanh)(?: (?:thuc hien|nghiem|nghiem tuc|kip thoi))*,? (?:theo|dung)(?: dung)? (?:noi dung |tinh than |cac )?"
    r"(?:y kien|chi dao|huong dan|ket luan|cong van|van ban|quyet dinh|chi thi|thong bao|ke hoach)(?: chi dao| ket luan| huong dan)?"
    r"(?! (?:nay|tren|neu tren)(?![a-z]))(?: [^.;,]{0,60}?)?(?: cua (?!so nay)| so \d)"
)


def carries_out_another(text: str) -> bool:
    """Whether a sentence asks to carry out what somebody else has said: "đề nghị Quý Cơ quan thực hiện theo ý kiến của Thủ tướng Chính phủ".

    In a letter that only passes it on this is what the letter wants; "thực hiện Công văn này" urges.
    """
    return _OF_ANOTHER.search(folded(text)) is not None


def only_urges(text: str) -> bool:
    """A sentence that only urges carrying out the document, or only asks to tell of difficulties."""
    words = folded(text)
    if _has_a_watcher(text, words):
        return False
    whole = _WHOLE_DOCUMENT.search(words)
    if whole and not REPORTS.search(words) and not _WORK_ON_IT.search(words[: whole.start()]):
        return True
    if len(words) > 420:
        return False
    if _CONTACT.match(words):
        return True
    if _TELLS.match(words) and not directing_clauses(text):
        return True
    if (answers := _ANSWERS_FOR.search(words)) and not REPORTS.search(words) and not _own_deed_before(text, words, answers.start()):
        return True
    if _PUNISHED.match(words) and not REPORTS.search(words) and not directing_clauses(text):
        return True
    if words.startswith("tren day la ") and not REPORTS.search(words[_after_comma(words) :]):
        return True
    if only_difficulties(text):
        return True
    clauses = directing_clauses(text)
    after = clauses[0].bodies_end if clauses else (subject[1] if (subject := leading_subject(text)) else 0)
    said = re.sub(r"\./.{0,4}$", "", words[after:]).strip(" ,./")  # marks that a seal leaves behind the closing "./."
    if len(said) > 170 or REPORTS.search(said):
        return False
    return any(_urging_alone(said, phrase) for phrase in lexicon().urging)


_WATCHES = re.compile(r"\s*(?:,? ?(?:can cu|theo|trong pham vi) (?:vao )?(?:chuc nang|nhiem vu|quyen han)(?:,? [a-z]+){0,12}? )?(?:tang cuong )?(?:(?:chiu trach nhiem|co trach nhiem|chu tri|,) ?){0,2}(?:phoi hop [^,;.]{3,80} )?(?:theo doi|don doc|kiem tra|giam sat|thanh tra)(?![a-z])")
_MANY = re.compile(r"(?:thu truong |lanh dao |quy )?(?:cac|nhung|toan the)(?![a-z])")


def _has_a_watcher(text: str, words: str) -> bool:
    """ "Giao Văn phòng UBND tỉnh theo dõi, đôn đốc việc thực hiện Chỉ thị này": one body must see to it; that is its duty."""
    clauses = directing_clauses(text)
    named = (clauses[0].bodies_start, clauses[0].bodies_end) if clauses else leading_subject(text)
    return named is not None and not _MANY.match(words, named[0]) and _WATCHES.match(words, named[1]) is not None


def only_difficulties(text: str) -> bool:
    """Whether a sentence only asks to tell of difficulties: "Trong quá trình thực hiện, nếu có vướng mắc, …"."""
    words = folded(text)
    told = _DIFFICULTY.search(words)
    clauses = directing_clauses(text) if told else ()
    if told and clauses and _ENDS_CLAUSE.search(words, clauses[0].bodies_end, told.start() + 1):
        return False  # "đề nghị các xã hoàn thành … trước ngày …; trường hợp có vướng mắc thì …": an order stands before it
    return bool(told and has_any(words, lexicon().difficulties)) and not opens_imperative(text)


def _after_comma(words: str) -> int:
    """Where the second part of "Trên đây là thông báo về …, đề nghị …" begins."""
    at = re.search(r"[,;.]\s+(?:\S+\s+){0,6}?(?:de nghi|yeu cau|giao|mong)(?![a-z])", words)
    return at.start() if at else len(words)


_GENERAL_OBJECT = re.compile(
    r"[ ,./]*(?:$|(?:nghiem|nghiem tuc|hieu qua|tot|dung|day du|kip thoi|cac noi dung|noi dung|cac nhiem vu|nhiem vu|tren|nay|theo|de(?! an)|nham|truoc"
    r"|(?:chi thi|cong van|cong dien|ke hoach|thong bao|ket luan|quyet dinh|huong dan|nghi quyet) nay|noi dung tren)(?![a-z]))"
)


def _urging_alone(said: str, phrase: str) -> bool:
    """Whether the urging phrase is all that is said: near the start, with no object of its own after it."""
    place = said.find(phrase)
    return 0 <= place <= 45 and bool(_GENERAL_OBJECT.match(said, place + len(phrase)))
