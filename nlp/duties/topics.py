"""What is to be done, named before who must do it: "Tuyên truyền: Phòng Văn hóa đăng tải …", "Kinh phí giao Sở Tài chính bố trí"."""

from __future__ import annotations

import re

from nlp.bodies import body_phrase_at
from nlp.directives import Directing, folded, follows_subject, leading_subject
from nlp.duties.listed import lead_only

_TOPIC = re.compile(r"[^\W\d_a-z](?:[^:.;()]|\.(?=\d)){2,90}:\s+(?=[^\W\d_a-z])")


def behind_topic(text: str) -> tuple[int, int] | None:
    """The bodies that do what the topic before them names: "Tuyên truyền: Phòng Văn hóa - Xã hội đăng tải …"."""
    topic = _TOPIC.match(text)
    if topic is None or body_phrase_at(text, 0) is not None:
        return None
    rest = text[topic.end() :]
    subject = leading_subject(rest)
    if subject is None:
        return None
    start, end = lead_only(rest, subject)
    return topic.end() + start, topic.end() + end


_TOPIC_BEFORE = re.compile(r"(?:^|[.;:]\s+)(?P<topic>(?:[a-z0-9/-]+ ){1,8})$")
_NO_TOPIC = re.compile(
    r"(?<![a-z])(?:duoc|da|dang|chua|se|khi|neu|theo|do|tai|cua|voi|cho|de|va|hoac|khong)(?![a-z])"
    r"|(?:chi tieu|ke hoach|du toan|von|nhiem vu|viec|bien che|quyen|dat|rung|ban|khoan|nguon|so tien) $"
)
""" "dự toán giao Sở A": the budget that was given, no order."""


def gives_topic(text: str, clause: Directing) -> bool:
    """Whether what is given out stands before the verb: "Kinh phí thực hiện giao Sở Tài chính tham mưu bố trí", "phần còn lại giao Phòng B xử lý"."""
    if clause.verb not in ("giao", "de nghi", "yeu cau") or not follows_subject(text, clause.bodies_end):
        return False
    before = _TOPIC_BEFORE.search(folded(text), max(0, clause.start - 80), clause.start)
    if before is None or _NO_TOPIC.search(before["topic"]) is not None:
        return False
    return clause.verb == "giao" or _PAPER.match(before["topic"]) is not None


_PAPER = re.compile(r"(?:ket qua|bao cao|van ban|danh sach|ho so|y kien|so lieu|moi thong tin|thong tin)(?![a-z])")
""" "Kết quả rà soát đề nghị UBND các xã báo cáo …": what is to be handed in stands first."""
