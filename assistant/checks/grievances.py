"""Whether a client's statement names a fault, and whether it only tells of its effect, a mood or a threat."""

import re

_LONGEST_ANNOUNCEMENT = 120


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


_FAULT = _any(
    r"\b(?:not|never|no longer|cannot|nothing|nobody|no one|nowhere|none|neither"
    r"|zero|hardly|barely|without(?! (?:you|your|any problems?))"
    r"|no (?:update|answer|reply|response|news|word|reason|explanation|warning|notice"
    r"|progress|acknowledg\w{2,5}|sign|trace|plan|contact|feedback|access"
    r"|call|e-?mail|documentation|one|way))\b|\b(?:is|are|was|were|do|does|did|has"
    r"|have|had|wo|ca|could|would|should)n['’]t\b|\b(?:is|are|was|were|do|does|did|has|have|had|could)nt\b",
    r"\bstill (?!(?:on track|fine|working well|happy|good|ok|valid|plan|planning"
    r"|want|like|think|hope)\b)|\b(?:once more|yet another|third time|second time"
    r"|(?:keeps?|kept) \w{3,12}ing)\b",
    r"\b(?:wrong(?:ly)?|broken?|fail(?:s|ed|ing|ure|ures)?|errors?|crash(?:es|ed"
    r"|ing)?|bugs?|buggy|defects?|defective|faulty|fault|glitch(?:es)?|incorrect(?:ly)?"
    r"|missing|misses|lost|loses|stuck"
    r"|slow|sluggish|down(?! to)|unusable|useless|incomplete|empty|blank|garbled"
    r"|corrupt(?:ed)?|duplicate[sd]?|mess(?:ed up)?|messy|mislabel\w{2,4}|misspel\w{2,5}"
    r"|mistakes?|typos?|outage|unreadable|illegible"
    r"|inconsistent|outdated|out of date|obsolete|expired|unavailable|inaccessible"
    r"|unreachable|unresponsive|unanswered|unresolved|untested|upside down|nowhere near"
    r"|went to print with|isn['’]t there|is gone|are gone|(?:is|are) (?:simply )?absent"
    r"|too (?:late|long|small|big|slow|hot|cold|loud|dark|expensive|high|low|short"
    r"|few|many|much)|mixed up"
    r"|off by|out of sync|time[sd]? out|freez(?:e|es|ing)|frozen"
    r"|hangs?|leak(?:s|ed|ing)?|overheat\w{0,3}|scratched|dented|damaged|problems?|issues?|trouble)\b",
    r"\b(?:late|delay(?:s|ed)?|overdue|slip(?:s|ped)?|missed|overrun|over budget"
    r"|behind(?: schedule)?|postponed|pushed back|moved (?:again|without|back)|deadline (?:passed"
    r"|came and went))\b",
    r"\b(?:unacceptable|poor(?:ly)?|terrible|awful|appalling|ridiculous|sloppy|careless"
    r"|substandard|below (?:what|the (?:agreed|standard))|unprofessional|rude|shambles"
    r"|chaos|chaotic|confus(?:ing|ed))\b",
    r"\b(?:first (?:i|we)(?:['’]ve| have)? heard|had to (?:learn|find out|hear)|(?:learn(?:ed"
    r"|t)?|found out|heard|read) (?:about |of )?(?:.{1,60} )?(?:from|through|via"
    r"|in|by) (?:your (?:newsletter|website|colleague|press|competitor|linkedin)"
    r"|the (?:press|news|newspaper|newsletter)|a (?:third party|competitor|colleague"
    r"|customer|user)|our (?:customers?|users?|dealers?|own|clients?))"
    r"|should (?:have|never have)|(?:over|under|double|mis)[- ]?charged|(?:charged"
    r"|billed|invoiced|sent|delivered|paid) (?:\w+ ){0,3}twice|promised|chas(?:ed"
    r"|ing)|ignor(?:ed|es|ing)|contradict(?:s|ed|ory)|misle(?:d|ading)|cancel(?:led"
    r"|ed) (?:at|without|on us)|turned up (?:\w+ )?(?:late|without)|arrived (?:\w+ ){0,3}late)\b",
    r"\b(?:stopp(?:ed|ing)|halted|blocked|crippled|wiped|deleted|overwr(?:ote|itten)"
    r"|erased|disappear(?:s|ed)|vanish(?:es|ed)|reject(?:s|ed)|refus(?:es|ed)|drops? (?:out"
    r"|the)|disconnect(?:s|ed)|logs? (?:me|us|users?|people) out|kicks? (?:me|us"
    r"|users?) out)\b",
    r"\b(?:shows?|prints?|uses?|has|have|contains?|lists?|returns?|displays?|gives?) (?:the "
    r"|an? |our |your )?(?:old|wrong|previous|former|outdated|same old|different"
    r"|blank|empty|error|[45]0[0-9])\b|\bcomes? out as\b|\binstead of\b|\bdifferent (?:product"
    r"|version|from (?:what|the agreed))\b|\b(?:question marks|hieroglyphs|gibberish)\b",
    r"\b(?:dragg(?:ed|ing) on|drags on|lasted (?:from|until|over|more|two|three|all)"
    r"|took (?:\w+ ){0,2}(?:hours|days|weeks|months|ages|forever)|waited|wast(?:ed"
    r"|ing)|waste of|three requests|(?:third|fourth|fifth|sixth) (?:outage|failure"
    r"|delay|mail|email|reminder|request|contact|attempt|version)|(?:three|four|five"
    r"|six|several|multiple) different (?:contacts?|people|answers|versions|managers?))\b",
    r"\b(?:higher|more expensive|more|less|lower|fewer|longer|shorter|later|earlier) than (?:\w+ ){0,2}(?:agre"
    r"ed|promised|quoted|ordered|planned|offered|discussed|expected|the (?:quote"
    r"|contract|offer|order|estimate))\b|\b(?:against|contrary to|despite|in breach of) (?:our"
    r"|the|what|your) (?:agreement|contract|instructions?|request|wishes|promise"
    r"|was agreed|we agreed)\b",
    r"\bwithout (?:asking|telling|informing|consulting|warning|notice|our (?:consent"
    r"|approval|permission|knowledge))\b|\bbehind our back\b|\bbefore we (?:released"
    r"|approved|agreed|signed)\b",
    r"没(?!问题|关系|事(?:儿|的)?[，,。]|什么(?:问题|大碍))|未(?!来|必|免|完待续)"
    r"|不(?:对|行|好用|了(?!解|得)|能(?!否|不)|满|见|到|清|稳|通|准|符|一致|可接受"
    r"|可用|合格|够|是说|及时|上(?!线|午)|出来|动|全|齐|开(?!心|会)|完整|正确|正常"
    r"|规范|到位|专业|负责|匹配|显示|同步|响应|更新|生效|兼容|支持|知道[^。]{0,4}谁"
    r"|知情|管|理(?!解)|作为|接(?!近)|回|来(?!了)|给|按|说清|打招呼)",
    r"无法|无人|无故|无响应|无效|错(?!过了也)|坏|失(?:败|灵|效|误|踪)|报错|出错|故障"
    r"|崩|宕机|瘫痪|中断|闪退|卡(?:死|顿|住|在)|死机|黑屏|白屏|转圈|乱码|丢(?:失"
    r"|了|件|包|单)|遗失|漏|缺(?!席|乏经验也)|少了|少(?:一|两|三|几)(?:位|个|件|页"
    r"|行|列|条)|多(?:算|扣|收|出(?:一|来)|了一)|拖(?!动|拽|放)|延(?:期|误|迟|后)"
    r"|推迟|晚了|迟(?:到|迟|了|交|发)|超(?:期|时|支|预算)|逾期|跳票|爽约|食言|变卦"
    r"|过期|失联|断(?:了|线|网|电)",
    r"糟|差(?:了|太|劲|错|大概|不多有|[0-9一二两三])|慢|混乱|重复(?:扣|收|出现|提交"
    r"|发|开)|对不(?:上|齐)|连不上|打不开|登不(?:上|进)|进不去|用不了|传不上|收不到"
    r"|找不到|看不(?:到|懂|清)|查不到|点不(?:动|开)|装不上|跑不(?:通|起来)|合不上"
    r"|说不通|不见了|老样子|两码事|驴唇不对马嘴|张冠李戴|货不对板|敷衍|推诿|推卸"
    r"|糊弄|忽悠|踢皮球|已读不回|石沉大海|杳无音信|半成品|漏洞|bug",
    r"又(?:是|出|一次|没|改|不|来|坏|崩|断|推|拖|报|挂|错|变)|再次(?!感谢|确认|跟"
    r"|和|向|祝|谢)|一再|多次|反复(?:出现|修改|说|强调)|仍(?:然|未|旧|没|在报|有)"
    r"|还(?:没|是错|是不|不(?:能|行|见|到)|是老|在(?:用|报|拖|等|流转|转)|是原来)"
    r"|第[二三四五六七2-7]次(?!会|培|例|评|迭|交|付|验)|(?:两|三|四|五|六|2|3|4|5"
    r"|6)次(?:都|全|了|说|催|中断|问|来|发)|(?:三|两|四|五|几|多)(?:次|度|回)(?:全面)?(?:中断"
    r"|故障|宕机|延期|推迟|变更)",
    r"白(?:等|跑|忙|费)|从(?:用户|客户|别人|同事|媒体|新闻|网上|朋友圈|班长|微信)[^，。]{0,10}(?:听说"
    r"|得知|知道|看到)|听说的|转(?:给|告)我们(?:看|的)|才(?:知道|发现|告|通知|得知"
    r"|回|收到)|擅自|私自|未经|外泄|泄(?:露|漏|密)|删(?:除|了|掉)(?:语句)?[，,]?(?:导致)?"
    r"|导致|造成|竟(?:然)?|居然|根本|压根|完全(?:没|不|用不)|明明|态度|(?:谁|哪个)都(?:没"
    r"|不)|一(?:直|个)[^，。]{0,6}(?:没|未|不)|照旧|没(?:动静|下文|音讯|反馈|回音"
    r"|人)|(?:花|用|走|等|拖|忙)了[^，。]{0,4}(?:天|周|月|小时|年)|一拖再拖|不了了之"
    r"|不灵|失灵|才(?:能?(?:开|到|来|出|有|给|回|发|打开|响应|加载|显示|反应))|算了(?:两"
    r"|三|几)遍|(?:印|写|填|发|装|放|贴|标|打|改|弄|搞|算|扣|收|开|送|排)错|从头(?:讲"
    r"|说|来|解释)|原封未动|是空白|对不起来|说一套"
    r"|乱七八糟",
    r"问题(?!是否|吗|清单|列表|库|单|反馈表|解答|[^，。]{0,6}(?:解决|修复|关闭)(?:了"
    r"|好|完)?)|异常|缺陷|(?:返回|报|提示)(?:了)?(?:\s?(?:40\d|50\d)|错误|异常|失败"
    r"|[“\"「][^”\"」]{0,30}(?:过期|失败|错误|超时|无效))|(?:单价|金额|数据|价格"
    r"|数量|结果)[^，。]{0,8}(?:变成|变为|成了)(?:了)?\s?(?:0|零|负|空)|(?:发|传"
    r"|泄|流)到了?(?:外部|群|别的|其他|竞争)|(?:换|来)了(?:个)?新(?:同事|人)|旧(?:版"
    r"|的(?:地址|抬头|价))|前年的|去年的(?:截图|版本)",
)
_RELIEF = _any(
    r"\b(?:no (?:problems?|rush|hurry|worries|issues?|objections?|complaints?|doubt"
    r"|need|panic|action|drama|more than|later than|matter|changes? needed)|not (?:a problem"
    r"|urgent|bad|only|yet (?:due|started)|necessarily|sure|to mention|dramatic|critical"
    r"|required|intended|in a hurry|that urgent|later than)"
    r"|nothing (?:urgent|dramatic|serious|critical|to worry|major|else|but praise"
    r"|wrong with that)|without (?:any )?(?:problems?|issues?|delay|hesitation)|can['’]t wait"
    r"|cannot wait|can(?:no|['’])t thank you enough|don['’]t (?:worry|hesitate|need"
    r"|mind|have to)|doesn['’]t (?:need|have to|matter)|do not (?:hesitate|worry"
    r"|need|wish to be)"
    r"|problem solved|thanks|thank you|great|happy with|well done|(?:all|now|been"
    r"|is|are) (?:fixed|resolved|working|solved|sorted)|better than|haven['’]t had (?:a"
    r"|the) chance|never (?:better|easier)|sorry (?:to bother|for)|couldn['’]t (?:be happier"
    r"|agree more)|couldn['’]t have (?:done|asked|hoped|wished)|if not|why not|whether or not"
    r"|or not|isn['’]t it|aren['’]t you|don['’]t you|doesn['’]t it"
    r"|issue (?:the|a|an|us|him|them)|issued?\b(?= (?:a|an|the|by|on|to|in))|not the intended recipient"
    r"|error-free|as (?:late|soon) as|(?:late|later) (?:this|next|in|on|today|november"
    r"|december|january))\b",
    r"没问题|没关系|没事|没有?(?:异议|意见|什么(?:问题|意见))|无异议|不(?:着急|急"
    r"|用担心|错|客气|胜感激|必|需要(?:您|你)|好意思|在家|知道(?:下次|方便|能否|可否"
    r"|是否|您|你)|清楚(?:的地方|之处)|明白(?:的地方|之处)|确定(?:是否|的话)|少(?:同事"
    r"|人|用户|客户)|仅|光|过|但|同|管|论|断|妨|久|谢|是很急|是我说)|别担心|辛苦"
    r"|已(?:经)?(?:解决|修复|恢复|改好|更正)|很(?:好|满意|顺利)|非常(?:好|满意|顺利)"
    r"|感谢|谢谢|问题(?:都|已|全)?(?:解决|不大)|没有怨言|没怨言|也没怨|未来|未必"
    r"|如(?:有)?(?:问题|错误|不妥|不对)|差不多|出差|差旅|缺席|晚(?:上|间|饭|安)|不能(?:再"
    r"|更)(?:好|满意)|提前|及时(?:发|通知|解决|响应|回复)|错峰|不错|不错过|又来(?:打扰"
    r"|麻烦)|没有?变化|未变|不变|截止",
)
# Moods, judgements and preambles that name no fault of their own.
_MOOD = _any(
    r"\A(?:and |but |so )?(?:i am|i['’]m|we are|we['’]re|i must say (?:i am|that i am)"
    r"|to be (?:quite )?(?:honest|frank),? (?:i am|i['’]m|we are)|frankly,? (?:i am"
    r"|i['’]m|we are)|needless to say,? (?:i am|we are)) (?:\w{2,12} ){0,3}(?:not (?:\w+ )?(?:happy"
    r"|amused|impressed|satisfied|pleased)|unhappy|disappointed|frustrated|annoyed"
    r"|upset|angry"
    r"|dissatisfied|concerned|worried|fed up|furious|tired of this|speechless|at a loss"
    r"|losing patience|sorry to (?:say|write|trouble|bother).{0,40})[.!]*\Z",
    r"\A(?:[\w ,'-]{0,60}?)\b(?:i['’]m|i am|we['’]re|we are) afraid (?:it|that|this) (?:was"
    r"|is)(?:n['’]t| not) (?:\w+ ){0,2}\w+[.!]*\Z|\b(?:my|our) (?:boss|ceo|director"
    r"|managers?|board|client|team) (?:is|are|was|were)(?:n['’]t| not) (?:happy|pleased"
    r"|amused)[.!]*\Z",
    r"\A(?:and |but |so )?(?:this|that|it)(?: is|['’]s)(?: simply| just| really| totally"
    r"| frankly| clearly)* (?:not (?:acceptable|good enough|ok|okay|on|a joke|how .{1,40})"
    r"|unacceptable|ridiculous|a joke|a disgrace|annoying|frustrating|disappointing"
    r"|embarrassing|outrageous|beyond me|no way to .{1,40})[.!]*\Z",
    r"\A(?:i|we)(?:['’]m| am| are|['’]ve| have)? (?:do(?:n['’]t| not) (?:wish|want"
    r"|mean|like) to (?:be|sound|complain)|know (?:everyone|you|your team)|understand that"
    r"|appreciate that|admire|been (?:very |extremely )?patient|don['’]t know how else"
    r"|no longer trust|have lost (?:all )?(?:trust|confidence|faith)|lost patience)\b",
    r"\A(?:我|我们|本人|我司)?(?:对此|对(?:这|最近|近期|目前|上述|以上|此次|本次)[^，。]{0,10}?(?=很"
    r"|非常|十分|不|深|实|极|相当|有)|真的|实在|感到|表示|非常|十分|很|深表|都|也"
    r"|有些|有点|相当|极其|强烈|觉得)*(?:不满|失望|生气|气愤|恼火|不高兴|着急|遗憾"
    r"|痛心|震惊|意外|被动|无语|头疼|担忧|无法接受|不能接受|难(?:以)?接受|不可接受)(?:意)?(?:[，,](?:也"
    r"|更|并)?(?:很|非常|十分)?(?:难(?:以)?接受|失望|不满|遗憾|无奈|担忧|着急))?[了的]?[。!！~]*\Z",
    r"\A(?:这)?(?:太|真是|简直|实在)?(?:太|是|让人|令人)*(?:离谱|过分|不像话|失望"
    r"|无语|无法接受|不可接受|不能接受|荒唐|气人|寒心)了?[。!！~]*\Z|\A这(?:不是"
    r"|叫)[^。]{1,14}[，,]?(?:这是|是)?[^。]{0,8}(?:事故|欺骗|不负责任)?[。!！]*\Z",
    r"\A(?:这|以上|如此|这样|此)[^。]{0,16}(?:让|令|使)(?:我|我们|人)[^，。]{0,6}(?:失望"
    r"|寒心|遗憾|不满|无语|难以接受|担忧)[了的]?[。!！]*\Z",
    r"\A(?:不是我说|说实话|讲真|坦白说|实话实说|不怕您笑话)[，,]?[^，。]{0,10}[。!！]*\Z"
    r"|\A(?:呵呵|哈哈|好吧|行吧|唉)[^，。]{0,8}[。!！]*\Z",
)
_EFFECT = _any(
    r"\A(?:and |so |now |meanwhile,? |as a result,? |in the meantime,? |because of (?:this"
    r"|that),? |consequently,? |therefore,? |thus,? |each time |every time |every morning )?(?:my (?!order"
    r"|account|login|access|invoice|request|mail|e-?mail|ticket|question|call|password"
    r"|name|data)|our (?:customers?|clients?|users?|people|staff|team|teams|guards?"
    r"|testers?|developers?|board|management|dealers?|drivers?|nurses?|finance|ceo"
    r"|colleagues?|technicians?|operators?|guests|employees|sales|warehouse|accountants?"
    r"|auditors?|directors?)\b)",
    r"\A(?:and |so |now |as a result,? |meanwhile,? |consequently,? |therefore,? )?(?:we"
    r"|i) (?:now |therefore |then |have |had |['’]ve )*(?:lose|lost|are losing|were made"
    r"|wasted|spent|had to|have to|must|look(?:ed)?|paid|pay|stood|sat|apologi[sz]ed"
    r"|explained|worked|ended up|raised|asked|called|wrote|told|left|sent|said|reported"
    r"|mentioned|tried)\b(?!.{0,80}\b(?:no (?:reply|answer|response)|nobody|not? one"
    r"|never|nothing|in vain)\b)",
    r"\A(?:and |so |now )?(?:it|that|this) (?:has |had )?(?:cost|took|takes|meant"
    r"|means|caused|put|left|made|makes|is now|was|looks|hurts|damages|puts|leaves)\b(?!.{0,60}\b(?:happened a"
    r"gain|broken|wrong|down)\b)",
    r"\A(?:twelve|ten|dozens|hundreds|thousands|[0-9,]{1,8}|several|some|many|a lot) (?:of )?(?:our )?(?:nurse"
    r"s|people|staff|customers|drivers|colleagues|employees|patients|guests|users) (?:had"
    r"|have|were|are|now)\b|\bhas been embarrassing\b|\A(?:really |that |this )*(?:must"
    r"|should|may|can) (?:not|never) happen\b|\A(?:that|this|it) (?:really )?(?:must"
    r"|should|cannot|can['’]t|may) (?:not |never )?(?:happen|continue|go on|be repeated)\b",
    r"\A(?:结果|所以|因此|现在|导致|害得|为此|于是|搞得|弄得)?[，,]?(?:我(?!们?(?:的(?:账号"
    r"|订单|密码|数据|权限|申请|邮件|问题)|已经?(?:问|催|说|反映|提)|又不|还没收"
    r"|没收|收不|登|打不|用不|至今|到现在|一直(?:没|未)|前后|前前后后))(?:们|司|方"
    r"|院|公司|这边|自己)?(?:财务|领导|老板|同事|员工|客户|用户|司机|销售|运维|仓库"
    r"|门店|这边|的人|部门|让新员工|让员工)?)(?!.{0,30}(?:没(?:人|有人|有?收到|看到"
    r"|等到)|未(?:收到|见|获))).{0,60}(?:没法|不得不|只(?:好|能)|被(?:动|骂|批|问"
    r"|扣)|损失|赔|加班|白|解释|交代|重新|耽误|花了|天天|每天|又从头|做错|很(?:意外"
    r"|被动|难|急|无奈)|排到|忙)",
    r"\A(?:用户|客户|患者|顾客|领导|老板|财务|员工|司机|家长|学生|门店|销售(?:那边)?"
    r"|业务(?:部门)?|集团|总部|审计)[^，。]{0,12}(?:天天|都|已经|开始|一直|在)?(?:投诉"
    r"|抱怨|催|骂|问|排|等|急|意见很大)|\A(?:此事|这件事|这事)(?:已|在|让|把|搞|给"
    r"|也|影响)",
)
_THREAT = _any(
    r"\A(?:and |but )?(?:if (?:not|this|that|it|you|we|nothing|there)\b.{0,120}\b(?:we"
    r"|i|our|my) (?:will|shall|['’]ll|are going to|have to|would|may|might|lawyers?"
    r"|legal|solicitors?|won['’]t|cannot)|otherwise|or else|else |failing (?:that|which|this)\b)",
    r"\b(?:we|i) (?:reserve (?:all|the|our|my)|shall (?:withhold|terminate|claim"
    r"|seek|be forced|have to|do so)|will (?:withhold|terminate|claim|seek|take (?:this"
    r"|legal|our)|look for|be looking|have no choice|escalate|stop|be forced|hold you"
    r"|switch|cancel)|are (?:entitled|considering|looking at (?:other|alternative)"
    r"|prepared to)|['’]ll (?:move|switch|look|take|cancel|go|stop|escalate)|am copying"
    r"|have copied|will be copying)\b|\bfurther steps\b|\bour lawyers?\b|\blegal (?:action"
    r"|steps|department|team)\b",
    r"(?:如(?:果)?(?:再|仍|还|贵方|你们|不能|不)|若(?:再|仍|还|贵方|不)|否则|再(?:不"
    r"|这样|有下次|发生))[^。！？]{0,40}(?:将|就|只(?:能|好)|解约|终止|赔|律师|法"
    r"|投诉|上报|换|停|扣|追究|撤)|(?:我(?:司|方|院|们)|法务)?[^，。]{0,6}(?:保留"
    r"|将依|将采取|另行联系|会另行|追究)[^。]{0,30}|解除合同|一分不少|法务会|索赔"
    r"|赔偿(?:问题|方案)?",
)
_WITHOUT_FAULT = _any(
    r"\A(?:if|in case|should|unless|when|whenever|once|as soon as|in the event|whether)\b(?!.{0,200}, (?:it"
    r"|the|nothing|an?|we) .{0,60}\b(?:fails?|error|crash|nothing|broken|wrong|not"
    r"|does ?n['’]t)\b)",
    r"\A(?:如果|若|如|万一|一旦|假如|要是|倘若)",
)


_PRAISE = _any(
    r"\b(?:fine|good|great|well|lovely|pleasure|excellent|superb|delighted|thank"
    r"|thanks|helpful|works|worked|passed|correct|happy|glad|welcome|ready|agree[ds]?"
    r"|approved|kind|friendly|congratulations|like[ds]?|love[ds]?|appreciate[ds]?"
    r"|not your|can be reproduced|attached|enclosed|see)\b",
    r"好|不错|满意|顺利|谢|感谢|辛苦|正常|可以|同意|认可|喜欢|附件|附上|见|截图|完成了"
    r"|已(?:经)?(?:转|收|确认|同意|盖|签|寄)",
)
_OWN_SIDE = _any(
    r"\A(?:[\w' -]{1,30}, )?(?:and |but |so |now |then |also |today |yesterday |meanwhile,? )?(?:i"
    r"|we|my|our|it is now|it was|let)\b|\b(?:i|we) (?:have|had|will|would|are|am"
    r"|was|were|do|did|sent|asked|reported|told|need|know|think|hope)\b(?!.{0,40}\byou)",
    r"\A(?:今天|昨天|现在|目前|这边)?(?:我(?!们?的)|我们|我方|我司|本人|咱|校方|院方|附件|如)",
)
_THEIRS = _any(
    r"\b(?:you|your|yours|they|the|a|an|this|that|these|those|half|some|two|three"
    r"|four|several|it|its|each|every|all|only|there|another)\b",
    r"你|您|贵|他们|这|那|的|系统|客服|工程师|对方|供应商",
)


def may_be_fault(sentence: str) -> bool:
    """Tell whether a statement among complaints is likely another one, though no word of it says so."""
    words = sentence.strip()
    short = len(words) < 8 if re.search("[\u4e00-\u9fff]", words) else len(words.split()) < 5
    if short or len(words) > 240 or _PRAISE.search(words) or _OWN_SIDE.search(words) or not _THEIRS.search(words):
        return False
    return not (is_mood(words) or is_threat(words) or is_effect(words) or _WITHOUT_FAULT.match(words))


_ANNOUNCED = _any(
    r"\b(?:one|an?|two|three|four|some|several|a few|a couple of|following|quick) (?:\w+ ){0,2}(?:things?|points?"
    r"|remarks?|matters?|comments?|ones|topics?|items?|observations?|favou?rs?)\b(?!.{0,80}\b(?:wrong|broken|missing|fails?|not)\b)",
    r"下面的话|以下|如下|有(?:一|两|二|三|四|几|个)(?:件|个|点|处|条|项)?(?:小)?(?:事|地方|情况|问题|意见|点|处)"
    r"|[两三四几](?:点|处|件事|条)\Z",
)
_APOLOGY = _any(
    r"(?:还|尚)?(?:请|望|祈)?(?:您|你|各位)?(?:多多?|予以)?(?:体谅|见谅|海涵|包涵|谅解)[。！!～~]*\Z",
    r"\b(?:my apologies|(?:i|we) apologi[sz]e|sorry|forgive me|excuse) "
    r"(?:that (?:i|we)|for (?:my|our|the|this|not|being))\b",
)


def announces(sentence: str) -> bool:
    """Tell whether a statement only says that something is about to be said."""
    words = sentence.strip()
    return len(words) <= _LONGEST_ANNOUNCEMENT and _ANNOUNCED.search(words) is not None


def apologises(sentence: str) -> bool:
    """Tell whether the writer apologises for something of the writer's own."""
    return _APOLOGY.search(sentence.strip()) is not None


def bearings(sentence: str) -> tuple[bool, bool, bool]:
    """Tell whether words of praise or order, of the writer's own side, and of the other side stand in a statement."""
    words = sentence.strip()
    return _PRAISE.search(words) is not None, _OWN_SIDE.search(words) is not None, _THEIRS.search(words) is not None


def names_fault(sentence: str) -> bool:
    """Tell whether a statement names something that is wrong, late, missing or badly handled, and not its absence."""
    rest = _RELIEF.sub(" ", sentence)
    return _FAULT.search(rest) is not None and not _WITHOUT_FAULT.match(sentence.strip())


def is_mood(sentence: str) -> bool:
    """Tell whether a statement is displeasure or a preamble alone: it weighs on severity, and cannot be answered."""
    return _MOOD.search(sentence.strip()) is not None


def is_effect(sentence: str) -> bool:
    """Tell whether a statement is about what a fault did to the client's side, not about the fault."""
    return _EFFECT.match(sentence.strip()) is not None


def is_threat(sentence: str) -> bool:
    """Tell whether a statement announces consequences; it weighs on severity and is no Point."""
    return _THREAT.search(sentence.strip()) is not None
