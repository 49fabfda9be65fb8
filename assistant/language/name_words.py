"""Word lists for finding names: surnames and titles, and words that look like names and are none."""

# ruff: noqa: E501, SIM905 - tables of words, read more easily as running text

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚"
    "谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢岳齐梅莫"
    "庄辛管祝左涂谷祁耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴卫查屈鲍覃霍翁隋甘景薄单包柏宁柯阮桂闵丛华车冉房"
)
COMPOUND_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "司徒", "东方", "独孤", "夏侯", "皇甫", "尉迟", "慕容", "端木")
# Surnames that are everyday words: they need a full name that the writer's tag or title makes sure.
WORDLIKE_SURNAMES = frozenset("于何任方高常向文安易成万费金管路关解强单查游华车边净项包计时")

TITLES = (
    "总经理", "项目经理", "副总", "总监", "经理", "主任", "主管", "总", "工", "老师", "先生", "女士", "小姐", "博士", "教授",
    "院长", "局长", "处长", "科长", "部长", "校长", "书记", "董事长", "董", "律师", "医生", "同学", "师傅", "组长",
)  # fmt: skip

# Beginnings that a surname only seems to open.
NOT_PEOPLE_ZH = frozenset(
    "项目 产品 客户 高级 部门 双方 甲方 乙方 对方 我方 贵方 己方 第三方 安全 施工 金融 成本 方案 时间 方面 方法 方式 方向 应用 程序 程度 范围 单位"
    " 周期 周报 周会 周知 周末 周一 周二 周三 周四 周五 周六 周日 周天 高度 高优 高优先级 高风险 高峰 金额 费用 何时 何人 何处 常见 常规 常用 马上 严重"
    " 万元 余额 余下 许可 任务 任何 任意 管理 管控 关键 关于 关联 关注 关闭 路径 路线 白天 白名单 石油 江苏 江西 温度 文件 文档 文本 文字 安排 安装 易用"
    " 成功 成果 成员 成立 解决 解释 强调 单据 单元 查看 查询 游客 华东 华南 华北 华中 车辆 车间 边界 包括 包含 包装 司机 黄色 黄灯 陈述 陈列 田间 马达"
    " 史上 顾问 顾客 龙头 段落 钱款 汤料 武汉 文员 洪水 严格 季度 章节 申请 毕竟 毕业 向上 向下 左右 左侧 盛大 曲线 卫生 宁可 童年 欧元 欧洲 梁柱 宋体"
    " 高效 高层 高清 高铁 高管 方可 于是 于此 常务 向量 单独 单价 单点 安卓 易错 任职 何以 万一 万分 金属 路由 强制 强化 解锁 谢各 谢大 谢您 谢你 程控 程式 江南 关停 马来"
    " 谢谢 谢意 阳光 阳性 景观 景区 甘肃 宁波 宁夏 郑州 杭州 徐州 苏州 苏宁 孔径 田野 石材 白色 毛利 毛重 纪要 纪律 管道 祝好 祝福 祝愿 关系 成交 成熟 成品"
    " 后续 方便 高于 高达 高质量 余量 严禁 严控 许多 许久 温馨 明天 明确 梅雨 雷达 包干 费率 游戏 阮 计划 计算 应该 应对 应急 应收 全体 全员 全部 能源 车险 房产".split()
)
SPEECH_ZH = "说|表示|提出|认为|反馈|指出|确认|提到|强调|答应|承诺|要求|建议|负责|汇报|介绍|补充|询问|问|答复|回复|同意|通知|告知|跟进|牵头"

SPEECH_EN = frozenset(
    "said says asked asks confirmed confirms will reported reports agreed agrees promised promises wants thinks raised"
    " noted suggested proposed told mentioned explained presented approved accepted rejected sent wrote requested"
    " signed called owns joined left has is was can would should needs takes to and".split()
)
HONORIFICS = frozenset("mr mrs ms miss dr prof sir madam herr frau dear hi hello hey mme".split())

# Capitalised in mails, minutes and headings without being anyone's or anything's name.
NEUTRAL_WORDS = frozenset(
    "i january february march april may june july august september october november december jan feb mar apr jun jul"
    " aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs"
    " fri sat sun english chinese german french american european british spanish italian japanese"
    " the a an and or of to in on at by for from with as if when while since after before but so then than not no yes"
    " we you he she it they this that these those our your their his her its my there here who what which where why how"
    " all any each every some many most both either neither please thanks thank regards best kind sincerely dear hi"
    " hello hey cheers yours team project status update phase sprint release version milestone go live golive kickoff"
    " kick off steering committee client customer client's customers clients user users vendor supplier partner"
    " meeting minutes agenda attendees participants present absent apologies action actions item items owner due date"
    " deadline decision decisions risk risks issue issues blocker blockers note notes next steps step open closed done"
    " todo pending blocked progress budget scope cost quality time plan planning design build test testing uat api"
    " backend frontend front end back database data migration integration interface interfaces module report reports"
    " dashboard training rollout launch deployment deploy support help desk service system systems platform"
    " change request contract order invoice quote offer proposal appendix annex section chapter table figure page"
    " internal external confidential draft final summary overview background introduction conclusion context goal"
    " goals objective objectives target outlook question questions answer comment comments feedback complaint"
    " subject re fwd fw cc bcc sent received visibility kind title author language manager lead developer engineer"
    " director consultant analyst architect officer head chief executive president chair board management sponsor"
    " product quarter week month year today tomorrow yesterday morning afternoon evening also however therefore"
    " still already now once until because although though during under over about between within without per via"
    " let lets let's it's we're we've i'm i'd i've i'll that's there's don't can't won't doesn't didn't isn't"
    " will would can could should shall must might do does did is are was were be been has have had"
    " green amber red yellow on track at risk delayed late early high medium low critical major minor normal none"
    " environment production staging server cloud app application website web portal mail email phone call chat"
    " email e-mail pdf word excel powerpoint internet wifi covid god new old first second third last one two three"
    " four five six seven eight nine ten option a b c d e group department office company north south east west"
    " total sum net gross vat tax quarterly weekly monthly daily annual follow up sign acceptance delivery"
    " requirements requirement specification specifications workshop demo review retrospective standup sync"
    " finance legal sales marketing procurement operations security infrastructure"
    " easter christmas ramadan sorry unfortunately attached enclosed regarding further following given based good bad great fine ok okay well"
    " just only even again more less other another such same instead perhaps maybe".split()
)
PARTICLES = frozenset("van von de der den del della di da dos du la le ter ten zu bin al el".split())
