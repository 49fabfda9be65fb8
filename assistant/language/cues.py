"""The words by which a note tells what it is about: data alone, read by ``statements``.

English cues are regular expressions matched on whole words without regard to case; Chinese cues are matched anywhere.
No cue holds an unbounded repetition.
"""

# ruff: noqa: E501 - cues stand together by meaning

ROLES = (
    "state", "done", "problem", "change", "effect", "remedy", "next", "need", "cause", "feasibility", "limit", "option",
    "proposal", "decision", "commitment", "lesson", "risk",
)  # fmt: skip

ENGLISH: dict[str, tuple[str, ...]] = {
    "state": (
        r"on track", r"on schedule", r"on time", r"on hold", r"behind schedule", r"ahead of schedule",
        r"in progress",
        r"ongoing", r"underway", r"under way", r"currently", r"at present", r"as of", r"so far", r"status",
        r"in review",
        r"(?:is|are|now) (?:live|ready|running|stable|open|green|amber|red|blocked|pending|available)",
        r"remains?",
        r"still", r"progress", r"[0-9]{1,3} ?% (?:done|complete|completed|finished|ready)", r"half[- ]way",
        r"percent (?:done|complete)", r"not (?:yet )?started",
    ),
    "done": (
        r"done", r"completed?", r"finished", r"delivered", r"deployed", r"released", r"shipped", r"installed",
        r"migrated",
        r"fixed", r"resolved", r"closed", r"went live", r"gone live", r"is live", r"are live", r"launched",
        r"rolled out",
        r"signed off", r"handed over", r"implemented", r"tested", r"passed", r"accepted", r"trained",
        r"set up", r"uploaded",
        r"achieved", r"merged", r"integrated", r"configured", r"verified", r"sent out", r"received",
    ),
    "problem": (
        r"problems?", r"issues?", r"fail(?:s|ed|ing|ure|ures)?", r"errors?", r"bugs?", r"defects?", r"broken",
        r"outages?",
        r"incidents?", r"blocked", r"blockers?", r"delay(?:s|ed)?", r"late", r"slip(?:s|ped)?", r"missed",
        r"overrun",
        r"over budget", r"behind(?: schedule)?", r"complain(?:s|ed|t|ts)?", r"unhappy",
        r"does(?:n't| not) work", r"down",
        r"stuck", r"missing", r"wrong", r"crash(?:es|ed)?", r"slow", r"time(?:s|d)? out", r"timeouts?",
        r"lost", r"unavailable",
        r"rework", r"short of", r"understaffed", r"regressions?", r"disappointed", r"unacceptable",
        r"escalat(?:ed|ion)",
    ),
    "change": (
        r"moved? (?:from|to|back|forward|out)", r"moves? (?:from|to|back|out)",
        r"mov(?:e|es|ed|ing) (?:the )?[a-z-]{2,20} (?:from|to|out)",
        r"postponed", r"rescheduled", r"brought forward", r"pushed (?:back|out|to)",
        r"slip(?:s|ped)? (?:from|to|by)?", r"shift(?:s|ed)? (?:from|to|by)",
        r"changed?", r"instead of", r"no longer", r"replaced",
        r"new (?:date|scope|plan|deadline|schedule|requirement|go-live)", r"added to (?:the )?scope",
        r"removed from", r"descoped", r"increased?", r"reduced?", r"rais(?:e|ed|es) (?:from|to|by)",
        r"previously", r"originally", r"was planned for", r"change requests?",
        r"cancel(?:l?ed|s)?", r"extended", r"revised", r"updated (?:plan|date|schedule|estimate)",
        r"from [^.;]{2,30} to [^.;]{2,30}",
    ),
    "effect": (
        r"impacts?", r"affect(?:s|ed|ing)?", r"effects?", r"as a result", r"results? in", r"resulted in",
        r"means(?: that)?", r"therefore",
        r"consequences?", r"consequently", r"so that", r"leads? to", r"led to",
        r"costs? (?:an? )?(?:additional|extra|more)",
        r"adds? [^.;]{1,20} (?:days?|weeks?|months?|euros?|eur)",
        r"hence", r"which delays", r"delays? (?:the )?[a-z-]{3,20}", r"cannot start until",
        r"no (?:impact|effect)", r"not affected", r"(?:were|are|was|is) unable to",
    ),
    "remedy": (
        r"work ?arounds?", r"mitigat(?:e|es|ed|ion|ing)", r"hot ?fix(?:es)?", r"patch(?:ed|es)?",
        r"fix(?:es|ed|ing)?", r"resolv(?:e|es|ed|ing)", r"solution",
        r"solv(?:e|es|ed|ing)", r"counter-?measures?", r"corrective actions?", r"restor(?:e|ed|es|ing)",
        r"roll(?:ed)? back", r"rollback",
        r"added? (?:a|an|one|two|three|more) [a-z ]{0,20}(?:developers?|engineers?|testers?|people|colleagues?)",
        r"to (?:prevent|avoid|reduce|catch up|recover)", r"in the meantime",
        r"address(?:ed|es|ing)? (?:the|this|these)", r"replac(?:ed|ing|ement)", r"compensat(?:e|ion)",
        r"second shift", r"daily (?:calls?|stand-?ups?|reports?)",
    ),
    "next": (
        r"next(?: steps?)?", r"will", r"shall", r"going to", r"plan(?:s|ned)? (?:to|for|is)", r"to ?-?do",
        r"upcoming", r"scheduled (?:for|to)", r"then we",
        r"starts? (?:on|in|next)", r"begins? (?:on|in|next)", r"until then", r"follow[- ]?ups?",
        r"by (?:monday|tuesday|wednesday|thursday|friday|tomorrow|end of)", r"(?:is|are) due",
        r"we(?:'ll| are to)",
        r"actions?(?: items?)?:", r"target(?:s|ed)?",
        r"to be (?:done|delivered|tested|confirmed|decided|agreed)",
    ),
    "need": (
        r"need(?:s|ed)? (?:from|you|your|the client|them|to|a|an|the)", r"we need",
        r"please (?:send|provide|confirm|review|approve|sign|let us|share|name|give|check|decide|supply)",
        r"waiting (?:for|on)", r"await(?:s|ing)?",
        r"require(?:s|d)?(?: from)?", r"depends? on", r"dependent on", r"subject to your",
        r"outstanding from", r"(?:client|customer) (?:to|must|should|needs to|has to|shall) [a-z]{2,15}",
        r"on your side", r"your (?:approval|decision|confirmation|sign-off|feedback|input)",
        r"pending (?:from|approval|confirmation|input|feedback|sign-off)", r"access to", r"could you",
        r"can you",
    ),
    "cause": (
        r"because(?: of)?", r"due to", r"caused by", r"cause(?:s|d)?", r"root cause", r"reasons?",
        r"owing to", r"as a consequence of", r"since the", r"result of", r"thanks to", r"triggered by",
        r"the fault", r"attributed to", r"stems? from", r"traced (?:back )?to",
    ),
    "feasibility": (
        r"feasible", r"feasibility", r"(?:is|are|it's|not|would be) possible", r"impossible",
        r"can be (?:done|delivered|ready|met|finished|completed|implemented|built|added)",
        r"can(?:not|'t)? (?:deliver|do|meet|make|finish|build|support|offer)", r"doable", r"realistic",
        r"unrealistic", r"achievable", r"able to", r"unable to", r"within reach", r"viable",
    ),
    "limit": (
        r"limit(?:s|ed|ation|ations)?", r"at most", r"no more than", r"at the earliest", r"not before",
        r"cannot [a-z]{2,12} (?:before|until|without)", r"only [0-9]{1,4}",
        r"only (?:one|two|three|four|five)", r"capacity", r"constraints?", r"constrained",
        r"out of scope", r"not (?:in|part of) (?:the )?(?:scope|contract)", r"maximum", r"up to [0-9]{1,6}",
        r"fixed (?:price|date|scope|budget)", r"no (?:capacity|budget|resources?)", r"freeze", r"bound by",
        r"minimum", r"at least", r"excluded?",
        r"lead time", r"bottlenecks?",
    ),
    "option": (
        r"options?(?: [a-z0-9])?", r"alternatives?", r"alternatively", r"either", r"or else", r"variants?",
        r"choice", r"two ways", r"scenario [a-z0-9]", r"instead,? we (?:could|can)", r"plan b", r"could also",
    ),
    "proposal": (
        r"propos(?:e|es|ed|al|als|ing)", r"suggest(?:s|ed|ion|ions|ing)?",
        r"recommend(?:s|ed|ation|ations|ing)?", r"we could", r"how about", r"offer(?:s|ed)? to",
        r"our advice", r"advis(?:e|ed) to", r"would prefer", r"let(?:'s| us)",
    ),
    "decision": (
        r"decid(?:e|ed|es)", r"decisions?", r"agreed?", r"agreement", r"approv(?:ed|es|al)",
        r"signed(?: off)?", r"sign-off", r"confirmed", r"resolved to", r"chose", r"chosen", r"settled on",
        r"accepted", r"rejected", r"go/no-go", r"green light",
        r"steering committee (?:approved|decided|agreed)",
    ),
    "commitment": (
        r"commit(?:s|ted|ment|ments)?(?: to)?", r"promis(?:e|ed|es)", r"guarantee(?:s|d)?", r"pledged?",
        r"assur(?:e|ed|es)",
        r"we will (?:deliver|provide|send|finish|complete|fix|report|install|release|hand over|have|be|call|inform|come back|cover|bear)",
        r"(?:we|i)'ll (?:deliver|provide|send|finish|complete|fix|report|have|call|get|come back)",
        r"will be (?:delivered|ready|finished|completed|fixed|live|sent|provided|available|released) (?:by|on|before|until|at)",
        r"told (?:the client|them|him|her|you)", r"undertake(?:s)? to", r"give you our word",
    ),
    "lesson": (
        r"lessons?(?: learn(?:ed|t))?", r"in (?:the )?future", r"next time", r"from now on", r"going forward",
        r"learn(?:ed|t) (?:that|from)", r"never again", r"should have",
        r"to avoid (?:this|a repeat|repeating|such)", r"prevent (?:this|a recurrence|recurrence|such)",
        r"retrospective", r"post-?mortem", r"not happen again",
    ),
    "risk": (
        r"risks?", r"risky", r"at risk", r"threat(?:s|ens)?", r"uncertain(?:ty)?",
        r"might (?:slip|fail|delay|be late|not)", r"may (?:slip|fail|delay|be late|not)",
        r"could (?:slip|fail|delay|be late)", r"concern(?:s|ed)?", r"worr(?:y|ied|ies)", r"in danger",
        r"jeopardi[sz]e[sd]?", r"critical path", r"exposure", r"tight",
    ),
}  # fmt: skip

CHINESE: dict[str, tuple[str, ...]] = {
    "state": (
        r"目前", r"当前", r"现状", r"进展", r"进度", r"进行中", r"正在", r"正常", r"按计划", r"按期", r"顺利", r"滞后", r"暂停", r"搁置",
        r"截至", r"状态",
        r"已上线", r"仍(?:在|未|有)", r"还在", r"还没", r"待(?:确认|定|测试|验收|审批)", r"完成(?:了)? ?(?:约)?[0-9]{1,3} ?%", r"评审中",
        r"测试中", r"开发中", r"尚未开始", r"未启动",
    ),
    "done": (
        r"(?:稿|报告|结果|清单|方案|名单|数据)出来了", r"完成(?!后|之后|前|之前|时间|率|度|情况|标准|时)", r"做完", r"搞定",
        r"已(?:经)?(?:于[^，,。；;]{1,14})?(?:上线|交付|发布|部署|修复|解决|关闭|签字|签署|确认|提交|发送|安装|迁移|验收|测试|通过|收到|办结|就绪|打通|联调|培训|移交|恢复|落实)",
        r"(?:上线|交付|发布|部署|修复|解决|关闭|提交|迁移|验收|通过|联调|测试|签|发|交|弄|改|调)(?:完成|完毕|好|完(?![成毕]))(?!后|之后|前|之前|率|度|时)了?",
        r"(?:上线|交付|发布|修复|解决|关闭|通过|签字|恢复|到货|收到)了", r"验收通过", r"测试通过", r"办妥", r"结项", r"落地",
    ),
    "problem": (
        r"问题", r"故障", r"缺陷", r"报错", r"出错", r"错误", r"失败", r"异常", r"延期", r"延误", r"拖延", r"推迟", r"滞后", r"阻塞",
        r"卡住", r"卡在", r"投诉", r"不满", r"抱怨", r"宕机", r"崩溃", r"超支", r"超预算", r"返工",
        r"缺(?:人|少|失)", r"不通", r"无法", r"不能用", r"丢失", r"中断", r"停机", r"超时", r"太慢", r"很慢", r"未达标", r"不达标", r"来不及",
        r"赶不上", r"人手不足", r"资源不足", r"误差", r"不符", r"漏(?:掉|发|测)?了", r"bug",
    ),
    "change": (
        r"改(?:为|到|成|期|至)", r"调整(?:为|到|至|了)?", r"变更", r"推迟(?:到|至)?", r"延(?:期|后)(?:到|至)?", r"顺延", r"提前(?:到|至)",
        r"由.{1,15}?(?:改|变|调|延|推)", r"从.{1,15}?(?:改|变|调|延|推|提)", r"原(?:定|计划|来)", r"不再", r"取消", r"新增",
        r"增加(?:到|至|了)?", r"减少(?:到|至|了)?", r"替换", r"更换", r"延长", r"缩短", r"上调", r"下调", r"追加",
    ),
    "effect": (
        r"影响", r"导致", r"造成", r"因此", r"所以", r"结果", r"使得", r"意味着", r"波及", r"从而", r"后果", r"连带", r"受此", r"不受影响",
        r"牵连",
    ),
    "remedy": (
        r"措施", r"解决方案", r"解决办法", r"对策", r"应对", r"补救", r"修复", r"回滚", r"补丁", r"绕过", r"临时方案", r"加(?:人|班|派)",
        r"增派", r"增加.{0,4}人手", r"抢修", r"恢复", r"整改", r"赶工", r"追回", r"补偿", r"优化", r"缓解", r"避免",
        r"每日(?:例会|汇报|站会)", r"排查",
    ),
    "next": (
        r"下一步", r"下步", r"接下来", r"后续", r"计划(?!书|外)", r"将(?:于|在|会|由|要)?", r"预计", r"拟", r"准备", r"安排", r"即将",
        r"待办", r"目标", r"下(?:周|月|个月|季度|阶段)", r"明天", r"后天", r"(?:日|周[一二三四五六日]|月底)(?:之)?前", r"启动", r"开始",
    ),
    "need": (
        r"需要?(?:贵方|您|你们|客户|甲方|对方|业务方|用户)", r"请(?:贵方|您|你们|客户|甲方|尽快|提供|确认|协助|配合|审批|回复|批准|安排|于|在)",
        r"等(?:待|客户|对方|甲方|贵方|回复|确认)", r"(?:贵方|客户|甲方|对方)(?:需|需要|应|须|要|尽快)?(?:提供|确认|配合|批准|审批|签字|决定|开通)", r"有赖于",
        r"依赖", r"取决于",
        r"待(?:客户|贵方|甲方|对方)", r"烦请", r"麻烦(?:您|你|贵方)", r"希望(?:贵方|您|客户)", r"还缺", r"配合",
    ),
    "cause": (
        r"因为", r"由于", r"原因", r"根因", r"起因", r"因(?!此|而)[^，。]{1,20}(?:，|导致|而|延|推|未|无法)", r"源于", r"归因", r"是因",
        r"所致", r"引起", r"由.{1,12}?(?:引起|导致|造成)", r"缘由",
    ),
    "feasibility": (
        r"可行", r"不可行", r"能(?:够)?(?:做|实现|完成|交付|支持|满足|赶上|按期|在)", r"可以(?:做|实现|完成|交付|支持|满足|在)", r"做(?:得|不)到",
        r"无法(?:做|实现|完成|交付|支持|满足|在|按)", r"不(?:太)?可能", r"不现实", r"现实", r"来得及", r"来不及", r"办得到", r"有条件",
    ),
    "limit": (
        r"最多", r"最早", r"最快", r"至少", r"上限", r"下限", r"不超过", r"不能超过", r"不早于", r"限(?:制|于|额|定)", r"受限",
        r"只(?:有|能|剩)", r"仅(?:有|能|剩|限)", r"产能", r"人手不足", r"资源不足", r"超出(?:范围|合同|预算)",
        r"不(?:在|含在|属于|包含在).{0,6}(?:范围|合同)", r"合同(?:范围|约定|之外|外)", r"封版", r"冻结", r"瓶颈", r"前提(?![供交出醒示到升高])",
        r"固定(?:价|预算|工期)",
    ),
    "option": (
        r"方案[一二三四ABCDabcd甲乙丙1234]", r"选项", r"备选", r"可选", r"或者", r"要么", r"二选一",
        r"两(?:种|个|套)(?:方案|办法|选择|做法|途径)", r"三(?:种|个|套)(?:方案|办法|选择)", r"另一(?:种|个)(?:方案|办法)", r"替代(?:方案|办法)",
        r"也可以",
    ),
    "proposal": (
        r"建议", r"提议", r"提出", r"推荐", r"我们想", r"倾向于?", r"不妨", r"是否可以", r"可否", r"能否", r"希望(?:能|可以)",
        r"拟(?:采用|定|将)", r"主张",
    ),
    "decision": (
        r"决定", r"决议", r"确定(?!性)", r"商定", r"约定", r"达成一致", r"一致(?:同意|认为)", r"同意", r"批准",
        r"通过(?:了)?(?:评审|审批|验收|决议)", r"审批通过", r"拍板", r"定(?:为|于|在|下来|稿)", r"敲定", r"已确认", r"确认(?:为|了|：|:)?",
        r"签字", r"签署", r"否决", r"不同意", r"结论",
    ),
    "commitment": (
        r"承诺", r"答应", r"保证", r"确保", r"许诺", r"(?:我们|我方|我)(?:会|将|一定)",
        r"将(?:于|在).{1,16}?(?:交付|完成|上线|提供|发送|提交|给出|答复|修复|解决)",
        r"(?:前|内|之前)(?:交付|完成|上线|提供|发送|提交|给出|答复|修复|解决|回复|给到)", r"告(?:知|诉)(?:了)?(?:客户|对方|您|贵方)", r"一定(?:会|能|要)",
        r"负责到底",
    ),
    "lesson": (
        r"教训", r"今后", r"以后", r"下(?:次|回)", r"吸取", r"总结(?:经验|教训)", r"避免再(?:次|发生|出现)", r"防止再(?:次|发生)",
        r"不再(?:发生|出现|犯)", r"复盘", r"经验", r"本(?:应|该)", r"引以为戒", r"杜绝", r"类似(?:问题|情况)",
    ),
    "risk": (
        r"风险", r"隐患", r"可能(?:会)?(?:延|推|影响|超|导致|来不及|赶不上|无法)", r"担心", r"担忧", r"不确定", r"存疑", r"紧张", r"恐怕",
        r"有(?:可能|望)?(?:延误|延期)", r"危险", r"威胁", r"关键路径", r"吃紧", r"压力(?:大|很大)",
    ),
}  # fmt: skip

HEDGES_EN = (
    r"target(?:s|ed|ing)?", r"aim(?:s|ed|ing)?(?: to| for| at)?", r"hop(?:e|es|ed|ing|efully)", r"maybe",
    r"perhaps", r"possibly", r"probably", r"likely", r"unlikely", r"might",
    r"(?<!in )(?<!of )(?<!by )(?<!until )(?<!since )(?<!from )(?<!early )(?<!late )(?<!mid-)may(?! (?:[0-9]|20))", r"could", r"should (?:be|have|work|arrive|finish|start)", r"subject to",
    r"provided (?:that|the)", r"tentative(?:ly)?", r"expect(?:s|ed|ing)?(?: to)?", r"estimat(?:e|es|ed)",
    r"approximately", r"approx\.?",
    r"about (?=[0-9])", r"around (?=[0-9])", r"roughly", r"if", r"unless", r"assuming",
    r"depend(?:s|ing)? on", r"seems?", r"appears?", r"apparently", r"to be confirmed", r"tbc", r"tbd",
    r"not (?:yet )?(?:certain|sure|confirmed|clear|final)", r"unconfirmed",
    r"we (?:think|believe|guess|assume)", r"i (?:think|believe|guess|assume)", r"try(?:ing)? to",
    r"intend(?:s|ed)? to", r"plan(?:s|ned)? to", r"pencil(?:l?ed) in", r"in principle", r"best case",
    r"worst case", r"pending", r"provisional(?:ly)?", r"preliminary", r"potentially", r"draft",
)  # fmt: skip
HEDGES_ZH = (
    r"争取", r"预计", r"预期", r"希望", r"力争", r"暂定", r"如果", r"如(?=[^何此下上期实同常今有果需约]{1,12}(?:，|则|就))", r"若(?!干)",
    r"可能(?!性)", r"也许", r"或许", r"大概", r"大约", r"约(?=[0-9一二三四五六七八九十])", r"左右", r"初步", r"目标(?:是|为|日期)?", r"有望",
    r"估计", r"应该",
    r"尽量", r"尽可能", r"尽力", r"计划(?!书|外)", r"拟", r"打算", r"待定", r"待确认", r"尚未确(?:认|定)", r"未确(?:认|定)", r"未定",
    r"不确定", r"取决于", r"视.{1,10}(?:而定|情况)", r"前提(?:是|下)?(?![供交出醒示到升高])", r"原则上", r"据说", r"听说", r"似乎", r"好像",
    r"看起来", r"基本上?", r"假如", r"假设", r"除非", r"倘若", r"最好", r"想(?=在|要|把)", r"恐怕", r"不排除", r"估摸",
)  # fmt: skip

NEGATIONS_EN = (
    r"not(?! only| just)", r"no(?! (?:later|sooner|more|less|doubt|matter)|\.)", r"no longer", r"never",
    r"none", r"nothing", r"nobody", r"neither", r"nor", r"without", r"cannot", r"[a-z]{2,8}n['’]t",
    r"fail(?:s|ed) to",
    r"unable to", r"yet to", r"lack(?:s|ed|ing)?", r"refus(?:e|es|ed)", r"declin(?:e|es|ed)", r"unresolved",
    r"incomplete", r"unfinished", r"undecided", r"unsigned", r"unpaid", r"hardly", r"no more(?! than)",
)  # fmt: skip
NEGATIONS_ZH = (
    r"没有?(?!问题)", r"未(?![来必免央]|来)", r"尚未", r"不再", r"无法", r"无需", r"无(?!论|锡|线|疑|损|缝|偿|误)",
    r"不(?![仅但断同错如过久论管妨少止良光知时已得]|及时)", r"并非", r"非(?!常|洲|官方|功能)", r"别(?=再|说|急|忘)", r"拒绝", r"取消", r"否(?:定|决|认)",
    r"勿",
)  # fmt: skip

PAST_EN = (
    r"was", r"were", r"had", r"did(?:n['’]t)?", r"has",
    r"have (?!to)[a-z]{2,12}(?:ed|en|ne|nt|ade|ut|et|ught)", r"been", r"yesterday",
    r"last (?:week|month|quarter|year|monday|tuesday|wednesday|thursday|friday)", r"ago", r"already",
    r"previously",
    r"(?!need|exceed|speed|feed|indeed|embed|proceed|succeed|based|related|planned|scheduled|expected|required|limited|targeted|needed|united|detailed)[a-z]{2,14}ed",
    r"went", r"sent", r"met", r"told", r"said", r"found", r"broke", r"began", r"came", r"got", r"took",
    r"gave", r"made", r"held", r"lost", r"ran", r"fell", r"kept", r"left", r"wrote", r"chose", r"built",
    r"won",
)  # fmt: skip
FUTURE_EN = (
    r"will", r"won['’]t", r"shall", r"(?:we|i|they|you|he|she|it)['’]ll", r"going to", r"tomorrow",
    r"next (?:week|month|quarter|year|step|steps|monday|tuesday|wednesday|thursday|friday)", r"upcoming",
    r"plan(?:s|ned)? (?:to|for)", r"planned", r"scheduled (?:for|to)", r"to be [a-z]{2,14}ed",
    r"aim(?:s|ing)? to",
    r"expected to", r"is due", r"are due", r"in (?:two|three|four|[0-9]{1,2}) (?:days|weeks|months)",
    r"intends? to", r"about to", r"soon",
)  # fmt: skip
PRESENT_EN = (
    r"is", r"are", r"am", r"currently", r"now", r"today", r"still", r"remains?", r"ongoing", r"at present",
    r"has to", r"have to", r"needs?", r"works?", r"in progress", r"depends?", r"can(?:not)?", r"waiting",
)  # fmt: skip
PAST_ZH = (
    r"已经?", r"了(?!解)", r"昨[天日晚]", r"前天", r"上(?:周|个?月|次|季度)", r"去年", r"曾", r"过(?=[，。；]|$)", r"刚刚?", r"此前",
    r"之前(?!完成|提交|交付|上线)", r"完毕", r"当时", r"[0-9一二两三四五]+ ?(?:天|周|个月)前",
)  # fmt: skip
FUTURE_ZH = (
    r"将(?!近|就)", r"(?<![参开例周晨早晚年社机协聚工务理大])会(?=[在于对把被给有出再影导造按继尽完上交提发安延推一更尽先后及马很变让使用])(?!上[，。说定讲要决])", r"要(?![求点素么])", r"计划(?!书|外)", r"预计", r"拟", r"明[天日年]", r"后天",
    r"下(?:周|个?月|次|季度|一步|阶段|个)", r"即将", r"争取", r"力争", r"准备", r"待(?=[^遇]{0,8}后)", r"打算", r"后续", r"接下来", r"希望",
    r"承诺", r"保证", r"前(?:完成|提交|交付|上线|给出|答复)",
)  # fmt: skip
PRESENT_ZH = (
    r"目前", r"正在", r"当前", r"现在", r"今[天日]", r"仍", r"还在", r"尚未", r"未", r"进行中", r"处于", r"是(?!否)", r"没有", r"需要?",
    r"等待", r"无法", r"正常", r"存在", r"中(?=[，。；]|$)",
)  # fmt: skip

CERTAIN_EN = (
    r"guarantee(?:s|d)?", r"definite(?:ly)?", r"certain(?:ly)?", r"confirm(?:s|ed)", r"surely",
    r"without (?:fail|doubt)", r"no doubt", r"absolutely", r"always", r"never", r"fully", r"completely",
    r"entirely", r"100 ?%", r"final", r"committed", r"fixed date", r"firm(?:ly)?", r"in any case", r"all",
)  # fmt: skip
CERTAIN_ZH = (
    r"保证", r"一定(?!程度|的)", r"肯定", r"确保", r"绝对", r"(?<!未)(?<!待)(?<!尚未)已?确认", r"必(?:定|须|然|将)", r"务必", r"完全",
    r"全部", r"彻底", r"毫无", r"无疑", r"100 ?%", r"百分之百", r"最终", r"绝不", r"从不", r"均",
)  # fmt: skip

# What is not finished, and what is no problem although the word for one stands there.
# A commitment in so many words; the other cues of that role are none when the sentence hedges or asks.
PROMISES_EN = (
    r"commit(?:s|ted|ment|ments)?(?: to)?", r"promis(?:e|ed|es)", r"guarantee(?:s|d)?", r"pledged?",
    r"assur(?:e|ed|es)", r"undertake(?:s)? to",
)  # fmt: skip
PROMISES_ZH = (r"承诺", r"答应", r"保证", r"许诺", r"一定(?:会|能)")

UNFINISHED_EN = (
    r"in progress", r"pending", r"outstanding", r"still open", r"remains? open", r"incomplete", r"unfinished",
    r"unresolved", r"not started", r"to do", r"open (?:items?|points?|issues?|defects?|tickets?)",
    r"half[- ]way", r"yet to", r"on hold", r"blocked", r"ongoing", r"under way", r"underway", r"waiting",
    r"awaiting",
)  # fmt: skip
UNFINISHED_ZH = (
    r"进行中", r"未(?:完成|解决|修复|关闭|上线|交付|开始|启动|通过|验收|收到|签|提交|落实|到位)",
    r"没(?:有)?(?:完成|做完|解决|修复|上线|交付|通过|收到|签|提交|弄好|搞定)", r"尚未", r"还没", r"待(?:完成|解决|修复|确认|验收|测试|审批)", r"正在",
    r"暂停", r"搁置", r"阻塞", r"卡住",
)  # fmt: skip
NO_PROBLEM_EN = (
    r"no (?:major |open |known |further |new |critical |blocking )?(?:problems?|issues?|errors?|delays?|defects?|bugs?|complaints?|blockers?|outages?|incidents?)",
    r"without (?:any )?(?:problems?|issues?|errors?|delays?|incidents?)", r"not (?:late|delayed|blocked)",
)  # fmt: skip
NO_PROBLEM_ZH = (
    r"(?:没有?|无|未(?:发现|出现|见)?|不存在)(?:任何|明显|重大|严重)?(?:问题|故障|缺陷|异常|延误|延期|错误|投诉|报错)",
    r"(?:解决|修复|关闭)了?.{0,8}(?:问题|故障|缺陷)$",
)  # fmt: skip
