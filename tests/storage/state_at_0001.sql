CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE approvals (
	entry_id VARCHAR NOT NULL, 
	draft_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (entry_id), 
	FOREIGN KEY(entry_id) REFERENCES outbox (id)
);
INSERT INTO "approvals" VALUES('o-d-1','d-1',1,'{"draft_id":"d-1","revision":1,"message_digest":"4bc40e74363a23eea0e24f438e1edf49b188bed63e5ca4d67442e00657faec03","cited":[{"passage_id":"p1","path":"notes/2026-03-10.md","digest":"392a44eb17920d7c245f1140dba187b6398e5429cf1d83cf8d0828b8aeb79fef"}],"by":"Ann Lee","at":"2026-03-12T09:00:00.000000+00:00"}');
CREATE TABLE draft_revisions (
	draft_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	content TEXT NOT NULL, 
	findings TEXT NOT NULL, 
	PRIMARY KEY (draft_id, revision), 
	FOREIGN KEY(draft_id) REFERENCES drafts (id)
);
INSERT INTO "draft_revisions" VALUES('d-1',1,'{"id":"d-1","revision":1,"project":"harbour","kind":"status","language":"en","as_of":"2026-03-12","subject":"Pilot: new date 试点","sections":[{"step":"greeting","sentences":[{"id":"s1","text":"Dear Gu Wei,","evidence":[],"origin":"offline"}],"heading":"","layout":"paragraph"},{"step":"problems","sentences":[{"id":"s2","text":"The pilot moves to 19 March.","evidence":[1],"origin":"offline"},{"id":"s3","text":"Thank you.","evidence":[],"origin":"human"}],"heading":"Changes","layout":"list"}],"evidence":[{"n":1,"passage":{"id":"p1","project":"harbour","path":"notes/2026-03-10.md","start_line":3,"end_line":3,"start":20,"end":48,"text":"The pilot moves to 19 March.","digest":"392a44eb17920d7c245f1140dba187b6398e5429cf1d83cf8d0828b8aeb79fef","headings":["Status","试点"],"dated":"2026-03-10","date_certainty":"stated","kind":"minutes","kind_certainty":"inferred","visibility":"client","visibility_certainty":"inferred","quoted":false,"place":""}},{"n":2,"passage":{"id":"p2","project":"harbour","path":"notes/2026-03-10.md","start_line":3,"end_line":3,"start":20,"end":30,"text":"Not cited.","digest":"b71eca4e7e9f62d0a7c71bc99b3ec14e4e4c3f0e4573bb2d01c36f69b2aef6dd","headings":["Status","试点"],"dated":"2026-03-10","date_certainty":"stated","kind":"minutes","kind_certainty":"inferred","visibility":"client","visibility_certainty":"inferred","quoted":false,"place":""}}],"recipients":[{"name":"Gu Wei 顾伟","email":"gu@portside.example","role":"to"},{"name":"Mo Tan","email":"mo@portside.example","role":"cc"}],"writer":{"name":"offline","model":"","prompt":"","why":"no model is configured"},"created_at":"2026-03-12T09:00:00.000000+00:00","inbound_id":null,"instruction":"","gaps":["who tests"],"left_out":[]}','[{"check":"support","code":"date_unsupported","severity":"warn","anchor":"s2","start":10,"end":20,"sentence_id":"s2","values":{"value":"19 March","来源":"纪要"},"evidence":[1]}]');
CREATE TABLE drafts (
	id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	project VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	subject TEXT NOT NULL, 
	status VARCHAR NOT NULL, 
	status_reason TEXT NOT NULL, 
	created_at VARCHAR NOT NULL, 
	changed_at VARCHAR NOT NULL, 
	change INTEGER NOT NULL, 
	blocks INTEGER NOT NULL, 
	warnings INTEGER NOT NULL, 
	inbound_id VARCHAR, 
	severity FLOAT, 
	PRIMARY KEY (id)
);
INSERT INTO "drafts" VALUES('d-1',1,'harbour','status','en','Pilot: new date 试点','approved','','2026-03-12T09:00:00.000000+00:00','2026-03-12T09:00:00.000000+00:00',4,0,0,NULL,NULL);
CREATE TABLE inbound (
	id VARCHAR NOT NULL, 
	project VARCHAR NOT NULL, 
	message_id VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	severity FLOAT NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "inbound" VALUES('in-1','harbour','<a1@portside.example>','2026-03-12T09:00:00.000000+00:00',0.7,'{"id":"in-1","project":"harbour","mail":{"body":"Where is the pilot? 为什么又推迟？","subject":"Pilot","sender_name":"Gu Wei","sender_email":"gu@portside.example","message_id":"<a1@portside.example>","references":["<root@portside.example>"],"received":"2026-03-11"},"triage":{"language":"en","complaint":true,"severity":0.7,"reason":"again","points":[{"number":1,"kind":"question","text":"Where is the pilot?","start":0,"end":19,"due":""}],"injection":false,"injection_spans":[[1,3]]},"created_at":"2026-03-12T09:00:00.000000+00:00"}');
CREATE TABLE outbox (
	id VARCHAR NOT NULL, 
	draft_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	project VARCHAR NOT NULL, 
	message TEXT NOT NULL, 
	approved_digest VARCHAR NOT NULL, 
	message_id VARCHAR NOT NULL, 
	approved_by VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	not_before VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	detail TEXT NOT NULL, 
	changed_at VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(draft_id, revision) REFERENCES draft_revisions (draft_id, revision), 
	UNIQUE (message_id)
);
INSERT INTO "outbox" VALUES('o-d-1','d-1',1,'harbour','{"sender_name":"Ann Lee","sender_email":"ann@example.com","recipients":[{"name":"Gu Wei 顾伟","email":"gu@portside.example","role":"to"},{"name":"Mo Tan","email":"mo@portside.example","role":"cc"}],"subject":"Pilot: new date 试点","body":"Dear Gu Wei,\n\nChanges\n- The pilot moves to 19 March.\n- Thank you.","attachments":[],"in_reply_to":"","references":[]}','4bc40e74363a23eea0e24f438e1edf49b188bed63e5ca4d67442e00657faec03','<o-d-1@example.com>','Ann Lee','2026-03-12T09:00:00.000000+00:00','2026-03-12T09:00:10.000000+00:00','queued','',NULL);
CREATE TABLE releases (
	draft_id VARCHAR NOT NULL, 
	passage_id VARCHAR NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (draft_id, passage_id), 
	FOREIGN KEY(draft_id) REFERENCES drafts (id)
);
CREATE TABLE state_changes (
	id INTEGER NOT NULL CONSTRAINT one_row CHECK (id = 1), 
	n INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "state_changes" VALUES(1,4);
CREATE TABLE waivers (
	draft_id VARCHAR NOT NULL, 
	finding_id VARCHAR NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (draft_id, finding_id), 
	FOREIGN KEY(draft_id) REFERENCES drafts (id)
);
INSERT INTO "waivers" VALUES('d-1','ddb5d182c466','{"draft_id":"d-1","finding_id":"ddb5d182c466","reason":"wording_only","by":"Ann Lee","at":"2026-03-12T09:00:00.000000+00:00","words":""}');
CREATE INDEX drafts_by_change ON drafts (change);
CREATE INDEX drafts_by_project ON drafts (project, change);
CREATE INDEX inbound_by_time ON inbound (project, created_at);
CREATE UNIQUE INDEX inbound_once ON inbound (project, message_id) WHERE message_id <> '';
CREATE INDEX outbox_due ON outbox (state, not_before);
CREATE UNIQUE INDEX outbox_once ON outbox (draft_id) WHERE state NOT IN ('withdrawn', 'void');
CREATE INDEX approvals_by_draft ON approvals (draft_id, revision);
