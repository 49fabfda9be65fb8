"""Who a task can belong to: names, initials, roles and pronouns as people write them in notes."""

# ruff: noqa: SIM905, E501 - word lists are read and kept as lines of words
import re
from collections.abc import Iterable, Sequence

from assistant.actions.attendance import attendance, untitled
from assistant.actions.spoken import speakers_in
from assistant.actions.standups import heads

_TAKES_PART = re.compile(
    r"\b(?:[Cc]hair(?:ed by)?|[Nn]otes(?: by)?|[Mm]inutes(?: by)?"
    r"|[Ff]acilitator)[ ]?: ?(?P<name>[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20})?)"
    r"|(?:主持人?|记录人?|纪要)[ ]?[:：][ ]?(?P<zh>[\u4e00-\u9fff]{2,4})(?=[\s，,；;。]|$)"
)
_HEADS_A_LIST = re.compile(r"^[ \t]*【([\u4e00-\u9fff]{2,3})】[ \t]*$", re.MULTILINE)
_MENTION = re.compile(r"(?<![A-Za-z0-9_.])@([A-Za-z][\w.-]{0,30}|[老小阿大][A-Za-z]{2,12}|[\u4e00-\u9fff]{2,4})")
_SPLIT = re.compile(r"\s*(?:[、,，/&+;；]|\band\b|(?<=[\u4e00-\u9fff])[和与及跟](?=[\u4e00-\u9fff]))\s*")
_WROTE = re.compile(
    r"^(?:\*\*)?(?:From|发件人|发信人)(?:\*\*)?[ ]?[:：](?:\*\*)?[ ]?\"?(?P<name>[^\n<>\"@(（]{1,60})", re.MULTILINE
)
_HEAD_OF_A_MAIL = 800
_ROLE_NOTE = re.compile(r"[（(][^）)]{0,40}[）)]")

ME = frozenset("me i myself 我 本人 我自己 俺".split())
_DAYS = frozenset(
    "周一 周二 周三 周四 周五 周六 周日 周天 周末 周内 本周 下周 上周 星期 今天 明天 后天 月底 年底 今日 明日 时间 左右 之前 以前 安全 方便 方面 方案 方法"
    " monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun today tomorrow tonight eod asap"
    " january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_PART_OF_A_ROLE = frozenset(
    "the a of and mr mrs ms miss dr prof sir hon honourable right speaker project manager user interface industrial designer marketing expert phd"
    " grad postdoc professor chair acting vice deputy am mp ms clerk member members minister secretary general director head lead team client".split()
)
EVERYBODY = frozenset("all everyone everybody team both us 大家 全体 各位 所有人 全员 双方".split())

_ROLES = (
    "project manager|programme manager|program manager|product owner|product manager|account manager|delivery manager"
    "|scrum master"
    "|team lead|tech lead|technical lead|test lead|qa lead|dev lead|lead developer|business analyst"
    "|solution architect|architect"
    "|user interface(?: designer)?|ui designer|ux designer|industrial designer|interface designer|designer"
    "|marketing expert|vendor|supplier|client|customer|contractor|subcontractor"
    "|developers?|engineers?|testers?|trainer|consultant|sponsor|chair|secretary|director|manager|supervisor|analyst"
    "|accountant|lawyer|clerk|treasurer|chairman|chairwoman|chairperson|president|coordinator|co-ordinator|officer"
    "|surveyor|landlord|agent|caretaker|editor"
    r"|assistant|librarian|headteacher|teacher|nurse|solicitor|auditor|planner|administrator|host|organi[sz]er"
    r"|facilitator|bookkeeper|warden|foreman|electrician|plumber"
    "|pm|po|ba|qa|dev|devs|ops|devops|it|hr|legal|finance|marketing|sales|support|procurement|purchasing|security"
    "|infra|infrastructure"
    "|operations|design|development|engineering|product|accounts|accounting|admin|data|backend|front-?end|network"
    "|facilities|compliance|commercial|training|helpdesk|testing"
)
_EN_ROLE = re.compile(
    rf"(?:the |our |their )?(?:(?:senior|lead|junior|chief|head of) )?(?:{_ROLES})(?: (?:team|department|dept|lead"
    rf"|manager|group|side|guys|folks|people|staff|desk|expert|designer))?"
    r"|(?:the |our |their )?(?:[A-Za-z]{3,15} )(?:manager|officer|director|engineer|coordinator|administrator|secretary)"
    r"|(?:the |our |all )?(?:[A-Za-z]{2,15} )?(?:team|department|committee|board|managers|leads|owners|heads"
    r"|coordinators|it)"
    r"|(?:the )?(?:two |three |both )(?:designers|developers|engineers|testers|teams|leads|analysts|managers)",
    re.IGNORECASE,
)
# Role words that are also ordinary subjects of a sentence: they own a task only in a list or with "team" behind them.
_THIN_ROLES = frozenset(
    "it data design development product training testing support security operations marketing sales finance accounts"
    " network".split()
)
_EN_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Miss"
    r"|Sir)\.? )?[A-Z\u00c0-\u00de][\w'’\u00c0-\u024f-]{1,24}(?: (?:[A-Z\u00c0-\u00de][\w'’.\u00c0-\u024f-]{0,24}|van"
    r"|de|der|von|da|di|al|bin|la)){0,3}"
)
_INITIALS = re.compile(r"[A-Z]{2,3}|[A-Z]\.[A-Z]\.?")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧"
    "计伏成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万支柯管卢莫房丁邓洪包左石崔吉龚程邢裴陆荣翁荀惠曲封储靳段焦谷车侯全班仲宁仇甘厉戎武刘景龙叶司黎白蒲卓蔺池乔"
    "阴闻党翟谭贡姬申冉雍桑桂牛寿边燕尚温庄晏柴瞿阎慕连习艾容向古易廖庾居衡步耿满匡文寇广东欧沃利越隆师巩聂晁敖辛简饶曾沙丰关查游覃肖闫付代岳佟简牟涂仝"
)
_TITLES = (
    "总监|总经理|副总|总|工|经理|主任|主管|老师"
    "|博士|教授|处长|科长|局长|部长|组长|院长|校长|所长|书记|医生|律师|会计|先生|女士|同学|哥|姐|董|队长|班长|师傅|主席|秘书|总工"
)
_ZH_TITLED = re.compile(
    rf"(?:[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}})?|[老小阿][{_SURNAMES}]|[{_SURNAMES}]老)(?:{_TITLES})"
    rf"|[老小阿][{_SURNAMES}]|阿[\u4e00-\u9fff](?<![里姨])"
)
ZH_TITLED = _ZH_TITLED.pattern
_ZH_NAME = re.compile(rf"(?:欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|司徒|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}")
_NO_ZH_NAME = re.compile(r"[你我他她它您这那的是不了吗呢吧]|[就也都在要会能很把被让请和与或到还才正已仍又均再]$")
_ZH_ROLES = (
    "项目经理|产品经理|客户经理|项目组长|项目负责人|技术负责人|测试负责人|业务方|甲方|乙方|丙方|客户|客户方|我方|对方"
    "|供应商|厂商|集成商|监理|总包|分包|"
    "产品|研发|开发|前端|后端|测试|运维|运营|实施|设计|美工|采购|财务|法务|人事|行政|市场|销售|售后|售前|商务|质量"
    "|质控|安全|架构师|信息|仓储|仓库|物业|后勤|客服|培训|技术|业务|算法|数据|网络"
    "|硬件|安卓|主持人|秘书|班长"
)
_ZH_ROLE = re.compile(
    rf"(?:{_ZH_ROLES})(?:组|部|部门|团队|方|侧|同事|同学|人员|负责人|经理|主管|老师|工程师|中心|科|处|顾问|这边"
    rf"|那边)?(?:老师)?"
    r"|(?!牵头|会同|联合|请|由|责成|要求|督促|改由|以及)[\u4e00-\u9fffA-Z]{1,8}(?:部门|部|小组|组|团队|公司|中心|科室"
    r"|办公室|事业部|工程师|专员|负责人|供应商|处"
    r"|科|学院|店长|门店|单位|委员会|居委会|成员"
    r"|(?:施工|承建|设计|建设|监理|承办|主办|供货|中标|业主|代理|养护)方|局|街道|银行|集团)"
)
_ZH_THIN = frozenset(
    "产品 研发 开发 前端 后端 测试 实施 设计 采购 市场 销售 质量 安全 信息 培训 技术 业务 数据 网络 硬件 仓库 运营".split()
)
_NOT_NAMES = frozenset(
    "note notes action actions todo to-do decision decisions agreed risk risks issue issues question questions answer"
    " info update updates status"
    " date time place venue subject re fw fwd from to cc bcc sent due owner task topic agenda item items attendees"
    " present apologies absent next"
    " step steps summary background goal goals reason result results deadline priority done open closed blocked"
    " blocker blockers impediments warning important urgent"
    " fyi nb ps asap eod eow cob tbd tbc eta uat sit api ui ux go-live golive phase release version plan scope budget"
    " cost costs price prices"
    " monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march"
    " april may june july august"
    " september october november december jan feb mar apr jun jul aug sep oct nov dec yes no ok okay also however"
    " then please thanks hi hello dear"
    " the a an this that these those it we you he she they there here what when where who why how if and but or so as"
    " at in on for with by of"
    " our your their his her my its all-hands meeting call minutes discussion review today tomorrow yesterday week"
    " month everything nothing"
    " something first second third last overall otherwise regarding about ai ap http https lgtm wip pr qa/qc i'll"
    " we'll let let's must should could"
    " would will can may might shall need needs not after before once since until while because although though"
    " despite during both each every any"
    " some most many few several correction cancelled canceled follow-up followup reminder pending email phone tel"
    " website link links attachment"
    " location dial-in chair"
    " uh um er erm hmm mm except actually well because oh ah basically honestly children people members users"
    " somebody someone anybody anyone nobody none it's that's"
    " new old other another same such only just even still maybe perhaps great good nice right well now later soon"
    " again easy hard difficult ready able happy attempts ways plans ability nice good interesting important useful only thing things lots"
    " sorry used going trying supposed".split()
)
_NOT_ZH = frozenset(
    "时间 日期 地点 主题 议题 备注 说明 注意 结论 决定 决议 问题 风险 原因 背景 目标 事项 内容 任务 待办 行动项 负责人 责任人 截止 截止时间 完成时间 状态 优先级 进度 进展"
    " 参会 出席 请假 主持 记录 更新 补充 更正 目的 范围 预算 费用 价格 计划 方案 附件 链接 电话 邮箱 下一步 总结 概述 名称 编号 版本 重要 紧急 会议 周报 日报 成果 结果 建议 任何 全部 时候 方面"
    " 方式 方法 方便 方向 成功 成本 成员 高度 高级 安全 安排 安装 平台 平时 明天 明确 明年 明显"
    " 常见 常规 关于 关键 关注 关系 文件 文档 文字 时长 时候 连接 连续 申请 温度 全面 全程 支持 支付 管理 路径 向上 万一 简单 利用 计算 计划 元旦 和平 于是 马上 任务 查看 查询 代码 代表 尚未"
    " 全新 向导 古老 石头 金额 金融 国庆 包括 包含 司机 师傅 程序 程度 项目 汇总 封面 单价 单位 单据 康复 车间 车辆 水平 水电 毛利 严重 严格 易用 辛苦 经过 经验 应该 应当 别人 别的 步骤 强调"
    " 相关 季度 应用 利润 盛大 容量 容易 居然 居多 习惯 祝贺 双方 房间 房屋 许可 许多 何时 施工 华东 华南 华北 江苏 广东 东湾 东西 钟后 边界 边缘 时限 游客 沙箱 曲线 曲面 段落 段时 班次 班组"
    " 班车 巩固 查收 查阅 查找 查验 查实 付款 付费 代办 代理 钱款 金属 左右 左边 米饭 车库 车票 冷库 舒适 计入 计费 计量 计分 贡献 童装 白天 白班 白板 黄色 黄金 蓝色 文案 文本 文稿 武汉 温州"
    " 宁波 江西 江南 余下 余款 余量 余额 其余".split()
)


class People:
    """The people a note may speak of: those given, those it lists as present, those it mentions and who speak in it."""

    def __init__(self, names: Iterable[str] = (), text: str = "") -> None:
        self._known: set[str] = set()
        self._zh: set[str] = set()
        self._speakers: set[str] = set()
        self._text = text
        self._mentioned: dict[str, bool] = {}
        self._spoken = speakers_in(text)
        for speaker in self._spoken:
            self._speakers.add(speaker.casefold())
            if _EN_NAME.fullmatch(speaker) or (2 <= len(speaker) <= 4 and _is_han(speaker)):
                self._add(speaker)
        for name in names:
            self._add(name)
        for found in _TAKES_PART.finditer(text):
            self._add(found["name"] or found["zh"])
        listed = attendance(text)
        for name in listed.names:
            if _EN_NAME.fullmatch(name) or (2 <= len(name) <= 4 and _is_han(name)):
                self._add(name)
        self._initials = listed.initials
        self._known.update(initials.casefold() for initials in listed.initials)
        self._units = frozenset(listed.units)
        self._whole = _whole_names(self._spoken)
        self.reporting = frozenset(name for name in heads(text) if self._is_person(name) and not self.is_role(name))
        for name in self.reporting:
            self._add(name)
        wrote = _WROTE.search(text[:_HEAD_OF_A_MAIL])
        self._sender = wrote["name"].strip() if wrote else ""
        for mention in _MENTION.finditer(text):
            self._add(mention[1])
        for headed in _HEADS_A_LIST.finditer(text):
            if text.count(headed[1]) > 1 and headed[1] not in _NOT_ZH and not _NO_ZH_NAME.search(headed[1]):
                self._add(headed[1])

    def _add(self, name: str) -> None:
        words = _ROLE_NOTE.sub("", name).strip(" @*")
        if not words or words.casefold() in _NOT_NAMES:
            return
        self._known.add(words.casefold())
        if _is_han(words):
            self._zh.add(words)
            if 3 <= len(words) <= 4:
                self._zh.add(words[1:] if len(words) == 3 else words[2:])
            return
        parts = [p for p in words.replace(".", " ").split() if len(p) > 1 and p.casefold() not in _PART_OF_A_ROLE]
        self._known.update(p.casefold() for p in parts)
        if len(parts) > 1:
            self._known.add("".join(p[0] for p in parts).casefold())

    def known_chinese(self) -> Sequence[str]:
        """Give the known Chinese names, longest first, for patterns over running text."""
        return sorted((n for n in self._zh | self._units if len(n) >= 2), key=lambda n: (-len(n), n))

    @property
    def sender(self) -> str | None:
        """Who wrote the text, where it is a mail that says so: the "I" of its lines."""
        return self.owner(self._sender) if self._sender else None

    @property
    def talk(self) -> bool:
        """Whether the text is talk, with somebody speaking in it."""
        return bool(self._speakers)

    def whole(self, name: str) -> str:
        """Give the name that initials or a speaker's given name stand for, else the name itself, without its title."""
        return self._initials.get(name) or self._whole.get(name.casefold()) or untitled(name)

    def is_known(self, words: str) -> bool:
        """Whether the words are a known name, or a part or the initials of one."""
        plain = words.strip(" @*").casefold()
        return plain in self._known or words.strip(" @*") in self._zh

    def owner(self, words: str) -> str | None:
        """Give the owners that the words name, joined by `; `, or None when they name nobody."""
        plain = " ".join(_ROLE_NOTE.sub("", words).split()).strip(" \t@*_~[]【】()（）.。,，:：-–—")
        if not plain or len(plain) > 80:
            return None
        if plain.casefold() in self._speakers:
            return plain
        parts = [p.strip(" @*") for p in _SPLIT.split(plain) if p.strip(" @*")]
        if not parts or len(parts) > 6 or not all(self._is_person(p) for p in parts):
            return None
        named = (re.sub(r"^(?:the|our) (?=[A-Za-z])", "", p, flags=re.IGNORECASE) for p in parts)
        return "; ".join(self.whole(name) for name in named)

    def is_mentioned(self, name: str) -> bool:
        """Whether the text speaks of that name elsewhere too, so that it is hardly the name of a subject."""
        if self.is_known(name) or name.casefold() in self._speakers:
            return True
        if name not in self._mentioned:  # looked for once, so that a long text stays linear
            pattern = rf"(?:\b[a-z]{{2,12}}|[+&,])[ ]{re.escape(name)}\b|\b{re.escape(name)} (?:to|will|[-–+&]) "
            self._mentioned[name] = (
                self._text.count(name) > 1 if _is_han(name) else re.search(pattern, self._text) is not None
            )
        return self._mentioned[name]

    def is_tag(self, words: str) -> bool:
        """Whether the words before a colon name somebody, rather than a subject."""
        return self.owner(words) is not None

    @staticmethod
    def is_role(words: str) -> bool:
        """Whether the words are a role or a unit, which heads a subject more often than a list of tasks."""
        return _EN_ROLE.fullmatch(words) is not None or _ZH_ROLE.fullmatch(words) is not None

    @staticmethod
    def is_thin(words: str) -> bool:
        """Whether the words are a role that is also a thing: "training", "data"."""
        return re.sub(r"^(?:the|our|their) ", "", words.strip().casefold()) in _THIN_ROLES

    def is_surely(self, words: str) -> bool:
        """Whether the words name somebody even at the head of a running sentence, where every word has a capital."""
        plain = words.strip(" @*")
        lowered = plain.casefold()
        if (
            self.is_known(plain)
            or lowered in ME
            or lowered in self._speakers
            or (_INITIALS.fullmatch(plain) and lowered not in _NOT_NAMES)
        ):
            return True
        bare = re.sub(r"^(?:the|our|their) ", "", lowered)
        if _EN_ROLE.fullmatch(plain) and bare not in _THIN_ROLES:
            return True
        return _ZH_TITLED.fullmatch(plain) is not None or (len(plain.split()) >= 2 and self._is_person(plain))

    def _is_person(self, words: str) -> bool:
        lowered = words.casefold()
        if (
            self.is_known(words)
            or words in self._units
            or lowered in ME
            or lowered in EVERYBODY
            or lowered in self._speakers
        ):
            return True
        if lowered in _DAYS or words in _NOT_ZH or (_is_han(words[:1]) and _NO_ZH_NAME.search(words)):
            return False
        if _is_han(words[:1]):
            return any(p.fullmatch(words) for p in (_ZH_TITLED, _ZH_ROLE, _ZH_NAME))
        if lowered in _NOT_NAMES or any(w.casefold() in _NOT_NAMES for w in words.split()):
            return _EN_ROLE.fullmatch(words) is not None
        if _INITIALS.fullmatch(words) or _EN_ROLE.fullmatch(words):
            return True
        found = _EN_NAME.fullmatch(words)
        return found is not None and not _is_thing(words)


def _whole_names(speakers: Sequence[str]) -> dict[str, str]:
    """Give, by given name, the speakers whom it can mean alone: Amelia is Amelia Stone, 一鸣 is 赵一鸣."""
    found: dict[str, list[str]] = {}
    for speaker in speakers:
        words = speaker.split()
        if 2 <= len(words) <= 3 and _EN_NAME.fullmatch(speaker) and words[0].casefold() not in _PART_OF_A_ROLE:
            found.setdefault(words[0].casefold(), []).append(speaker)
        elif len(speaker) == 3 and _is_han(speaker) and _ZH_NAME.fullmatch(speaker):
            found.setdefault(speaker[1:], []).append(speaker)
    taken = {speaker.casefold() for speaker in speakers}
    return {name: whole[0] for name, whole in found.items() if len(whole) == 1 and name not in taken}


def _is_thing(words: str) -> bool:
    """Whether a capitalised word has the ending of a thing or a doing: Training, Migration, Payment."""
    first = words.rsplit(maxsplit=1)[-1].casefold()
    if len(words.split()) > 1 and words.rsplit(maxsplit=1)[-1][:1].isupper() and len(words.split()) <= 3:
        return first.endswith(("ing", "tion", "ment", "ance", "ity")) and len(first) > 6
    return len(first) > 5 and first.endswith(
        ("ing", "tion", "sion", "ment", "ance", "ity", "ness", "ture", "cess", "ware", "ables")
    )


def _is_han(words: str) -> bool:
    return bool(words) and all("\u4e00" <= c <= "\u9fff" or c == "·" for c in words)


ZH_PERSON = (
    rf"(?:[老小阿][{_SURNAMES}](?!板|时|组|区|结|心|程|计)|阿[\u4e00-\u9fff](?<![里姨])|(?:欧阳|司马|上官|诸葛"
    rf"|[{_SURNAMES}])(?:[\u4e00-\u9fff]{{0,2}}?(?:{_TITLES})"
    rf"|(?!(?:{_TITLES}))[\u4e00-\u9fff]{{1,2}}?)"
    rf"|(?:{_ZH_ROLES})(?:组|部|部门|团队|方|侧|同事|同学|人员|负责人|经理|主管|老师|工程师|中心|处|科|室|这边"
    rf"|那边)?(?![师员稿图])"
    r"|(?:施工|承建|设计|建设|监理|承办|主办|供货|中标|业主|代理|养护)方(?!案)"
    r"|[\u4e00-\u9fffA-Z]{1,6}?(?:部门|部(?!门)|组|团队|公司|中心|办公室|处(?!理)|科(?![技学研])|学院|店长|门店|单位"
    r"|委员会)|我们?(?:这边)?|本人"
    r"|[A-Z][a-zA-Z]{1,15}(?: [A-Z][a-zA-Z]{1,15})?|[A-Z]{2,3})"
)
