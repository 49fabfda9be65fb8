"""The words that follow a number: units of time, currencies, and what is counted, in both languages."""

# ruff: noqa: E501, SIM905 - tables of words, read more easily as running text

# ISO 8601 designators; BD, working days, is ours. T marks a time of less than a day.
DURATION_EN = {
    "second": "TS", "sec": "TS", "s": "TS", "minute": "TM", "min": "TM", "hour": "TH", "hr": "TH", "h": "TH", "day": "D",
    "calendar day": "D", "working day": "BD", "business day": "BD", "workday": "BD", "d": "D", "week": "W",
    "working week": "W", "wk": "W", "fortnight": "2W", "month": "M", "mth": "M", "quarter": "3M", "year": "Y", "yr": "Y",
}  # fmt: skip
DURATION_ZH = {
    "秒": "TS", "秒钟": "TS", "分钟": "TM", "小时": "TH", "个小时": "TH", "钟头": "TH", "个钟头": "TH", "天": "D",
    "日": "D", "自然日": "D", "个自然日": "D", "工作日": "BD", "个工作日": "BD", "周": "W", "个星期": "W", "星期": "W",
    "个礼拜": "W", "礼拜": "W", "个月": "M", "月": "M", "个季度": "3M", "年": "Y",
}  # fmt: skip

CURRENCY_SIGNS = {
    "€": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "¥": "CNY", "￥": "CNY", "元": "CNY", "HK$": "HKD", "CN¥": "CNY",
    "EUR": "EUR", "USD": "USD", "GBP": "GBP", "CNY": "CNY", "RMB": "CNY", "JPY": "JPY", "CHF": "CHF", "HKD": "HKD",
    "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "PLN": "PLN", "SGD": "SGD", "AUD": "AUD", "CAD": "CAD", "INR": "INR",
    "人民币": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "港币": "HKD", "港元": "HKD",
    "瑞士法郎": "CHF",
}  # fmt: skip
CURRENCY_WORDS = {
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "us dollars": "USD", "pounds": "GBP",
    "yuan": "CNY", "renminbi": "CNY", "swiss francs": "CHF", "yen": "JPY", "元": "CNY", "块": "CNY", "块钱": "CNY",
    "元人民币": "CNY", "圆": "CNY",
}  # fmt: skip

# What is counted, Chinese to the English noun, so that 250 个用户 and 250 users have one value.
COUNTED_ZH = {
    "用户": "user", "客户": "client", "人": "person", "员工": "employee", "顾问": "consultant", "工程师": "engineer",
    "开发": "developer", "开发人员": "developer", "缺陷": "defect", "问题": "issue", "故障": "incident", "工单": "ticket",
    "任务": "task", "接口": "interface", "模块": "module", "系统": "system", "服务器": "server", "页面": "page", "页": "page",
    "测试用例": "test case", "用例": "test case", "用例数": "test case", "需求": "requirement", "变更": "change",
    "变更请求": "change request", "站点": "site", "门店": "store", "仓库": "warehouse", "工厂": "plant", "设备": "device",
    "终端": "terminal", "账号": "account", "账户": "account", "订单": "order", "发票": "invoice", "记录": "record",
    "报表": "report", "报告": "report", "文件": "file", "文档": "document", "字段": "field", "表": "table", "里程碑": "milestone",
    "阶段": "phase", "会议": "meeting", "培训": "training", "场景": "scenario", "流程": "process", "功能": "feature",
    "功能点": "feature", "地点": "location", "城市": "city", "国家": "country", "部门": "department", "团队": "team",
    "供应商": "supplier", "数据": "record", "条数据": "record", "版本": "version", "环境": "environment", "风险": "risk",
    "并发": "concurrent", "请求": "request", "邮件": "mail", "车辆": "vehicle", "产品": "product", "项目": "project",
    "人天": "person-day", "人日": "person-day", "人月": "person-month", "次": "time", "人次": "visit", "倍": "x", "公里": "km", "米": "m",
    "平方米": "m²", "公斤": "kg", "吨": "t", "度": "degree",
}  # fmt: skip
# Measure words may stand between the number and the noun.
MEASURE_ZH = "个名位项条台套份家笔张场处座所间批款种件辆本页次人"
# The same things under another English name.
COUNTED_EN = {
    "people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child", "staff": "staff",
    "bugs": "defect", "bug": "defect", "clients": "client", "customers": "client", "customer": "client",
    "man-days": "person-day", "person-days": "person-day", "man-months": "person-month", "person-months": "person-month",
    "man-day": "person-day", "person-day": "person-day", "pages": "page", "criteria": "criterion", "data": "record",
    "emails": "mail", "e-mails": "mail", "mails": "mail", "indices": "index", "analyses": "analysis", "times": "time",
    "stores": "store", "vendors": "supplier", "suppliers": "supplier", "percent": "", "mos": "month",
}  # fmt: skip
UNITS_EN = {
    "gb": "gb", "mb": "mb", "tb": "tb", "kb": "kb", "ms": "ms", "km": "km", "kg": "kg", "kwh": "kwh", "mw": "mw", "kw": "kw",
    "px": "px", "dpi": "dpi", "m²": "m²", "sqm": "m²", "m2": "m²", "cm": "cm", "mm": "mm", "°c": "°c", "fte": "fte",
    "ftes": "fte", "pd": "person-day", "pt": "person-day", "x": "x", "mbit": "mbit", "gbit": "gbit", "rpm": "rpm",
    "hz": "hz", "mhz": "mhz", "ghz": "ghz", "tons": "t", "tonnes": "t",
}  # fmt: skip
# Plural in form, but not what a number counts.
NOT_COUNTED = frozenset(
    "is was has does this its as us his hers ours yours theirs yes thus plus minus across versus perhaps always"
    " sometimes besides towards unless since focus status bus gas lens basis analysis process access success address"
    " less pass cross loss class progress business news series means thanks regards yesterday's".split()
)
NO_ADJECTIVE = frozenset(
    "of in on at by to and or but for from with the a an is are was were be been has have had will would can could not"
    " no than that which who as if so then per out into over under about we they it you i he she our their its this"
    " these those there after before until since because while when where all each every also only still now already"
    " more less percent am pm".split()
)
