"""The marks of transcripts: time codes, numbers of subtitles, and the names and times before what somebody says."""

import re

CUE = re.compile(
    r"[0-9a-f][0-9a-f-]{3,40}/[0-9]{1,6}-[0-9]{1,4}\Z"
    r"|[ \t]*(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}[.,][0-9]{1,3} ?-->|WEBVTT|NOTE\b|[0-9]{1,5}\Z"
)
STAMP = re.compile(
    r"[\[(（【]?(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2} )?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]{1,3})?(?:"
    r" ?[aApP]\.?[mM]\.?)?[\])）】]?[ \t]{0,4}"
)
TIME_CODE = re.compile(r"[ \t]*(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}[.,][0-9]{1,3} ?-->")
VOICE = re.compile(r"<v(?:\.[\w.]{1,30})? (?P<name>[^>]{1,60})>")
_TAG_NAME = (
    r"(?:\*\*)?@?(?:(?:说话人|发言人|讲话人|[Ss]peaker)[ \t]+(?=[^\W\d_]))?"
    r"(?P<name>[A-Za-z\u00c0-\u024f][\w.'’&+/ ()-]{0,60}?"
    r"|[\u4e00-\u9fff·][\u4e00-\u9fffA-Za-z0-9·（）()、，/ &+]{0,30}?)(?:\*\*)?"
)
TAG = re.compile(
    _TAG_NAME
    + rf"[ \t]{{0,3}}(?P<time>{STAMP.pattern})?[ \t]?(?::(?=\s|\Z|\*|[\u4e00-\u9fff])|：)(?:\*\*)?[ \t]{{0,4}}"
)
# "[Renata Flores] 09:02:11" on a line of its own, as Zoom saves a transcript.
BRACKETED = re.compile(rf"\[(?P<name>[^\]\n:：]{{1,60}})\][ \t]{{0,4}}(?P<time>{STAMP.pattern})[ \t]*")
SPEAKER_ALONE = re.compile(_TAG_NAME + rf"[ \t]{{1,6}}(?P<time>{STAMP.pattern})[ \t]*")
