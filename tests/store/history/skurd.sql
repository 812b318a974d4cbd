PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO source VALUES(1,'drop');
CREATE TABLE dataset (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    name TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    time_dimension TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;
INSERT INTO dataset VALUES(1,1,'drop/small','Små tall','Tid','[]');
CREATE TABLE dimension (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('none', 'time', 'geo', 'metric')),
    position INTEGER NOT NULL,
    UNIQUE (dataset_id, code)
) STRICT;
INSERT INTO dimension VALUES(1,1,'nr','nr','none',0);
CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    dimension_id INTEGER NOT NULL REFERENCES dimension (id),
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    unit TEXT NOT NULL,
    decimals INTEGER,
    UNIQUE (dimension_id, code)
) STRICT;
INSERT INTO category VALUES(1,1,'1','1','',NULL);
INSERT INTO category VALUES(2,1,'2','2','',NULL);
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    key TEXT NOT NULL,
    UNIQUE (dataset_id, key)
) STRICT;
INSERT INTO series VALUES(1,1,'1');
INSERT INTO series VALUES(2,1,'2');
CREATE TABLE series_code (
    series_id INTEGER NOT NULL REFERENCES series (id),
    dimension_id INTEGER NOT NULL REFERENCES dimension (id),
    category_id INTEGER NOT NULL REFERENCES category (id),
    PRIMARY KEY (series_id, dimension_id)
) STRICT, WITHOUT ROWID;
INSERT INTO series_code VALUES(1,1,1);
INSERT INTO series_code VALUES(2,1,2);
CREATE TABLE period (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT
) STRICT;
INSERT INTO period VALUES(1,'2015','year','2015-01-01','2015-12-31');
INSERT INTO period VALUES(2,'2016','year','2016-01-01','2016-12-31');
INSERT INTO period VALUES(3,'2017','year','2017-01-01','2017-12-31');
INSERT INTO period VALUES(4,'2018','year','2018-01-01','2018-12-31');
CREATE TABLE status (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    meaning TEXT NOT NULL,
    UNIQUE (text, meaning)
) STRICT;
INSERT INTO status VALUES(0,'','');
INSERT INTO status VALUES(1,'','withdrawn');
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    dataset TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'new vintage', 'nothing new', 'no file', 'failed')),
    message TEXT NOT NULL,
    requests INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    cells INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    suppressed INTEGER NOT NULL,
    vintage_id INTEGER REFERENCES vintage (id)
, withdrawn INTEGER NOT NULL DEFAULT 0, relabelled INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO run VALUES(1,'small','drop/small','2026-11-27T18:28:51Z','2026-11-27T18:28:51Z','new vintage','4 cells, 4 new, 0 revised, 0 withdrawn; published 2016-04-01',1,31,4,4,0,0,1,0,0);
INSERT INTO run VALUES(2,'small','drop/small','2026-11-27T18:28:52Z','2026-11-27T18:28:52Z','new vintage','6 cells, 2 new, 1 revised, 0 withdrawn; published 2018-04-01',1,46,6,3,1,0,2,0,0);
INSERT INTO run VALUES(3,'small','drop/small','2026-11-27T18:28:53Z','2026-11-27T18:28:53Z','nothing new','6 cells, all as before (other bytes, the same numbers)',1,47,6,0,0,1,NULL,0,0);
INSERT INTO run VALUES(4,'small','drop/small','2026-11-27T18:28:55Z','2026-11-27T18:28:55Z','new vintage','4 cells, 0 new, 1 revised, 0 withdrawn; published 2017-04-01, before what was there already: put in its place',1,31,4,1,1,0,4,0,0);
INSERT INTO run VALUES(5,'small','','2026-11-27T18:28:57Z','2026-11-27T18:28:57Z','failed','small-bad.csv: line 2, column ''2015'': ''x'' is not a number (decimal sign '','', thousands: space) and not one of the missing marks',1,42,0,0,0,0,NULL,0,0);
INSERT INTO run VALUES(6,'small','drop/small','2026-11-27T18:29:18Z','2026-11-27T18:29:18Z','new vintage','8 cells, 2 new, 1 revised, 0 withdrawn; published 2020-04-01',1,76,8,3,1,0,5,0,0);
INSERT INTO run VALUES(7,'small','drop/small','2026-11-27T18:29:22Z','2026-11-27T18:29:22Z','nothing new','8 cells, all as before',1,76,8,0,0,0,NULL,0,0);
INSERT INTO run VALUES(8,'small','drop/small','2026-11-27T18:29:23Z','2026-11-27T18:29:23Z','new vintage','8 cells, 0 new, 3 revised, 0 withdrawn; published 2020-05-01',1,54,8,3,3,0,6,0,0);
INSERT INTO run VALUES(9,'small','drop/small','2026-11-27T18:29:54Z','2026-11-27T18:29:54Z','new vintage','8 cells, 0 new, 1 revised, 0 withdrawn; published 2020-07-01; 1 labels, units or notes changed',1,54,8,1,1,0,7,0,1);
INSERT INTO run VALUES(10,'small','drop/small','2026-11-27T18:29:55Z','2026-11-27T18:29:55Z','nothing new','4 cells, all as before (other bytes, the same numbers); it looks other than before: nr: code list: 1 gone (2)',1,45,4,0,0,1,NULL,0,0);
CREATE TABLE payload (
    hash TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    origin_url TEXT NOT NULL,
    kept_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO payload VALUES('2f7152e363bb3d25f948d3665dd82a68b96eef918d210b6503ca8f1f5abb2480',46,'','small-b.csv','2026-11-27T18:28:52Z');
INSERT INTO payload VALUES('3075b8dbb73563d44e1e6b456ad24d17629da5e0406e586c83b324785a8b5f7e',42,'','small-bad.csv','2026-11-27T18:28:57Z');
INSERT INTO payload VALUES('36090153a9d05f2c7c4bac167abbc21bec31c9b178554950c3e709174bb8c0c5',10717,'application/octet-stream','skurd report --set 1 --period 2016 --format xlsx --lang nb','2026-11-27T18:29:17Z');
INSERT INTO payload VALUES('39a2dff8bb747a6318aeb8d437200eecfd9d55c847c032c8c4ae4390c83979fd',76,'','small-d.csv','2026-11-27T18:29:18Z');
INSERT INTO payload VALUES('4140af71f4e984e5fb101c23b337b0f3fbf289f63a1dfe164d1278ba96cac79c',47,'','small-c.csv','2026-11-27T18:28:53Z');
INSERT INTO payload VALUES('5809f452f5c75d0387a058620571a91ff711a57455920ba4e59b90553968befb',627,'application/octet-stream','skurd report --set 1 --period 2016 --format csv --lang nb','2026-11-27T18:29:17Z');
INSERT INTO payload VALUES('60b707c727b3fe4556a04018614cd2b63748c9f9df49a7f85ebea0229e3a5c1d',625,'application/octet-stream','skurd report --set 1 --period 2016 --format csv --lang en','2026-11-27T18:29:17Z');
INSERT INTO payload VALUES('63dac7ef72364366326b6ea9b2a27abfd88bef7355ef5387f04e2930e89e9c6e',31,'','small-late.csv','2026-11-27T18:28:55Z');
INSERT INTO payload VALUES('6cf2ed2c622e63b49be57085e49f6dc479a3a7aff4d2e2e0cd6d946308add989',1998,'application/octet-stream','skurd report --set 1 --period 2016 --format text --lang nb','2026-11-27T18:29:17Z');
INSERT INTO payload VALUES('75b9e04e5b9d0a2564dd6a4bf16ac335a002118fe00a0bd3091300da29b819aa',31,'','small-a.csv','2026-11-27T18:28:51Z');
INSERT INTO payload VALUES('7b9c6c941d3c330cd5232558c2340fd73370a66853fcad68f63bdd082718048c',1819,'application/octet-stream','skurd report --set 1 --period 2016 --format md --lang en','2026-11-27T18:29:17Z');
INSERT INTO payload VALUES('8e91f89c169d3ec98fa3a771320d6292c512ceabda4d5d200448abfdc3c1a177',10702,'application/octet-stream','skurd report --set 1 --period 2016 --format xlsx --lang en','2026-11-27T18:29:17Z');
INSERT INTO payload VALUES('9f05c2abb6d02c46d73ca3d7f267b936254cc18a016f7896a991853913e4bd59',45,'','small-g.csv','2026-11-27T18:29:55Z');
INSERT INTO payload VALUES('a659fd81b5d9be3831443f4443aa1f65796dbe96fd29498f80aa217a54299d97',1816,'application/octet-stream','skurd report --set 1 --period 2016 --format md --lang nb','2026-11-27T18:29:17Z');
INSERT INTO payload VALUES('a8ed7c54cdbef6570f98a8b9193c4605f213d689bf5e41ed8297dbb0358378b3',54,'','small-f.csv','2026-11-27T18:29:54Z');
INSERT INTO payload VALUES('c65774c4400cc959696541f3f88d2f9e1a63466121c6b4e28c18938003087507',54,'','small-e.csv','2026-11-27T18:29:23Z');
INSERT INTO payload VALUES('c7f2ce06b5f6e3688f5d75124444beb754b3347f002b4274f08140e87443547d',7467,'application/octet-stream','skurd report --set 1 --period 2016 --format html --lang en','2026-11-27T18:29:17Z');
INSERT INTO payload VALUES('d79dc1c6df76acb35a513d4425600f1ca73a51156a9d24a87c57d28d8bda88ab',1995,'application/octet-stream','skurd report --set 1 --period 2016 --format text --lang en','2026-11-27T18:29:17Z');
INSERT INTO payload VALUES('dec3301be6044a58336670f71b84c69d89f83a2f98c5d896ee734ff355a063d0',7449,'application/octet-stream','skurd report --set 1 --period 2016 --format html --lang nb','2026-11-27T18:29:17Z');
INSERT INTO payload VALUES('e26668fc02fecaf3a1dba5e8081f6a44d7ec7eb925c2d0a809bfeba13de722dd',7857,'application/octet-stream','skurd report --set 1 --period 2016 --format json --lang nb','2026-11-27T18:29:17Z');
CREATE TABLE run_payload (
    run_id INTEGER NOT NULL REFERENCES run (id),
    position INTEGER NOT NULL,
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO run_payload VALUES(2,0,'2f7152e363bb3d25f948d3665dd82a68b96eef918d210b6503ca8f1f5abb2480');
INSERT INTO run_payload VALUES(5,0,'3075b8dbb73563d44e1e6b456ad24d17629da5e0406e586c83b324785a8b5f7e');
INSERT INTO run_payload VALUES(6,0,'39a2dff8bb747a6318aeb8d437200eecfd9d55c847c032c8c4ae4390c83979fd');
INSERT INTO run_payload VALUES(7,0,'39a2dff8bb747a6318aeb8d437200eecfd9d55c847c032c8c4ae4390c83979fd');
INSERT INTO run_payload VALUES(3,0,'4140af71f4e984e5fb101c23b337b0f3fbf289f63a1dfe164d1278ba96cac79c');
INSERT INTO run_payload VALUES(4,0,'63dac7ef72364366326b6ea9b2a27abfd88bef7355ef5387f04e2930e89e9c6e');
INSERT INTO run_payload VALUES(1,0,'75b9e04e5b9d0a2564dd6a4bf16ac335a002118fe00a0bd3091300da29b819aa');
INSERT INTO run_payload VALUES(10,0,'9f05c2abb6d02c46d73ca3d7f267b936254cc18a016f7896a991853913e4bd59');
INSERT INTO run_payload VALUES(9,0,'a8ed7c54cdbef6570f98a8b9193c4605f213d689bf5e41ed8297dbb0358378b3');
INSERT INTO run_payload VALUES(8,0,'c65774c4400cc959696541f3f88d2f9e1a63466121c6b4e28c18938003087507');
CREATE TABLE coverage (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    series TEXT NOT NULL,
    periods TEXT NOT NULL,
    absent BLOB
) STRICT;
INSERT INTO coverage VALUES(1,'3c3ee040a1284447b9f96d8c0c8153bde9cb503c71273f8909c80347cb5eaaca','1-2','1-2',NULL);
INSERT INTO coverage VALUES(2,'d7ebd91254f34726d3cc938fc3316eb16af962aae893254f96a53c5aee38cb31','1-2','1-3',NULL);
INSERT INTO coverage VALUES(3,'0f37edfdfee8c246dc547c47e058d9d7471db4499fe1d0b57b990704fa04cdb3','1-2','1-4',NULL);
INSERT INTO coverage VALUES(4,'965947fbaacaa16fd67c2fc4bc1563bfd8a3d32dfe1e179f2c2ecf2a49dc643e','1','1-4',NULL);
CREATE TABLE vintage (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    published_at TEXT NOT NULL,
    published_field TEXT NOT NULL,
    confidence TEXT NOT NULL CHECK (confidence IN ('stated', 'day', 'month', 'arrival')),
    observed_at TEXT NOT NULL,
    last_confirmed_at TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('harvest', 'drop', 'import', 'replay')),
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    content_hash TEXT NOT NULL,
    value_hash TEXT NOT NULL,
    coverage TEXT NOT NULL CHECK (coverage IN ('partial', 'complete', 'whole')),
    coverage_id INTEGER NOT NULL REFERENCES coverage (id),
    run_id INTEGER REFERENCES run (id),
    cells INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL
) STRICT;
INSERT INTO vintage VALUES(1,1,'2016-04-01T00:00:00Z','--published','day','2026-11-27T18:28:51Z','2026-11-27T18:28:51Z','drop','75b9e04e5b9d0a2564dd6a4bf16ac335a002118fe00a0bd3091300da29b819aa','754bfcfcd5788dd119f5a2d3aa5c1ce981dd79f22bac9066d8dd8ff8bf1112b5','9b43a6fe4af9c43a80c5fc3ea51a6abb1dab13364f98f2ccd4936cbdf3222acf','complete',1,1,4,4,0,0);
INSERT INTO vintage VALUES(2,1,'2018-04-01T00:00:00Z','--published','day','2026-11-27T18:28:52Z','2026-11-27T18:28:53Z','drop','2f7152e363bb3d25f948d3665dd82a68b96eef918d210b6503ca8f1f5abb2480','73cff53d87380c40946c687f131497e8e055742a8fedd189c5fe574f49123156','b6d23e4a1e193fe85d2676d3587ac043a604a9dbfe53f1003369d2e64c0264ad','complete',2,2,6,3,1,0);
INSERT INTO vintage VALUES(4,1,'2017-04-01T00:00:00Z','--published','day','2026-11-27T18:28:55Z','2026-11-27T18:28:55Z','import','63dac7ef72364366326b6ea9b2a27abfd88bef7355ef5387f04e2930e89e9c6e','f411a4648c4e026bd9c57674faabe6653e9f0dda94b7254b281223f9a8760cf7','2efb469a1ccc67dd73963f40e565fa2e4508b50a93d081a83d06372a81629845','complete',1,4,4,1,1,0);
INSERT INTO vintage VALUES(5,1,'2020-04-01T00:00:00Z','--published','day','2026-11-27T18:29:18Z','2026-11-27T18:29:22Z','drop','39a2dff8bb747a6318aeb8d437200eecfd9d55c847c032c8c4ae4390c83979fd','22b7c27572906900c088a93433560f6fdd9e071f573fc51fc6077b4551159ca6','0bbe93c3995f8a8bb1ffe9f4f8ab0a810b45a43a944f8d556a865555d0d8eb14','complete',3,6,8,3,1,0);
INSERT INTO vintage VALUES(6,1,'2020-05-01T00:00:00Z','--published','day','2026-11-27T18:29:23Z','2026-11-27T18:29:23Z','drop','c65774c4400cc959696541f3f88d2f9e1a63466121c6b4e28c18938003087507','92ba65f71b2300941c9f68643220f60c84da6bf377d2d32d2c3783a8f875b032','9d93ac71003e56beffd9814e1c089b9cf885e1de0158a7236dccc2f74dfee5cc','complete',3,8,8,3,3,0);
INSERT INTO vintage VALUES(7,1,'2020-07-01T00:00:00Z','--published','day','2026-11-27T18:29:54Z','2026-11-27T18:29:55Z','drop','a8ed7c54cdbef6570f98a8b9193c4605f213d689bf5e41ed8297dbb0358378b3','42d9edef213040b38f1d461308eaab4e3744a9764fe01ae42dd5008442644559','3e08c65add5af390077e6e7178e4bfbd0e65cc33c3bcb4cec04437e65501df5a','complete',3,9,8,1,1,0);
CREATE TABLE observation (
    series_id INTEGER NOT NULL,
    period_id INTEGER NOT NULL,
    vintage_id INTEGER NOT NULL,
    value REAL,
    decimals INTEGER NOT NULL,
    value_text TEXT,
    status_id INTEGER NOT NULL,
    PRIMARY KEY (series_id, period_id, vintage_id)
) STRICT, WITHOUT ROWID;
INSERT INTO observation VALUES(1,1,1,10.499999999999999999,1,NULL,0);
INSERT INTO observation VALUES(1,2,1,11.499999999999999999,1,NULL,0);
INSERT INTO observation VALUES(1,2,2,12.0,1,NULL,0);
INSERT INTO observation VALUES(1,2,4,11.900000000000000355,1,NULL,0);
INSERT INTO observation VALUES(1,3,2,13.0,1,NULL,0);
INSERT INTO observation VALUES(1,3,5,130.0,1,NULL,0);
INSERT INTO observation VALUES(1,3,6,13.400000000000000354,1,NULL,0);
INSERT INTO observation VALUES(1,4,5,13.5,1,NULL,0);
INSERT INTO observation VALUES(1,4,7,13.699999999999999289,1,NULL,0);
INSERT INTO observation VALUES(2,1,1,7.0,0,NULL,0);
INSERT INTO observation VALUES(2,2,1,8.0,0,NULL,0);
INSERT INTO observation VALUES(2,3,2,9.25,2,NULL,0);
INSERT INTO observation VALUES(2,3,6,NULL,0,NULL,0);
INSERT INTO observation VALUES(2,4,5,123456789012345680.0,0,'123456789012345678',0);
INSERT INTO observation VALUES(2,4,6,6.0,0,NULL,0);
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
, run_id INTEGER REFERENCES run (id), kind TEXT NOT NULL DEFAULT 'refused' CHECK (kind IN ('refused', 'suspect', 'drift')), ended_at TEXT, ended_how TEXT CHECK (ended_how IN ('taken in', 'discarded', 'outdated')), ended_by TEXT, ended_why TEXT) STRICT;
INSERT INTO quarantine VALUES(1,'small','3075b8dbb73563d44e1e6b456ad24d17629da5e0406e586c83b324785a8b5f7e','small-bad.csv','line 2, column ''2015'': ''x'' is not a number (decimal sign '','', thousands: space) and not one of the missing marks','2026-11-27T18:28:57Z',5,'refused',NULL,NULL,NULL,NULL);
CREATE TABLE connector_state (
    job TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (job, name)
) STRICT, WITHOUT ROWID;
INSERT INTO connector_state VALUES('@evaluated','catalogue','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452');
INSERT INTO connector_state VALUES('@evaluated','marks','2/1');
INSERT INTO connector_state VALUES('@evaluated','vintage','7');
INSERT INTO connector_state VALUES('small','@bytes','');
INSERT INTO connector_state VALUES('small','@published','2020-08-01T00:00:00Z');
INSERT INTO connector_state VALUES('small','@vintage','7');
CREATE TABLE catalogue (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    kept_at TEXT NOT NULL,
    current INTEGER NOT NULL
) STRICT;
INSERT INTO catalogue VALUES(1,'82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:51Z',1);
CREATE TABLE indicator (
    catalogue_id INTEGER NOT NULL REFERENCES catalogue (id),
    number INTEGER NOT NULL,
    label_nb TEXT NOT NULL, label_en TEXT NOT NULL,
    part TEXT NOT NULL,
    type TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    direction TEXT NOT NULL,
    baseline TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT,
    threshold_share_points TEXT,
    threshold_percent TEXT,
    PRIMARY KEY (catalogue_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO indicator VALUES(1,1,'Størrelsen','The size','goal 1','result','number','persons','up','2015','test',NULL,NULL,NULL);
INSERT INTO indicator VALUES(1,2,'Andelen','The share','goal 1','effect','share','percent','down','2015','test',NULL,NULL,NULL);
CREATE TABLE definition (
    catalogue_id INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    definition INTEGER NOT NULL,
    published_from TEXT NOT NULL,
    formula TEXT NOT NULL,
    kind TEXT,
    unit TEXT NOT NULL,
    price_base TEXT NOT NULL,
    comparable_with_previous INTEGER NOT NULL,
    keeps_earlier_values INTEGER NOT NULL,
    reason_nb TEXT NOT NULL, reason_en TEXT NOT NULL,
    breaks TEXT NOT NULL,
    break_reason_nb TEXT NOT NULL, break_reason_en TEXT NOT NULL, change TEXT NOT NULL DEFAULT '', decimals INTEGER, reads_earlier_values INTEGER NOT NULL DEFAULT 0, respondents TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (catalogue_id, indicator, definition),
    FOREIGN KEY (catalogue_id, indicator) REFERENCES indicator (catalogue_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO definition VALUES(1,1,1,'2000-01-01T00:00:00Z','drop/small{nr=1}',NULL,'persons','',0,0,'','','','','','',NULL,0,'');
INSERT INTO definition VALUES(1,2,1,'2000-01-01T00:00:00Z','share(drop/small{nr=2}, drop/small{nr=1})',NULL,'percent','',0,0,'','','','','','',NULL,0,'');
CREATE TABLE indicator_set (
    catalogue_id INTEGER NOT NULL REFERENCES catalogue (id),
    number INTEGER NOT NULL,
    title_nb TEXT NOT NULL, title_en TEXT NOT NULL,
    note_nb TEXT NOT NULL, note_en TEXT NOT NULL,
    published TEXT,
    baseline TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO indicator_set VALUES(1,1,'Sett 1','Set 1','','','2016-04-01T00:00:00Z','2015');
CREATE TABLE indicator_set_member (
    catalogue_id INTEGER NOT NULL,
    set_number INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    number_in_set INTEGER NOT NULL,
    report_table TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, set_number, indicator),
    FOREIGN KEY (catalogue_id, set_number) REFERENCES indicator_set (catalogue_id, number),
    FOREIGN KEY (catalogue_id, indicator) REFERENCES indicator (catalogue_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO indicator_set_member VALUES(1,1,1,1,'1');
INSERT INTO indicator_set_member VALUES(1,1,2,2,'1');
CREATE TABLE indicator_value (
    id INTEGER PRIMARY KEY,
    indicator INTEGER NOT NULL,
    definition INTEGER NOT NULL,
    period_id INTEGER NOT NULL REFERENCES period (id),
    value REAL,
    decimals INTEGER NOT NULL,
    value_text TEXT,
    status_id INTEGER NOT NULL REFERENCES status (id),
    vintage_id INTEGER REFERENCES vintage (id),
    published_at TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
INSERT INTO indicator_value VALUES(1,1,1,1,10.499999999999999999,1,NULL,0,1,'2016-04-01T00:00:00Z','2026-11-27T18:28:51Z');
INSERT INTO indicator_value VALUES(2,1,1,2,11.499999999999999999,1,NULL,0,1,'2016-04-01T00:00:00Z','2026-11-27T18:28:51Z');
INSERT INTO indicator_value VALUES(3,2,1,1,66.666666669999997906,8,NULL,0,1,'2016-04-01T00:00:00Z','2026-11-27T18:28:51Z');
INSERT INTO indicator_value VALUES(4,2,1,2,69.565217390000000817,8,NULL,0,1,'2016-04-01T00:00:00Z','2026-11-27T18:28:51Z');
INSERT INTO indicator_value VALUES(5,1,1,2,12.0,1,NULL,0,2,'2018-04-01T00:00:00Z','2026-11-27T18:28:52Z');
INSERT INTO indicator_value VALUES(6,1,1,3,13.0,1,NULL,0,2,'2018-04-01T00:00:00Z','2026-11-27T18:28:52Z');
INSERT INTO indicator_value VALUES(7,2,1,2,66.666666669999997906,8,NULL,0,2,'2018-04-01T00:00:00Z','2026-11-27T18:28:52Z');
INSERT INTO indicator_value VALUES(8,2,1,3,71.153846150000006785,8,NULL,0,2,'2018-04-01T00:00:00Z','2026-11-27T18:28:52Z');
INSERT INTO indicator_value VALUES(9,1,1,3,130.0,1,NULL,0,5,'2020-04-01T00:00:00Z','2026-11-27T18:29:18Z');
INSERT INTO indicator_value VALUES(10,1,1,4,13.5,1,NULL,0,5,'2020-04-01T00:00:00Z','2026-11-27T18:29:18Z');
INSERT INTO indicator_value VALUES(11,2,1,3,7.1153846200000003818,8,NULL,0,5,'2020-04-01T00:00:00Z','2026-11-27T18:29:18Z');
INSERT INTO indicator_value VALUES(12,2,1,4,914494733424782848.0,0,'914494733424782800',0,5,'2020-04-01T00:00:00Z','2026-11-27T18:29:18Z');
INSERT INTO indicator_value VALUES(13,1,1,3,13.400000000000000354,1,NULL,0,6,'2020-05-01T00:00:00Z','2026-11-27T18:29:23Z');
INSERT INTO indicator_value VALUES(14,2,1,3,NULL,0,NULL,0,6,'2020-05-01T00:00:00Z','2026-11-27T18:29:23Z');
INSERT INTO indicator_value VALUES(15,2,1,4,44.444444439999998054,8,NULL,0,6,'2020-05-01T00:00:00Z','2026-11-27T18:29:23Z');
INSERT INTO indicator_value VALUES(16,1,1,4,13.699999999999999289,1,NULL,0,7,'2020-07-01T00:00:00Z','2026-11-27T18:29:54Z');
INSERT INTO indicator_value VALUES(17,2,1,4,43.795620440000000428,8,NULL,0,7,'2020-07-01T00:00:00Z','2026-11-27T18:29:54Z');
CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    indicator INTEGER NOT NULL,
    definition INTEGER NOT NULL,
    comparison TEXT NOT NULL CHECK (comparison IN ('previous', 'baseline', 'per year')),
    from_period TEXT NOT NULL,
    to_period TEXT NOT NULL,
    years INTEGER NOT NULL,
    old_value TEXT,
    new_value TEXT,
    vintages TEXT NOT NULL,
    outcome TEXT NOT NULL,
    change TEXT,
    unit TEXT NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    sentence_nb TEXT NOT NULL, sentence_en TEXT NOT NULL,
    catalogue_hash TEXT NOT NULL,
    made_at TEXT NOT NULL
, near_miss_nb TEXT NOT NULL DEFAULT '', near_miss_en TEXT NOT NULL DEFAULT '', allowance_nb TEXT NOT NULL DEFAULT '', allowance_en TEXT NOT NULL DEFAULT '', margin TEXT, within_margin INTEGER NOT NULL DEFAULT 0, provisional INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO verdict VALUES(1,1,1,'previous','2015','2016',1,'10.5','11.5','[1]','improved','9.52380952','percent','change/1 ±2.5 percent','','Grønn: 10,5 → 11,5 (+9,5 %, grense ±2,5 %)','Green: 10.5 → 11.5 (+9.5%, limit ±2.5%)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:51Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(2,1,1,'baseline','2015','2016',1,'10.5','11.5','[1]','improved','9.52380952','percent','change/1 ±2.5 percent','','Grønn: 10,5 → 11,5 (+9,5 %, grense ±2,5 %)','Green: 10.5 → 11.5 (+9.5%, limit ±2.5%)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:51Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(3,1,1,'per year','2015','2016',1,'10.5','11.5','[1]','improved','9.52380952','percent','change/1 ±2.5 percent','','Grønn: 10,5 → 11,5 (+9,5 %, grense ±2,5 %)','Green: 10.5 → 11.5 (+9.5%, limit ±2.5%)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:51Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(4,2,1,'previous','2015','2016',1,'66.66666667','69.56521739','[1]','worsened','2.89855072','percentage points','change/1 ±1.0 points','','Rød: 66,66666667 → 69,56521739 % (+2,9 prosentpoeng, grense ±1,0)','Red: 66.66666667 → 69.56521739% (+2.9 percentage points, limit ±1.0)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:51Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(5,2,1,'baseline','2015','2016',1,'66.66666667','69.56521739','[1]','worsened','2.89855072','percentage points','change/1 ±1.0 points','','Rød: 66,66666667 → 69,56521739 % (+2,9 prosentpoeng, grense ±1,0)','Red: 66.66666667 → 69.56521739% (+2.9 percentage points, limit ±1.0)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:51Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(6,2,1,'per year','2015','2016',1,'66.66666667','69.56521739','[1]','worsened','2.89855072','percentage points','change/1 ±1.0 points','','Rød: 66,66666667 → 69,56521739 % (+2,9 prosentpoeng, grense ±1,0)','Red: 66.66666667 → 69.56521739% (+2.9 percentage points, limit ±1.0)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:51Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(7,1,1,'previous','2015','2016',1,'10.5','12.0','[1,2]','improved','14.28571429','percent','change/1 ±2.5 percent','','Grønn: 10,5 → 12,0 (+14,3 %, grense ±2,5 %)','Green: 10.5 → 12.0 (+14.3%, limit ±2.5%)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:52Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(8,1,1,'previous','2016','2017',1,'12.0','13.0','[2]','improved','8.33333333','percent','change/1 ±2.5 percent','','Grønn: 12,0 → 13,0 (+8,3 %, grense ±2,5 %)','Green: 12.0 → 13.0 (+8.3%, limit ±2.5%)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:52Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(9,1,1,'baseline','2015','2017',2,'10.5','13.0','[1,2]','improved','23.80952381','percent','change/1 ±2.5 percent','','Grønn: 10,5 → 13,0 (+23,8 %, grense ±2,5 %)','Green: 10.5 → 13.0 (+23.8%, limit ±2.5%)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:52Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(10,1,1,'per year','2015','2017',2,'10.5','13.0','[1,2]','improved','11.26972805','percent','change/1 ±2.5 percent','','Grønn: 10,5 → 13,0 (+11,3 % per år, grense ±2,5 %)','Green: 10.5 → 13.0 (+11.3% per year, limit ±2.5%)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:52Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(11,2,1,'previous','2015','2016',1,'66.66666667','66.66666667','[1,2]','unchanged','0.00000000','percentage points','change/1 ±1.0 points','','Gul: 66,66666667 → 66,66666667 % (0,0 prosentpoeng, grense ±1,0)','Yellow: 66.66666667 → 66.66666667% (0.0 percentage points, limit ±1.0)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:52Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(12,2,1,'previous','2016','2017',1,'66.66666667','71.15384615','[2,1]','worsened','4.48717948','percentage points','change/1 ±1.0 points','','Rød: 66,66666667 → 71,15384615 % (+4,5 prosentpoeng, grense ±1,0)','Red: 66.66666667 → 71.15384615% (+4.5 percentage points, limit ±1.0)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:52Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(13,2,1,'baseline','2015','2017',2,'66.66666667','71.15384615','[1,2]','worsened','4.48717948','percentage points','change/1 ±1.0 points','','Rød: 66,66666667 → 71,15384615 % (+4,5 prosentpoeng, grense ±1,0)','Red: 66.66666667 → 71.15384615% (+4.5 percentage points, limit ±1.0)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:52Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(14,2,1,'per year','2015','2017',2,'66.66666667','71.15384615','[1,2]','worsened','2.24358974','percentage points','change/1 ±1.0 points','','Rød: 66,66666667 → 71,15384615 % (+2,2 prosentpoeng per år, grense ±1,0)','Red: 66.66666667 → 71.15384615% (+2.2 percentage points per year, limit ±1.0)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:28:52Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(15,1,1,'previous','2015','2016',1,'10.5','12.0','[1,2]','not comparable',NULL,'percent','change/1 ±2.5 percent','a break from 2016: ny telling (Kari)','Grå: 10,5 → 12,0 (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 10.5 → 12.0 (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:10Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(16,1,1,'baseline','2015','2017',2,'10.5','13.0','[1,2]','not comparable',NULL,'percent','change/1 ±2.5 percent','a break from 2016: ny telling (Kari)','Grå: 10,5 → 13,0 (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 10.5 → 13.0 (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:10Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(17,1,1,'per year','2015','2017',2,'10.5','13.0','[1,2]','not comparable',NULL,'percent','change/1 ±2.5 percent','a break from 2016: ny telling (Kari)','Grå: 10,5 → 13,0 (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 10.5 → 13.0 (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:10Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(18,2,1,'previous','2015','2016',1,'66.66666667','66.66666667','[1,2]','not comparable',NULL,'percentage points','change/1 ±1.0 points','a break from 2016: ny telling (Kari)','Grå: 66,66666667 → 66,66666667 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 66.66666667 → 66.66666667% (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:10Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(19,2,1,'baseline','2015','2017',2,'66.66666667','71.15384615','[1,2]','not comparable',NULL,'percentage points','change/1 ±1.0 points','a break from 2016: ny telling (Kari)','Grå: 66,66666667 → 71,15384615 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 66.66666667 → 71.15384615% (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:10Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(20,2,1,'per year','2015','2017',2,'66.66666667','71.15384615','[1,2]','not comparable',NULL,'percentage points','change/1 ±1.0 points','a break from 2016: ny telling (Kari)','Grå: 66,66666667 → 71,15384615 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 66.66666667 → 71.15384615% (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:10Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(21,1,1,'previous','2016','2017',1,'12.0','130.0','[2,5]','improved','983.33333333','percent','change/1 ±2.5 percent','','Grønn: 12,0 → 130,0 (+983,3 %, grense ±2,5 %)','Green: 12.0 → 130.0 (+983.3%, limit ±2.5%)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:18Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(22,1,1,'previous','2017','2018',1,'130.0','13.5','[5]','worsened','-89.61538462','percent','change/1 ±2.5 percent','','Rød: 130,0 → 13,5 (−89,6 %, grense ±2,5 %)','Red: 130.0 → 13.5 (−89.6%, limit ±2.5%)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:18Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(23,1,1,'baseline','2015','2018',3,'10.5','13.5','[1,5]','not comparable',NULL,'percent','change/1 ±2.5 percent','a break from 2016: ny telling (Kari)','Grå: 10,5 → 13,5 (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 10.5 → 13.5 (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:18Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(24,1,1,'per year','2015','2018',3,'10.5','13.5','[1,5]','not comparable',NULL,'percent','change/1 ±2.5 percent','a break from 2016: ny telling (Kari)','Grå: 10,5 → 13,5 (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 10.5 → 13.5 (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:18Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(25,2,1,'previous','2016','2017',1,'66.66666667','7.11538462','[2,1,5]','improved','-59.55128205','percentage points','change/1 ±1.0 points','','Grønn: 66,66666667 → 7,11538462 % (−59,6 prosentpoeng, grense ±1,0)','Green: 66.66666667 → 7.11538462% (−59.6 percentage points, limit ±1.0)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:18Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(26,2,1,'previous','2017','2018',1,'7.11538462','914494733424782800','[5,2]','worsened','914494733424782792.9','percentage points','change/1 ±1.0 points','','Rød: 7,11538462 → 914 494 733 424 782 800 % (+914 494 733 424 782 792,9 prosentpoeng, grense ±1,0)','Red: 7.11538462 → 914,494,733,424,782,800% (+914,494,733,424,782,792.9 percentage points, limit ±1.0)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:18Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(27,2,1,'baseline','2015','2018',3,'66.66666667','914494733424782800','[1,5]','not comparable',NULL,'percentage points','change/1 ±1.0 points','a break from 2016: ny telling (Kari)','Grå: 66,66666667 → 914 494 733 424 782 800 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 66.66666667 → 914,494,733,424,782,800% (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:18Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(28,2,1,'per year','2015','2018',3,'66.66666667','914494733424782800','[1,5]','not comparable',NULL,'percentage points','change/1 ±1.0 points','a break from 2016: ny telling (Kari)','Grå: 66,66666667 → 914 494 733 424 782 800 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 66.66666667 → 914,494,733,424,782,800% (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:18Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(29,1,1,'previous','2016','2017',1,'12.0','13.4','[2,6]','improved','11.66666667','percent','change/1 ±2.5 percent','','Grønn: 12,0 → 13,4 (+11,7 %, grense ±2,5 %)','Green: 12.0 → 13.4 (+11.7%, limit ±2.5%)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:23Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(30,1,1,'previous','2017','2018',1,'13.4','13.5','[6,5]','unchanged','0.74626866','percent','change/1 ±2.5 percent','','Gul: 13,4 → 13,5 (+0,7 %, grense ±2,5 %)','Yellow: 13.4 → 13.5 (+0.7%, limit ±2.5%)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:23Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(31,2,1,'previous','2016','2018',2,'66.66666667','44.44444444','[2,1,6,5]','improved','-22.22222223','percentage points','change/1 ±1.0 points','','Grønn: 66,66666667 → 44,44444444 % (−22,2 prosentpoeng, grense ±1,0)','Green: 66.66666667 → 44.44444444% (−22.2 percentage points, limit ±1.0)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:23Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(32,2,1,'baseline','2015','2018',3,'66.66666667','44.44444444','[1,6,5]','not comparable',NULL,'percentage points','change/1 ±1.0 points','a break from 2016: ny telling (Kari)','Grå: 66,66666667 → 44,44444444 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 66.66666667 → 44.44444444% (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:23Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(33,2,1,'per year','2015','2018',3,'66.66666667','44.44444444','[1,6,5]','not comparable',NULL,'percentage points','change/1 ±1.0 points','a break from 2016: ny telling (Kari)','Grå: 66,66666667 → 44,44444444 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 66.66666667 → 44.44444444% (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:23Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(34,1,1,'previous','2017','2018',1,'13.4','13.7','[6,7]','unchanged','2.23880597','percent','change/1 ±2.5 percent','','Gul: 13,4 → 13,7 (+2,2 %, grense ±2,5 %; 0,26 prosent fra grønn)','Yellow: 13.4 → 13.7 (+2.2%, limit ±2.5%; 0.26 percent from green)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:54Z','0,26 prosent fra grønn','0.26 percent from green','','',NULL,0,0);
INSERT INTO verdict VALUES(35,1,1,'baseline','2015','2018',3,'10.5','13.7','[1,7]','not comparable',NULL,'percent','change/1 ±2.5 percent','a break from 2016: ny telling (Kari)','Grå: 10,5 → 13,7 (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 10.5 → 13.7 (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:54Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(36,1,1,'per year','2015','2018',3,'10.5','13.7','[1,7]','not comparable',NULL,'percent','change/1 ±2.5 percent','a break from 2016: ny telling (Kari)','Grå: 10,5 → 13,7 (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 10.5 → 13.7 (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:54Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(37,2,1,'previous','2016','2018',2,'66.66666667','43.79562044','[2,1,7,6]','improved','-22.87104623','percentage points','change/1 ±1.0 points','','Grønn: 66,66666667 → 43,79562044 % (−22,9 prosentpoeng, grense ±1,0)','Green: 66.66666667 → 43.79562044% (−22.9 percentage points, limit ±1.0)','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:54Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(38,2,1,'baseline','2015','2018',3,'66.66666667','43.79562044','[1,7,6]','not comparable',NULL,'percentage points','change/1 ±1.0 points','a break from 2016: ny telling (Kari)','Grå: 66,66666667 → 43,79562044 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 66.66666667 → 43.79562044% (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:54Z','','','','',NULL,0,0);
INSERT INTO verdict VALUES(39,2,1,'per year','2015','2018',3,'66.66666667','43.79562044','[1,7,6]','not comparable',NULL,'percentage points','change/1 ±1.0 points','a break from 2016: ny telling (Kari)','Grå: 66,66666667 → 43,79562044 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 66.66666667 → 43.79562044% (not comparable: a break from 2016: ny telling (Kari))','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452','2026-11-27T18:29:54Z','','','','',NULL,0,0);
CREATE TABLE flag (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'closed')),
    key TEXT NOT NULL UNIQUE,
    indicator INTEGER NOT NULL,
    period TEXT NOT NULL,
    inputs TEXT NOT NULL,
    text_nb TEXT NOT NULL, text_en TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    note TEXT NOT NULL,
    person TEXT NOT NULL
) STRICT;
INSERT INTO flag VALUES(1,'threshold','closed','threshold/1/2016',1,'2016','previous 2015: improved|10.5|11.5; baseline 2015: improved|10.5|11.5; per year 2015: improved|10.5|11.5; ','Indikator 1 (Størrelsen) krysset grensen i 2016; fra 2015: Grønn: 10,5 → 11,5 (+9,5 %, grense ±2,5 %)','Indicator 1 (The size) crossed the threshold in 2016; from 2015: Green: 10.5 → 11.5 (+9.5%, limit ±2.5%)','2026-11-27T18:28:51Z','2026-11-27T18:28:52Z','','');
INSERT INTO flag VALUES(2,'threshold','closed','threshold/2/2016',2,'2016','previous 2015: worsened|66.66666667|69.56521739; baseline 2015: worsened|66.66666667|69.56521739; per year 2015: worsened|66.66666667|69.56521739; ','Indikator 2 (Andelen) krysset grensen i 2016; fra 2015: Rød: 66,66666667 → 69,56521739 % (+2,9 prosentpoeng, grense ±1,0)','Indicator 2 (The share) crossed the threshold in 2016; from 2015: Red: 66.66666667 → 69.56521739% (+2.9 percentage points, limit ±1.0)','2026-11-27T18:28:51Z','2026-11-27T18:28:52Z','','');
INSERT INTO flag VALUES(3,'threshold','closed','threshold/1/2017',1,'2017','previous 2016: improved|12|13; ','Indikator 1 (Størrelsen) krysset grensen i 2017; fra 2016: Grønn: 12,0 → 13,0 (+8,3 %, grense ±2,5 %)','Indicator 1 (The size) crossed the threshold in 2017; from 2016: Green: 12.0 → 13.0 (+8.3%, limit ±2.5%)','2026-11-27T18:28:52Z','2026-11-27T18:29:18Z','','');
INSERT INTO flag VALUES(4,'threshold','closed','threshold/2/2017',2,'2017','previous 2016: worsened|66.66666667|71.15384615; ','Indikator 2 (Andelen) krysset grensen i 2017; fra 2016: Rød: 66,66666667 → 71,15384615 % (+4,5 prosentpoeng, grense ±1,0)','Indicator 2 (The share) crossed the threshold in 2017; from 2016: Red: 66.66666667 → 71.15384615% (+4.5 percentage points, limit ±1.0)','2026-11-27T18:28:52Z','2026-11-27T18:29:18Z','','');
INSERT INTO flag VALUES(5,'revision','open','revision/2/previous/2015/2016',2,'2016','worsened|66.66666667|69.56521739 -> not comparable|66.66666667|66.66666667','Indikator 2 (Andelen): dommen for 2015 til 2016 er snudd; før: Rød: 66,66666667 → 69,56521739 % (+2,9 prosentpoeng, grense ±1,0); nå: Grå: 66,66666667 → 66,66666667 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari)); 2016 går fra 69,56521739 til 66,66666667 (−2,89855072 prosentpoeng); motsier Sett 1, 2016-04-01, der den er nummer 2','Indicator 2 (The share): the verdict on 2015 to 2016 has turned; before: Red: 66.66666667 → 69.56521739% (+2.9 percentage points, limit ±1.0); now: Grey: 66.66666667 → 66.66666667% (not comparable: a break from 2016: ny telling (Kari)); 2016 goes from 69.56521739 to 66.66666667 (−2.89855072 percentage points); contradicts Set 1, 2016-04-01, where it is number 2','2026-11-27T18:28:52Z','2026-11-27T18:29:10Z','','');
INSERT INTO flag VALUES(6,'overdue','open','overdue/small',0,'','expected 2021-04-01, newest 2020-08-01','Jobb small: en publisering av drop/small var ventet 2021-04-01 og er ikke kommet; lært av 4 publiseringer, om lag 365 dager imellom; den nyeste er fra 2020-08-01','Job small: a publication of drop/small was expected 2021-04-01 and has not come; learnt from 4 publications, about 365 days apart; the newest is of 2020-08-01','2026-11-27T18:28:54Z','2026-11-27T18:29:55Z','','');
INSERT INTO flag VALUES(7,'quarantine','open','quarantine/small',0,'','1 ','Jobb small: 1 i karantene, sist small-bad.csv: line 2, column ''2015'': ''x'' is not a number (decimal sign '','', thousands: space) and not one of the missing marks (se skurd quarantine show 1)','Job small: 1 in quarantine, the last small-bad.csv: line 2, column ''2015'': ''x'' is not a number (decimal sign '','', thousands: space) and not one of the missing marks (see skurd quarantine show 1)','2026-11-27T18:28:57Z','2026-11-27T18:28:57Z','','');
INSERT INTO flag VALUES(8,'break','open','break/annotation/1',1,'2016','drop/small nr=1 2016','Brudd i drop/small nr=1 2016, merket av Kari: ny telling; leses av indikatorene 1, 2','A break in drop/small nr=1 2016, marked by Kari: ny telling; read by indicators 1, 2','2026-11-27T18:29:10Z','2026-11-27T18:29:10Z','','');
INSERT INTO flag VALUES(9,'threshold','closed','threshold/1/2018',1,'2018','previous 2017: worsened|130|13.5; ','Indikator 1 (Størrelsen) krysset grensen i 2018; fra 2017: Rød: 130,0 → 13,5 (−89,6 %, grense ±2,5 %)','Indicator 1 (The size) crossed the threshold in 2018; from 2017: Red: 130.0 → 13.5 (−89.6%, limit ±2.5%)','2026-11-27T18:29:18Z','2026-11-27T18:29:23Z','','');
INSERT INTO flag VALUES(10,'suspect','closed','suspect/1/2018',1,'2018','2017 2018: worsened|130|13.5','Indikator 1 (Størrelsen): 2018 (13,5) er om lag en 10-del av 2017 (130,0); er enheten en annen?','Indicator 1 (The size): 2018 (13.5) is about 1/10 of 2017 (130.0); is the unit another?','2026-11-27T18:29:18Z','2026-11-27T18:29:23Z','','');
INSERT INTO flag VALUES(11,'threshold','open','threshold/2/2018',2,'2018','previous 2016: improved|66.66666667|43.79562044; ','Indikator 2 (Andelen) krysset grensen i 2018; fra 2016: Grønn: 66,66666667 → 43,79562044 % (−22,9 prosentpoeng, grense ±1,0)','Indicator 2 (The share) crossed the threshold in 2018; from 2016: Green: 66.66666667 → 43.79562044% (−22.9 percentage points, limit ±1.0)','2026-11-27T18:29:18Z','2026-11-27T18:29:54Z','','');
INSERT INTO flag VALUES(12,'revision','closed','revision/2/previous/2016/2017',2,'2017','worsened|66.66666667|71.15384615 -> improved|66.66666667|7.11538462','Indikator 2 (Andelen): dommen for 2016 til 2017 er snudd; før: Rød: 66,66666667 → 71,15384615 % (+4,5 prosentpoeng, grense ±1,0); nå: Grønn: 66,66666667 → 7,11538462 % (−59,6 prosentpoeng, grense ±1,0); 2017 går fra 71,15384615 til 7,11538462 (−64,03846153 prosentpoeng)','Indicator 2 (The share): the verdict on 2016 to 2017 has turned; before: Red: 66.66666667 → 71.15384615% (+4.5 percentage points, limit ±1.0); now: Green: 66.66666667 → 7.11538462% (−59.6 percentage points, limit ±1.0); 2017 goes from 71.15384615 to 7.11538462 (−64.03846153 percentage points)','2026-11-27T18:29:18Z','2026-11-27T18:29:23Z','','');
INSERT INTO flag VALUES(13,'revision','open','correction/1',1,'2017','13.0 -> the source changed it to 130.0','Rettelse 1 av drop/small nr=1 2017 gjelder ikke lenger: kilden endret det til 130,0; tallet var rettet fra 13,0 til 13,2: skrivefeil (Kari, 2026-11-27)','Correction 1 of drop/small nr=1 2017 holds no longer: the source changed it to 130.0; it was corrected from 13.0 to 13.2: skrivefeil (Kari, 2026-11-27)','2026-11-27T18:29:18Z','2026-11-27T18:29:18Z','','');
INSERT INTO flag VALUES(14,'revision','open','revision/1/previous/2017/2018',1,'2018','worsened|130|13.5 -> unchanged|13.4|13.7','Indikator 1 (Størrelsen): dommen for 2017 til 2018 er snudd; før: Rød: 130,0 → 13,5 (−89,6 %, grense ±2,5 %); nå: Gul: 13,4 → 13,7 (+2,2 %, grense ±2,5 %; 0,26 prosent fra grønn); 2017 går fra 130 til 13,4 (−116,6, −89,7 %); 2018 går fra 13,5 til 13,7 (+0,2, +1,5 %)','Indicator 1 (The size): the verdict on 2017 to 2018 has turned; before: Red: 130.0 → 13.5 (−89.6%, limit ±2.5%); now: Yellow: 13.4 → 13.7 (+2.2%, limit ±2.5%; 0.26 percent from green); 2017 goes from 130 to 13.4 (−116.6, −89.7%); 2018 goes from 13.5 to 13.7 (+0.2, +1.5%)','2026-11-27T18:29:23Z','2026-11-27T18:29:54Z','','');
INSERT INTO flag VALUES(15,'drift','open','drift/small',0,'','nr: code list: 1 gone (2)','drop/small er endret hos kilden, og seriene det gjelder er stanset: nr: kodeliste: 1 borte (2) (godta med skurd harvest small --accept-drift)','drop/small has changed at the source, and the series it touches are stopped: nr: code list: 1 gone (2) (agree with skurd harvest small --accept-drift)','2026-11-27T18:29:55Z','2026-11-27T18:29:55Z','','');
CREATE TABLE flag_event (
    id INTEGER PRIMARY KEY,
    flag_id INTEGER NOT NULL REFERENCES flag (id),
    at TEXT NOT NULL,
    event TEXT NOT NULL,
    state TEXT NOT NULL,
    inputs TEXT NOT NULL,
    text_nb TEXT NOT NULL, text_en TEXT NOT NULL,
    note TEXT NOT NULL,
    person TEXT NOT NULL
) STRICT;
INSERT INTO flag_event VALUES(1,1,'2026-11-27T18:28:51Z','raised','open','previous 2015: improved|10.5|11.5; baseline 2015: improved|10.5|11.5; per year 2015: improved|10.5|11.5; ','Indikator 1 (Størrelsen) krysset grensen i 2016; fra 2015: Grønn: 10,5 → 11,5 (+9,5 %, grense ±2,5 %)','Indicator 1 (The size) crossed the threshold in 2016; from 2015: Green: 10.5 → 11.5 (+9.5%, limit ±2.5%)','','');
INSERT INTO flag_event VALUES(2,2,'2026-11-27T18:28:51Z','raised','open','previous 2015: worsened|66.66666667|69.56521739; baseline 2015: worsened|66.66666667|69.56521739; per year 2015: worsened|66.66666667|69.56521739; ','Indikator 2 (Andelen) krysset grensen i 2016; fra 2015: Rød: 66,66666667 → 69,56521739 % (+2,9 prosentpoeng, grense ±1,0)','Indicator 2 (The share) crossed the threshold in 2016; from 2015: Red: 66.66666667 → 69.56521739% (+2.9 percentage points, limit ±1.0)','','');
INSERT INTO flag_event VALUES(3,1,'2026-11-27T18:28:52Z','closed','closed','previous 2015: improved|10.5|11.5; baseline 2015: improved|10.5|11.5; per year 2015: improved|10.5|11.5; ','Indikator 1 (Størrelsen) krysset grensen i 2016; fra 2015: Grønn: 10,5 → 11,5 (+9,5 %, grense ±2,5 %)','Indicator 1 (The size) crossed the threshold in 2016; from 2015: Green: 10.5 → 11.5 (+9.5%, limit ±2.5%)','','');
INSERT INTO flag_event VALUES(4,3,'2026-11-27T18:28:52Z','raised','open','previous 2016: improved|12|13; baseline 2015: improved|10.5|13; per year 2015: improved|10.5|13; ','Indikator 1 (Størrelsen) krysset grensen i 2017; fra 2016: Grønn: 12,0 → 13,0 (+8,3 %, grense ±2,5 %); fra 2015: Grønn: 10,5 → 13,0 (+23,8 %, grense ±2,5 %); fra 2015: Grønn: 10,5 → 13,0 (+11,3 % per år, grense ±2,5 %)','Indicator 1 (The size) crossed the threshold in 2017; from 2016: Green: 12.0 → 13.0 (+8.3%, limit ±2.5%); from 2015: Green: 10.5 → 13.0 (+23.8%, limit ±2.5%); from 2015: Green: 10.5 → 13.0 (+11.3% per year, limit ±2.5%)','','');
INSERT INTO flag_event VALUES(5,2,'2026-11-27T18:28:52Z','closed','closed','previous 2015: worsened|66.66666667|69.56521739; baseline 2015: worsened|66.66666667|69.56521739; per year 2015: worsened|66.66666667|69.56521739; ','Indikator 2 (Andelen) krysset grensen i 2016; fra 2015: Rød: 66,66666667 → 69,56521739 % (+2,9 prosentpoeng, grense ±1,0)','Indicator 2 (The share) crossed the threshold in 2016; from 2015: Red: 66.66666667 → 69.56521739% (+2.9 percentage points, limit ±1.0)','','');
INSERT INTO flag_event VALUES(6,4,'2026-11-27T18:28:52Z','raised','open','previous 2016: worsened|66.66666667|71.15384615; baseline 2015: worsened|66.66666667|71.15384615; per year 2015: worsened|66.66666667|71.15384615; ','Indikator 2 (Andelen) krysset grensen i 2017; fra 2016: Rød: 66,66666667 → 71,15384615 % (+4,5 prosentpoeng, grense ±1,0); fra 2015: Rød: 66,66666667 → 71,15384615 % (+4,5 prosentpoeng, grense ±1,0); fra 2015: Rød: 66,66666667 → 71,15384615 % (+2,2 prosentpoeng per år, grense ±1,0)','Indicator 2 (The share) crossed the threshold in 2017; from 2016: Red: 66.66666667 → 71.15384615% (+4.5 percentage points, limit ±1.0); from 2015: Red: 66.66666667 → 71.15384615% (+4.5 percentage points, limit ±1.0); from 2015: Red: 66.66666667 → 71.15384615% (+2.2 percentage points per year, limit ±1.0)','','');
INSERT INTO flag_event VALUES(7,5,'2026-11-27T18:28:52Z','raised','open','worsened|66.66666667|69.56521739 -> unchanged|66.66666667|66.66666667','Indikator 2 (Andelen): dommen for 2015 til 2016 er snudd; før: Rød: 66,66666667 → 69,56521739 % (+2,9 prosentpoeng, grense ±1,0); nå: Gul: 66,66666667 → 66,66666667 % (0,0 prosentpoeng, grense ±1,0); 2016 går fra 69,56521739 til 66,66666667 (−2,89855072 prosentpoeng); motsier Sett 1, 2016-04-01, der den er nummer 2','Indicator 2 (The share): the verdict on 2015 to 2016 has turned; before: Red: 66.66666667 → 69.56521739% (+2.9 percentage points, limit ±1.0); now: Yellow: 66.66666667 → 66.66666667% (0.0 percentage points, limit ±1.0); 2016 goes from 69.56521739 to 66.66666667 (−2.89855072 percentage points); contradicts Set 1, 2016-04-01, where it is number 2','','');
INSERT INTO flag_event VALUES(8,6,'2026-11-27T18:28:54Z','raised','open','expected 2020-09-29, newest 2019-04-01','Jobb small: en publisering av drop/small var ventet 2020-09-29 og er ikke kommet; lært av 3 publiseringer, om lag 548 dager imellom; den nyeste er fra 2019-04-01','Job small: a publication of drop/small was expected 2020-09-29 and has not come; learnt from 3 publications, about 548 days apart; the newest is of 2019-04-01','','');
INSERT INTO flag_event VALUES(9,6,'2026-11-27T18:28:55Z','closed','closed','expected 2020-09-29, newest 2019-04-01','Jobb small: en publisering av drop/small var ventet 2020-09-29 og er ikke kommet; lært av 3 publiseringer, om lag 548 dager imellom; den nyeste er fra 2019-04-01','Job small: a publication of drop/small was expected 2020-09-29 and has not come; learnt from 3 publications, about 548 days apart; the newest is of 2019-04-01','','');
INSERT INTO flag_event VALUES(10,7,'2026-11-27T18:28:57Z','raised','open','1 ','Jobb small: 1 i karantene, sist small-bad.csv: line 2, column ''2015'': ''x'' is not a number (decimal sign '','', thousands: space) and not one of the missing marks (se skurd quarantine show 1)','Job small: 1 in quarantine, the last small-bad.csv: line 2, column ''2015'': ''x'' is not a number (decimal sign '','', thousands: space) and not one of the missing marks (see skurd quarantine show 1)','','');
INSERT INTO flag_event VALUES(11,3,'2026-11-27T18:29:09Z','acknowledged','acknowledged','previous 2016: improved|12|13; baseline 2015: improved|10.5|13; per year 2015: improved|10.5|13; ','Indikator 1 (Størrelsen) krysset grensen i 2017; fra 2016: Grønn: 12,0 → 13,0 (+8,3 %, grense ±2,5 %); fra 2015: Grønn: 10,5 → 13,0 (+23,8 %, grense ±2,5 %); fra 2015: Grønn: 10,5 → 13,0 (+11,3 % per år, grense ±2,5 %)','Indicator 1 (The size) crossed the threshold in 2017; from 2016: Green: 12.0 → 13.0 (+8.3%, limit ±2.5%); from 2015: Green: 10.5 → 13.0 (+23.8%, limit ±2.5%); from 2015: Green: 10.5 → 13.0 (+11.3% per year, limit ±2.5%)','sett på','Kari');
INSERT INTO flag_event VALUES(12,3,'2026-11-27T18:29:10Z','reopened','open','previous 2016: improved|12|13; ','Indikator 1 (Størrelsen) krysset grensen i 2017; fra 2016: Grønn: 12,0 → 13,0 (+8,3 %, grense ±2,5 %)','Indicator 1 (The size) crossed the threshold in 2017; from 2016: Green: 12.0 → 13.0 (+8.3%, limit ±2.5%)','','');
INSERT INTO flag_event VALUES(13,4,'2026-11-27T18:29:10Z','changed','open','previous 2016: worsened|66.66666667|71.15384615; ','Indikator 2 (Andelen) krysset grensen i 2017; fra 2016: Rød: 66,66666667 → 71,15384615 % (+4,5 prosentpoeng, grense ±1,0)','Indicator 2 (The share) crossed the threshold in 2017; from 2016: Red: 66.66666667 → 71.15384615% (+4.5 percentage points, limit ±1.0)','','');
INSERT INTO flag_event VALUES(14,5,'2026-11-27T18:29:10Z','changed','open','worsened|66.66666667|69.56521739 -> not comparable|66.66666667|66.66666667','Indikator 2 (Andelen): dommen for 2015 til 2016 er snudd; før: Rød: 66,66666667 → 69,56521739 % (+2,9 prosentpoeng, grense ±1,0); nå: Grå: 66,66666667 → 66,66666667 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari)); 2016 går fra 69,56521739 til 66,66666667 (−2,89855072 prosentpoeng); motsier Sett 1, 2016-04-01, der den er nummer 2','Indicator 2 (The share): the verdict on 2015 to 2016 has turned; before: Red: 66.66666667 → 69.56521739% (+2.9 percentage points, limit ±1.0); now: Grey: 66.66666667 → 66.66666667% (not comparable: a break from 2016: ny telling (Kari)); 2016 goes from 69.56521739 to 66.66666667 (−2.89855072 percentage points); contradicts Set 1, 2016-04-01, where it is number 2','','');
INSERT INTO flag_event VALUES(15,8,'2026-11-27T18:29:10Z','raised','open','drop/small nr=1 2016','Brudd i drop/small nr=1 2016, merket av Kari: ny telling; leses av indikatorene 1, 2','A break in drop/small nr=1 2016, marked by Kari: ny telling; read by indicators 1, 2','','');
INSERT INTO flag_event VALUES(16,3,'2026-11-27T18:29:18Z','closed','closed','previous 2016: improved|12|13; ','Indikator 1 (Størrelsen) krysset grensen i 2017; fra 2016: Grønn: 12,0 → 13,0 (+8,3 %, grense ±2,5 %)','Indicator 1 (The size) crossed the threshold in 2017; from 2016: Green: 12.0 → 13.0 (+8.3%, limit ±2.5%)','','');
INSERT INTO flag_event VALUES(17,9,'2026-11-27T18:29:18Z','raised','open','previous 2017: worsened|130|13.5; ','Indikator 1 (Størrelsen) krysset grensen i 2018; fra 2017: Rød: 130,0 → 13,5 (−89,6 %, grense ±2,5 %)','Indicator 1 (The size) crossed the threshold in 2018; from 2017: Red: 130.0 → 13.5 (−89.6%, limit ±2.5%)','','');
INSERT INTO flag_event VALUES(18,10,'2026-11-27T18:29:18Z','raised','open','2017 2018: worsened|130|13.5','Indikator 1 (Størrelsen): 2018 (13,5) er om lag en 10-del av 2017 (130,0); er enheten en annen?','Indicator 1 (The size): 2018 (13.5) is about 1/10 of 2017 (130.0); is the unit another?','','');
INSERT INTO flag_event VALUES(19,4,'2026-11-27T18:29:18Z','closed','closed','previous 2016: worsened|66.66666667|71.15384615; ','Indikator 2 (Andelen) krysset grensen i 2017; fra 2016: Rød: 66,66666667 → 71,15384615 % (+4,5 prosentpoeng, grense ±1,0)','Indicator 2 (The share) crossed the threshold in 2017; from 2016: Red: 66.66666667 → 71.15384615% (+4.5 percentage points, limit ±1.0)','','');
INSERT INTO flag_event VALUES(20,11,'2026-11-27T18:29:18Z','raised','open','previous 2017: worsened|7.11538462|914494733424782800; ','Indikator 2 (Andelen) krysset grensen i 2018; fra 2017: Rød: 7,11538462 → 914 494 733 424 782 800 % (+914 494 733 424 782 792,9 prosentpoeng, grense ±1,0)','Indicator 2 (The share) crossed the threshold in 2018; from 2017: Red: 7.11538462 → 914,494,733,424,782,800% (+914,494,733,424,782,792.9 percentage points, limit ±1.0)','','');
INSERT INTO flag_event VALUES(21,12,'2026-11-27T18:29:18Z','raised','open','worsened|66.66666667|71.15384615 -> improved|66.66666667|7.11538462','Indikator 2 (Andelen): dommen for 2016 til 2017 er snudd; før: Rød: 66,66666667 → 71,15384615 % (+4,5 prosentpoeng, grense ±1,0); nå: Grønn: 66,66666667 → 7,11538462 % (−59,6 prosentpoeng, grense ±1,0); 2017 går fra 71,15384615 til 7,11538462 (−64,03846153 prosentpoeng)','Indicator 2 (The share): the verdict on 2016 to 2017 has turned; before: Red: 66.66666667 → 71.15384615% (+4.5 percentage points, limit ±1.0); now: Green: 66.66666667 → 7.11538462% (−59.6 percentage points, limit ±1.0); 2017 goes from 71.15384615 to 7.11538462 (−64.03846153 percentage points)','','');
INSERT INTO flag_event VALUES(22,13,'2026-11-27T18:29:18Z','raised','open','13.0 -> the source changed it to 130.0','Rettelse 1 av drop/small nr=1 2017 gjelder ikke lenger: kilden endret det til 130,0; tallet var rettet fra 13,0 til 13,2: skrivefeil (Kari, 2026-11-27)','Correction 1 of drop/small nr=1 2017 holds no longer: the source changed it to 130.0; it was corrected from 13.0 to 13.2: skrivefeil (Kari, 2026-11-27)','','');
INSERT INTO flag_event VALUES(23,6,'2026-11-27T18:29:18Z','reopened','open','expected 2021-04-01, newest 2020-04-01','Jobb small: en publisering av drop/small var ventet 2021-04-01 og er ikke kommet; lært av 4 publiseringer, om lag 365 dager imellom; den nyeste er fra 2020-04-01','Job small: a publication of drop/small was expected 2021-04-01 and has not come; learnt from 4 publications, about 365 days apart; the newest is of 2020-04-01','','');
INSERT INTO flag_event VALUES(24,9,'2026-11-27T18:29:23Z','closed','closed','previous 2017: worsened|130|13.5; ','Indikator 1 (Størrelsen) krysset grensen i 2018; fra 2017: Rød: 130,0 → 13,5 (−89,6 %, grense ±2,5 %)','Indicator 1 (The size) crossed the threshold in 2018; from 2017: Red: 130.0 → 13.5 (−89.6%, limit ±2.5%)','','');
INSERT INTO flag_event VALUES(25,10,'2026-11-27T18:29:23Z','closed','closed','2017 2018: worsened|130|13.5','Indikator 1 (Størrelsen): 2018 (13,5) er om lag en 10-del av 2017 (130,0); er enheten en annen?','Indicator 1 (The size): 2018 (13.5) is about 1/10 of 2017 (130.0); is the unit another?','','');
INSERT INTO flag_event VALUES(26,14,'2026-11-27T18:29:23Z','raised','open','worsened|130|13.5 -> unchanged|13.4|13.5','Indikator 1 (Størrelsen): dommen for 2017 til 2018 er snudd; før: Rød: 130,0 → 13,5 (−89,6 %, grense ±2,5 %); nå: Gul: 13,4 → 13,5 (+0,7 %, grense ±2,5 %); 2017 går fra 130,0 til 13,4 (−116,6, −89,7 %)','Indicator 1 (The size): the verdict on 2017 to 2018 has turned; before: Red: 130.0 → 13.5 (−89.6%, limit ±2.5%); now: Yellow: 13.4 → 13.5 (+0.7%, limit ±2.5%); 2017 goes from 130.0 to 13.4 (−116.6, −89.7%)','','');
INSERT INTO flag_event VALUES(27,11,'2026-11-27T18:29:23Z','changed','open','previous 2016: improved|66.66666667|44.44444444; ','Indikator 2 (Andelen) krysset grensen i 2018; fra 2016: Grønn: 66,66666667 → 44,44444444 % (−22,2 prosentpoeng, grense ±1,0)','Indicator 2 (The share) crossed the threshold in 2018; from 2016: Green: 66.66666667 → 44.44444444% (−22.2 percentage points, limit ±1.0)','','');
INSERT INTO flag_event VALUES(28,12,'2026-11-27T18:29:23Z','closed','closed','worsened|66.66666667|71.15384615 -> improved|66.66666667|7.11538462','Indikator 2 (Andelen): dommen for 2016 til 2017 er snudd; før: Rød: 66,66666667 → 71,15384615 % (+4,5 prosentpoeng, grense ±1,0); nå: Grønn: 66,66666667 → 7,11538462 % (−59,6 prosentpoeng, grense ±1,0); 2017 går fra 71,15384615 til 7,11538462 (−64,03846153 prosentpoeng)','Indicator 2 (The share): the verdict on 2016 to 2017 has turned; before: Red: 66.66666667 → 71.15384615% (+4.5 percentage points, limit ±1.0); now: Green: 66.66666667 → 7.11538462% (−59.6 percentage points, limit ±1.0); 2017 goes from 71.15384615 to 7.11538462 (−64.03846153 percentage points)','','');
INSERT INTO flag_event VALUES(29,6,'2026-11-27T18:29:23Z','changed','open','expected 2021-04-01, newest 2020-05-01','Jobb small: en publisering av drop/small var ventet 2021-04-01 og er ikke kommet; lært av 4 publiseringer, om lag 365 dager imellom; den nyeste er fra 2020-05-01','Job small: a publication of drop/small was expected 2021-04-01 and has not come; learnt from 4 publications, about 365 days apart; the newest is of 2020-05-01','','');
INSERT INTO flag_event VALUES(30,14,'2026-11-27T18:29:54Z','changed','open','worsened|130|13.5 -> unchanged|13.4|13.7','Indikator 1 (Størrelsen): dommen for 2017 til 2018 er snudd; før: Rød: 130,0 → 13,5 (−89,6 %, grense ±2,5 %); nå: Gul: 13,4 → 13,7 (+2,2 %, grense ±2,5 %; 0,26 prosent fra grønn); 2017 går fra 130 til 13,4 (−116,6, −89,7 %); 2018 går fra 13,5 til 13,7 (+0,2, +1,5 %)','Indicator 1 (The size): the verdict on 2017 to 2018 has turned; before: Red: 130.0 → 13.5 (−89.6%, limit ±2.5%); now: Yellow: 13.4 → 13.7 (+2.2%, limit ±2.5%; 0.26 percent from green); 2017 goes from 130 to 13.4 (−116.6, −89.7%); 2018 goes from 13.5 to 13.7 (+0.2, +1.5%)','','');
INSERT INTO flag_event VALUES(31,11,'2026-11-27T18:29:54Z','changed','open','previous 2016: improved|66.66666667|43.79562044; ','Indikator 2 (Andelen) krysset grensen i 2018; fra 2016: Grønn: 66,66666667 → 43,79562044 % (−22,9 prosentpoeng, grense ±1,0)','Indicator 2 (The share) crossed the threshold in 2018; from 2016: Green: 66.66666667 → 43.79562044% (−22.9 percentage points, limit ±1.0)','','');
INSERT INTO flag_event VALUES(32,6,'2026-11-27T18:29:54Z','changed','open','expected 2021-04-01, newest 2020-07-01','Jobb small: en publisering av drop/small var ventet 2021-04-01 og er ikke kommet; lært av 4 publiseringer, om lag 365 dager imellom; den nyeste er fra 2020-07-01','Job small: a publication of drop/small was expected 2021-04-01 and has not come; learnt from 4 publications, about 365 days apart; the newest is of 2020-07-01','','');
INSERT INTO flag_event VALUES(33,15,'2026-11-27T18:29:55Z','raised','open','nr: code list: 1 gone (2)','drop/small er endret hos kilden, og seriene det gjelder er stanset: nr: kodeliste: 1 borte (2) (godta med skurd harvest small --accept-drift)','drop/small has changed at the source, and the series it touches are stopped: nr: code list: 1 gone (2) (agree with skurd harvest small --accept-drift)','','');
INSERT INTO flag_event VALUES(34,6,'2026-11-27T18:29:55Z','changed','open','expected 2021-04-01, newest 2020-08-01','Jobb small: en publisering av drop/small var ventet 2021-04-01 og er ikke kommet; lært av 4 publiseringer, om lag 365 dager imellom; den nyeste er fra 2020-08-01','Job small: a publication of drop/small was expected 2021-04-01 and has not come; learnt from 4 publications, about 365 days apart; the newest is of 2020-08-01','','');
CREATE TABLE confirmation (
    id INTEGER PRIMARY KEY,
    vintage_id INTEGER NOT NULL REFERENCES vintage (id),
    published_at TEXT NOT NULL,
    published_field TEXT NOT NULL,
    confidence TEXT NOT NULL CHECK (confidence IN ('stated', 'day', 'month', 'arrival')),
    observed_at TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('harvest', 'drop', 'import', 'replay')),
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    content_hash TEXT NOT NULL,
    value_hash TEXT NOT NULL,
    coverage TEXT NOT NULL CHECK (coverage IN ('partial', 'complete', 'whole')),
    coverage_id INTEGER NOT NULL REFERENCES coverage (id),
    run_id INTEGER REFERENCES run (id),
    cells INTEGER NOT NULL
) STRICT;
INSERT INTO confirmation VALUES(3,2,'2019-04-01T00:00:00Z','--published','day','2026-11-27T18:28:53Z','drop','4140af71f4e984e5fb101c23b337b0f3fbf289f63a1dfe164d1278ba96cac79c','73cff53d87380c40946c687f131497e8e055742a8fedd189c5fe574f49123156','b6d23e4a1e193fe85d2676d3587ac043a604a9dbfe53f1003369d2e64c0264ad','complete',2,3,6);
INSERT INTO confirmation VALUES(8,7,'2020-08-01T00:00:00Z','--published','day','2026-11-27T18:29:55Z','drop','9f05c2abb6d02c46d73ca3d7f267b936254cc18a016f7896a991853913e4bd59','100dbec33e0bb49abf8bd995922ce9140e37021ba42756983e6493afe4be9d59','9767421a67bd485839859fb222501c39a45c068e4fe0603a65a119f0782a214f','complete',4,10,4);
CREATE TABLE chain (
    position INTEGER PRIMARY KEY,
    vintage_id INTEGER NOT NULL UNIQUE REFERENCES vintage (id),
    sealed TEXT NOT NULL CHECK (sealed IN ('accept', 'upgrade')),
    hash TEXT NOT NULL
) STRICT;
INSERT INTO chain VALUES(1,1,'accept','ada4e38a3dc2812b70e0b02fe8b88813c27a06aeaf73c3afe633550fdc688df1');
INSERT INTO chain VALUES(2,2,'accept','7c231c6dff7ec50d07be99770cc66af4302bd412b7420316d66625cf4108f27d');
INSERT INTO chain VALUES(3,4,'accept','641481d50ebe4d65cf7e2a855275b34a4c5890f0c8a8ffc455953e2ff40e1179');
INSERT INTO chain VALUES(4,5,'accept','508c3e63b7287c87960a000f58ca743c3aa066d45e096029a44cab64cbe92a83');
INSERT INTO chain VALUES(5,6,'accept','fbad72a7d6cdeaaf8bacf2507a0357efcc40389e45e29863a9a85ef56dabb0af');
INSERT INTO chain VALUES(6,7,'accept','5aa341cf50f1f905df9bc14f220e84eebed1568a8da515c95be2e9d6dc34dff3');
CREATE TABLE series_state (
    series_id INTEGER PRIMARY KEY,
    cells BLOB NOT NULL
) STRICT;
INSERT INTO series_state VALUES(1,X'010101d201010101f0010101018c020101019202');
INSERT INTO series_state VALUES(2,X'0101000e0101001001000101000c');
CREATE TABLE metadata_change (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    release_id INTEGER NOT NULL,
    published_at TEXT NOT NULL,
    observed_at TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('label', 'notes', 'time dimension', 'role', 'unit', 'decimals')),
    dimension TEXT NOT NULL,
    category TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL
) STRICT;
INSERT INTO metadata_change VALUES(1,1,7,'2020-07-01T00:00:00Z','2026-11-27T18:29:54Z','label','','','','Små tall');
CREATE TABLE held_withdrawal (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    cells_hash TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    known INTEGER NOT NULL,
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    run_id INTEGER REFERENCES run (id),
    seen_at TEXT NOT NULL
) STRICT;
CREATE TABLE payload_removal (
    payload_hash TEXT PRIMARY KEY REFERENCES payload (hash),
    reason TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE payload_file (
    payload_hash TEXT PRIMARY KEY REFERENCES payload (hash),
    frame BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE annotation (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('revision', 'error correction', 'break', 'note')),
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    series_id INTEGER REFERENCES series (id),
    period_id INTEGER REFERENCES period (id),
    vintage_id INTEGER REFERENCES vintage (id),
    text TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    withdrawn_at TEXT,
    withdrawn_why TEXT,
    withdrawn_by TEXT,
    CHECK (period_id IS NOT NULL OR vintage_id IS NOT NULL),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_why IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;
INSERT INTO annotation VALUES(1,'break',1,1,2,NULL,'ny telling','Kari','2026-11-27T18:29:10Z',NULL,NULL,NULL);
INSERT INTO annotation VALUES(2,'note',1,NULL,NULL,2,'stor revisjon','Ola','2026-11-27T18:29:12Z','2026-11-27T18:29:13Z','feil vintage','Ola');
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL REFERENCES series (id),
    period_id INTEGER NOT NULL REFERENCES period (id),
    expected REAL NOT NULL,
    expected_decimals INTEGER NOT NULL,
    expected_text TEXT,
    corrected REAL NOT NULL,
    corrected_decimals INTEGER NOT NULL,
    corrected_text TEXT,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    ended_at TEXT,
    ended_why TEXT,
    ended_by TEXT,
    ended_vintage_id INTEGER REFERENCES vintage (id),
    CHECK ((ended_at IS NULL) = (ended_why IS NULL)),
    CHECK (ended_at IS NOT NULL OR (ended_by IS NULL AND ended_vintage_id IS NULL))
) STRICT;
INSERT INTO correction VALUES(1,1,3,13.0,1,NULL,13.199999999999999289,1,NULL,'skrivefeil','Kari','2026-11-27T18:29:14Z','2026-11-27T18:29:18Z','the source changed it to 130.0',NULL,5);
INSERT INTO correction VALUES(2,2,2,8.0,0,NULL,8.0999999999999996447,1,NULL,'tastet feil','Ola','2026-11-27T18:29:15Z',NULL,NULL,NULL,NULL);
CREATE TABLE look (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    seen_at TEXT NOT NULL,
    run_id INTEGER REFERENCES run (id),
    job_hash TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
INSERT INTO look VALUES(1,1,'2026-11-27T18:28:51Z',1,'fa862685401bc0cd027fcdde5f904f0a90bcb2aaa90bcfe39714410a3cc51d17','{"dimensions":[{"id":"nr","label":"nr","role":"none","categories":[{"code":"1","label":"1"},{"code":"2","label":"2"}]}]}');
INSERT INTO look VALUES(2,1,'2026-11-27T18:29:54Z',9,'249b1256227d62ff8392cb46ae1d3671ab59c9c5738339cc008366ee31fd1e30','{"dimensions":[{"id":"nr","label":"nr","role":"none","categories":[{"code":"1","label":"1"},{"code":"2","label":"2"}]}]}');
CREATE TABLE drift (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    seen_at TEXT NOT NULL,
    run_id INTEGER REFERENCES run (id),
    severity TEXT NOT NULL CHECK (severity IN ('harmless', 'stops series', 'stops dataset')),
    dimension TEXT NOT NULL,
    text_nb TEXT NOT NULL,
    text_en TEXT NOT NULL
) STRICT;
INSERT INTO drift VALUES(1,1,'2026-11-27T18:29:55Z',10,'stops series','nr','nr: kodeliste: 1 borte (2)','nr: code list: 1 gone (2)');
CREATE TABLE indicator_set_retired (
    catalogue_id INTEGER NOT NULL,
    set_number INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    reason_nb TEXT NOT NULL, reason_en TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, set_number, indicator),
    FOREIGN KEY (catalogue_id, set_number) REFERENCES indicator_set (catalogue_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE indicator_set_merged (
    catalogue_id INTEGER NOT NULL,
    set_number INTEGER NOT NULL,
    number_in_set INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    label_nb TEXT NOT NULL, label_en TEXT NOT NULL,
    formula TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, set_number, number_in_set),
    FOREIGN KEY (catalogue_id, set_number) REFERENCES indicator_set (catalogue_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE catalogue_file (
    catalogue_id INTEGER NOT NULL REFERENCES catalogue (id),
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO catalogue_file VALUES(1,'goal-1.toml',replace('[part]\nid = "goal 1"\nnb = "Mål 1"\nen = "Goal 1"\n[[indicator]]\nnumber = 1\nlabel = { nb = "Størrelsen", en = "The size" }\ntype = "result"\nkind = "number"\nunit = "persons"\ndirection = "up"\nbaseline = "2015"\nsource = "test"\n[[indicator.definition]]\nfrom = "2000-01-01"\nformula = "drop/small{nr=1}"\n[[indicator]]\nnumber = 2\nlabel = { nb = "Andelen", en = "The share" }\ntype = "effect"\nkind = "share"\nunit = "percent"\ndirection = "down"\nbaseline = "2015"\nsource = "test"\n[[indicator.definition]]\nfrom = "2000-01-01"\nformula = "share(drop/small{nr=2}, drop/small{nr=1})"\n','\n',char(10)));
INSERT INTO catalogue_file VALUES(1,'sets.toml',replace('[[set]]\nnumber = 1\ntitle = { nb = "Sett 1", en = "Set 1" }\npublished = "2016-04-01"\nbaseline = "2015"\ncount = 2\nmembers = ["1-2"]\ntables = { "goal 1" = "1" }\n','\n',char(10)));
CREATE TABLE sign_off (
    id INTEGER PRIMARY KEY,
    set_number INTEGER NOT NULL,
    period TEXT NOT NULL,
    as_of TEXT,
    known_at TEXT,
    name_nb TEXT NOT NULL, name_en TEXT NOT NULL,
    signed_at TEXT NOT NULL,
    person TEXT NOT NULL,
    note TEXT NOT NULL,
    catalogue_hash TEXT NOT NULL
) STRICT;
INSERT INTO sign_off VALUES(1,1,'2016',NULL,NULL,'Sett 1','Set 1','2026-11-27T18:29:17Z','Kari','første','82858b0fcd7da8d3ecab129bb0c46033ccc40693997258ad30c002f4c7d1d452');
CREATE TABLE signed_row (
    sign_off_id INTEGER NOT NULL REFERENCES sign_off (id),
    number INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    merged_into INTEGER NOT NULL,
    label_nb TEXT NOT NULL, label_en TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (sign_off_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO signed_row VALUES(1,1,1,0,'Størrelsen','The size','persons');
INSERT INTO signed_row VALUES(1,2,2,0,'Andelen','The share','percent');
CREATE TABLE signed_value (
    sign_off_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    period TEXT NOT NULL,
    value TEXT,
    status TEXT NOT NULL,
    meaning TEXT NOT NULL,
    definition INTEGER NOT NULL,
    vintage_id INTEGER REFERENCES vintage (id),
    published_at TEXT NOT NULL,
    PRIMARY KEY (sign_off_id, number, period),
    FOREIGN KEY (sign_off_id, number) REFERENCES signed_row (sign_off_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO signed_value VALUES(1,1,'2015','10.5','','',1,1,'2016-04-01T00:00:00Z');
INSERT INTO signed_value VALUES(1,1,'2016','12.0','','',1,2,'2018-04-01T00:00:00Z');
INSERT INTO signed_value VALUES(1,2,'2015','66.66666667','','',1,1,'2016-04-01T00:00:00Z');
INSERT INTO signed_value VALUES(1,2,'2016','66.66666667','','',1,2,'2018-04-01T00:00:00Z');
CREATE TABLE signed_verdict (
    sign_off_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    comparison TEXT NOT NULL,
    from_period TEXT NOT NULL,
    to_period TEXT NOT NULL,
    old_value TEXT,
    new_value TEXT,
    outcome TEXT NOT NULL,
    change TEXT,
    unit TEXT NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    sentence_nb TEXT NOT NULL, sentence_en TEXT NOT NULL,
    PRIMARY KEY (sign_off_id, number, comparison, from_period, to_period),
    FOREIGN KEY (sign_off_id, number) REFERENCES signed_row (sign_off_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO signed_verdict VALUES(1,1,'previous','2015','2016','10.5','12.0','not comparable',NULL,'percent','change/1 ±2.5 percent','a break from 2016: ny telling (Kari)','Grå: 10,5 → 12,0 (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 10.5 → 12.0 (not comparable: a break from 2016: ny telling (Kari))');
INSERT INTO signed_verdict VALUES(1,2,'previous','2015','2016','66.66666667','66.66666667','not comparable',NULL,'percentage points','change/1 ±1.0 points','a break from 2016: ny telling (Kari)','Grå: 66,66666667 → 66,66666667 % (ikke sammenlignbar: brudd fra 2016: ny telling (Kari))','Grey: 66.66666667 → 66.66666667% (not comparable: a break from 2016: ny telling (Kari))');
CREATE TABLE signed_rendering (
    sign_off_id INTEGER NOT NULL REFERENCES sign_off (id),
    format TEXT NOT NULL,
    language TEXT NOT NULL,
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    PRIMARY KEY (sign_off_id, format, language)
) STRICT, WITHOUT ROWID;
INSERT INTO signed_rendering VALUES(1,'csv','en','60b707c727b3fe4556a04018614cd2b63748c9f9df49a7f85ebea0229e3a5c1d');
INSERT INTO signed_rendering VALUES(1,'csv','nb','5809f452f5c75d0387a058620571a91ff711a57455920ba4e59b90553968befb');
INSERT INTO signed_rendering VALUES(1,'html','en','c7f2ce06b5f6e3688f5d75124444beb754b3347f002b4274f08140e87443547d');
INSERT INTO signed_rendering VALUES(1,'html','nb','dec3301be6044a58336670f71b84c69d89f83a2f98c5d896ee734ff355a063d0');
INSERT INTO signed_rendering VALUES(1,'json','en','e26668fc02fecaf3a1dba5e8081f6a44d7ec7eb925c2d0a809bfeba13de722dd');
INSERT INTO signed_rendering VALUES(1,'json','nb','e26668fc02fecaf3a1dba5e8081f6a44d7ec7eb925c2d0a809bfeba13de722dd');
INSERT INTO signed_rendering VALUES(1,'md','en','7b9c6c941d3c330cd5232558c2340fd73370a66853fcad68f63bdd082718048c');
INSERT INTO signed_rendering VALUES(1,'md','nb','a659fd81b5d9be3831443f4443aa1f65796dbe96fd29498f80aa217a54299d97');
INSERT INTO signed_rendering VALUES(1,'text','en','d79dc1c6df76acb35a513d4425600f1ca73a51156a9d24a87c57d28d8bda88ab');
INSERT INTO signed_rendering VALUES(1,'text','nb','6cf2ed2c622e63b49be57085e49f6dc479a3a7aff4d2e2e0cd6d946308add989');
INSERT INTO signed_rendering VALUES(1,'xlsx','en','8e91f89c169d3ec98fa3a771320d6292c512ceabda4d5d200448abfdc3c1a177');
INSERT INTO signed_rendering VALUES(1,'xlsx','nb','36090153a9d05f2c7c4bac167abbc21bec31c9b178554950c3e709174bb8c0c5');
CREATE INDEX series_code_category ON series_code (category_id, series_id);
CREATE INDEX run_job ON run (job, id);
CREATE INDEX vintage_dataset ON vintage (dataset_id, published_at);
CREATE INDEX indicator_value_newest ON indicator_value (indicator, definition, period_id, id);
CREATE INDEX verdict_newest ON verdict (indicator, comparison, from_period, to_period, id);
CREATE INDEX flag_event_flag ON flag_event (flag_id, id);
CREATE TRIGGER observation_no_update BEFORE UPDATE ON observation
BEGIN SELECT RAISE(ABORT, 'observations are append-only: a changed number is a new row'); END;
CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation
BEGIN SELECT RAISE(ABORT, 'observations are append-only: they are never deleted'); END;
CREATE TRIGGER vintage_no_update BEFORE UPDATE OF id, dataset_id, published_at, published_field, confidence,
    observed_at, origin, payload_hash, content_hash, value_hash, coverage, coverage_id, run_id, cells, rows, revised,
    withdrawn ON vintage
BEGIN SELECT RAISE(ABORT, 'vintages are append-only: only last_confirmed_at moves'); END;
CREATE TRIGGER vintage_no_delete BEFORE DELETE ON vintage
BEGIN SELECT RAISE(ABORT, 'vintages are append-only: they are never deleted'); END;
CREATE TRIGGER coverage_no_update BEFORE UPDATE ON coverage
BEGIN SELECT RAISE(ABORT, 'what a release stated stays: coverage is append-only'); END;
CREATE TRIGGER coverage_no_delete BEFORE DELETE ON coverage
BEGIN SELECT RAISE(ABORT, 'what a release stated stays: coverage is append-only'); END;
CREATE TRIGGER payload_no_update BEFORE UPDATE ON payload
BEGIN SELECT RAISE(ABORT, 'payloads are append-only'); END;
CREATE TRIGGER payload_no_delete BEFORE DELETE ON payload
BEGIN SELECT RAISE(ABORT, 'payloads are append-only'); END;
CREATE TRIGGER run_payload_no_update BEFORE UPDATE ON run_payload
BEGIN SELECT RAISE(ABORT, 'payloads of a run are append-only'); END;
CREATE TRIGGER run_payload_no_delete BEFORE DELETE ON run_payload
BEGIN SELECT RAISE(ABORT, 'payloads of a run are append-only'); END;
CREATE TRIGGER verdict_no_update BEFORE UPDATE ON verdict
BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
CREATE TRIGGER verdict_no_delete BEFORE DELETE ON verdict
BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
CREATE TRIGGER indicator_value_no_update BEFORE UPDATE ON indicator_value
BEGIN SELECT RAISE(ABORT, 'indicator values are append-only'); END;
CREATE TRIGGER indicator_value_no_delete BEFORE DELETE ON indicator_value
BEGIN SELECT RAISE(ABORT, 'indicator values are append-only'); END;
CREATE VIEW indicator_history AS
SELECT
    iv.indicator AS indicator,
    iv.definition AS definition,
    coalesce(definition.kind, i.kind) AS kind,
    coalesce(nullif(definition.unit, ''), i.unit) AS unit,
    period.text AS period,
    period.first_day AS first_day,
    iv.value AS value,
    iv.decimals AS decimals,
    iv.value_text AS value_text,
    status.text AS status,
    status.meaning AS meaning,
    iv.vintage_id AS vintage_id,
    iv.published_at AS published_at,
    iv.made_at AS known_from,
    (SELECT later.made_at FROM indicator_value AS later
        WHERE later.indicator = iv.indicator AND later.definition = iv.definition AND later.period_id = iv.period_id
          AND later.id > iv.id ORDER BY later.id LIMIT 1) AS known_to
FROM indicator_value AS iv
JOIN period ON period.id = iv.period_id
JOIN status ON status.id = iv.status_id
LEFT JOIN catalogue AS c ON c.current = 1
LEFT JOIN indicator AS i ON i.catalogue_id = c.id AND i.number = iv.indicator
LEFT JOIN definition ON definition.catalogue_id = c.id AND definition.indicator = iv.indicator
    AND definition.definition = iv.definition;
CREATE VIEW current_indicator AS
WITH member AS (
    SELECT m.catalogue_id, m.set_number, m.indicator, m.number_in_set, m.report_table
    FROM indicator_set_member AS m JOIN catalogue AS c ON c.id = m.catalogue_id AND c.current = 1
    WHERE m.set_number = (SELECT max(s.number) FROM indicator_set AS s WHERE s.catalogue_id = m.catalogue_id)
), newest AS (
    SELECT iv.*, period.text AS period, row_number() OVER (PARTITION BY iv.indicator
        ORDER BY period.first_day DESC, period.last_day DESC, iv.definition DESC) AS place
    FROM indicator_value AS iv JOIN period ON period.id = iv.period_id
    WHERE iv.value IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM indicator_value AS later
        WHERE later.indicator = iv.indicator AND later.definition = iv.definition AND later.period_id = iv.period_id
          AND later.id > iv.id)
)
SELECT
    i.number AS indicator,
    i.label_nb AS label_nb,
    i.label_en AS label_en,
    i.part AS part,
    i.type AS type,
    coalesce(definition.kind, i.kind) AS kind,
    i.direction AS direction,
    coalesce(nullif(definition.unit, ''), i.unit) AS unit,
    member.set_number AS set_number,
    member.number_in_set AS number_in_set,
    member.report_table AS report_table,
    newest.definition AS definition,
    newest.period AS period,
    newest.value AS value,
    newest.decimals AS decimals,
    newest.value_text AS value_text,
    newest.vintage_id AS vintage_id,
    newest.published_at AS published_at,
    verdict.change AS change,
    verdict.unit AS change_unit,
    verdict.outcome AS outcome
FROM member
JOIN indicator AS i ON i.catalogue_id = member.catalogue_id AND i.number = member.indicator
JOIN newest ON newest.indicator = member.indicator AND newest.place = 1
LEFT JOIN definition ON definition.catalogue_id = member.catalogue_id AND definition.indicator = member.indicator
    AND definition.definition = newest.definition
LEFT JOIN verdict ON verdict.id = (SELECT max(t.id) FROM verdict AS t WHERE t.indicator = member.indicator
    AND t.comparison = 'previous' AND t.to_period = newest.period);
CREATE VIEW open_flag AS
SELECT id, kind, state, key, indicator, period, text_nb, text_en, raised_at, changed_at, note, person
FROM flag WHERE state <> 'closed';
CREATE VIEW source_health AS
SELECT
    last.job AS job,
    last.dataset AS dataset,
    last.started_at AS last_started_at,
    last.finished_at AS last_finished_at,
    last.outcome AS last_outcome,
    last.message AS last_message,
    (SELECT r.finished_at FROM run AS r WHERE r.job = last.job AND r.outcome NOT IN ('running', 'failed')
        ORDER BY r.id DESC LIMIT 1) AS last_success_at,
    (SELECT count(*) FROM run AS r WHERE r.job = last.job AND r.outcome = 'failed' AND r.id > coalesce(
        (SELECT max(g.id) FROM run AS g WHERE g.job = last.job AND g.outcome NOT IN ('running', 'failed')), 0)
    ) AS failures_in_row
FROM run AS last
WHERE last.id = (SELECT max(r.id) FROM run AS r WHERE r.job = last.job);
CREATE INDEX confirmation_vintage ON confirmation (vintage_id, published_at);
CREATE TRIGGER confirmation_no_update BEFORE UPDATE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
CREATE TRIGGER confirmation_no_delete BEFORE DELETE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
CREATE TRIGGER chain_no_update BEFORE UPDATE ON chain
BEGIN SELECT RAISE(ABORT, 'the chain over vintages is append-only'); END;
CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain
BEGIN SELECT RAISE(ABORT, 'the chain over vintages is append-only'); END;
CREATE INDEX metadata_change_dataset ON metadata_change (dataset_id, published_at);
CREATE TRIGGER metadata_change_no_update BEFORE UPDATE ON metadata_change
BEGIN SELECT RAISE(ABORT, 'changes of metadata are append-only'); END;
CREATE TRIGGER metadata_change_no_delete BEFORE DELETE ON metadata_change
BEGIN SELECT RAISE(ABORT, 'changes of metadata are append-only'); END;
CREATE INDEX run_payload_hash ON run_payload (payload_hash);
CREATE VIEW series_name AS
SELECT
    series.id AS series_id,
    dataset.name AS dataset,
    (SELECT json_group_object(dimension_code, category_code) FROM (
        SELECT d.code AS dimension_code, c.code AS category_code
        FROM series_code AS sc JOIN dimension AS d ON d.id = sc.dimension_id
        JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = series.id ORDER BY d.position)) AS codes,
    (SELECT group_concat(label, ', ') FROM (
        SELECT c.label AS label
        FROM series_code AS sc JOIN dimension AS d ON d.id = sc.dimension_id
        JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = series.id ORDER BY d.position)) AS label,
    coalesce((SELECT c.unit FROM series_code AS sc JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = series.id AND c.unit <> '' LIMIT 1), '') AS unit
FROM series JOIN dataset ON dataset.id = series.dataset_id;
CREATE VIEW current_observation AS
SELECT
    series.dataset AS dataset,
    o.series_id AS series_id,
    series.codes AS codes,
    series.label AS label,
    series.unit AS unit,
    period.text AS period,
    period.first_day AS first_day,
    period.last_day AS last_day,
    o.value AS value,
    o.decimals AS decimals,
    o.value_text AS value_text,
    status.text AS status,
    status.meaning AS meaning,
    o.vintage_id AS vintage_id,
    v.published_at AS published_at,
    v.confidence AS confidence,
    v.observed_at AS observed_at,
    v.last_confirmed_at AS last_confirmed_at
FROM observation AS o
JOIN vintage AS v ON v.id = o.vintage_id
JOIN series_name AS series ON series.series_id = o.series_id
JOIN period ON period.id = o.period_id
JOIN status ON status.id = o.status_id
WHERE NOT EXISTS (
    SELECT 1 FROM observation AS later JOIN vintage AS lv ON lv.id = later.vintage_id
    WHERE later.series_id = o.series_id AND later.period_id = o.period_id
      AND (lv.published_at, lv.id) > (v.published_at, v.id));
CREATE VIEW observation_history AS
SELECT
    series.dataset AS dataset,
    o.series_id AS series_id,
    series.codes AS codes,
    series.label AS label,
    series.unit AS unit,
    period.text AS period,
    period.first_day AS first_day,
    period.last_day AS last_day,
    o.value AS value,
    o.decimals AS decimals,
    o.value_text AS value_text,
    status.text AS status,
    status.meaning AS meaning,
    o.vintage_id AS vintage_id,
    v.confidence AS confidence,
    v.origin AS origin,
    v.published_at AS published_from,
    (SELECT lv.published_at FROM observation AS later JOIN vintage AS lv ON lv.id = later.vintage_id
        WHERE later.series_id = o.series_id AND later.period_id = o.period_id
          AND (lv.published_at, lv.id) > (v.published_at, v.id)
        ORDER BY lv.published_at, lv.id LIMIT 1) AS published_to,
    v.observed_at AS known_from,
    (SELECT max(v.observed_at, min(lv.observed_at)) FROM observation AS later
        JOIN vintage AS lv ON lv.id = later.vintage_id
        WHERE later.series_id = o.series_id AND later.period_id = o.period_id
          AND (lv.published_at, lv.id) > (v.published_at, v.id)) AS known_to
FROM observation AS o
JOIN vintage AS v ON v.id = o.vintage_id
JOIN series_name AS series ON series.series_id = o.series_id
JOIN period ON period.id = o.period_id
JOIN status ON status.id = o.status_id;
CREATE VIEW metadata_history AS
SELECT
    dataset.name AS dataset,
    m.what AS what,
    m.dimension AS dimension,
    m.category AS category,
    m.old AS old,
    m.new AS new,
    m.published_at AS published_at,
    m.observed_at AS observed_at,
    m.release_id AS release_id
FROM metadata_change AS m JOIN dataset ON dataset.id = m.dataset_id;
CREATE INDEX annotation_dataset ON annotation (dataset_id);
CREATE UNIQUE INDEX correction_open ON correction (series_id, period_id) WHERE ended_at IS NULL;
CREATE TRIGGER annotation_no_update BEFORE UPDATE OF id, kind, dataset_id, series_id, period_id, vintage_id, text,
    person, at ON annotation
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: one is withdrawn, and another made'); END;
CREATE TRIGGER annotation_withdrawn_once BEFORE UPDATE ON annotation WHEN OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: one that is withdrawn stays so'); END;
CREATE TRIGGER annotation_no_delete BEFORE DELETE ON annotation
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: they are never deleted'); END;
CREATE TRIGGER correction_no_update BEFORE UPDATE OF id, series_id, period_id, expected, expected_decimals,
    expected_text, corrected, corrected_decimals, corrected_text, reason, person, at ON correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: one is ended, and another made'); END;
CREATE TRIGGER correction_ended_once BEFORE UPDATE ON correction WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: one that has ended stays so'); END;
CREATE TRIGGER correction_no_delete BEFORE DELETE ON correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: they are never deleted'); END;
CREATE VIEW corrected_observation AS
SELECT
    seen.*,
    correction.id AS correction_id,
    correction.corrected AS corrected,
    correction.corrected_decimals AS corrected_decimals,
    correction.corrected_text AS corrected_text,
    correction.reason AS reason,
    correction.person AS person
FROM current_observation AS seen
LEFT JOIN correction ON correction.series_id = seen.series_id AND correction.ended_at IS NULL
    AND correction.period_id = (SELECT period.id FROM period WHERE period.text = seen.period)
    AND correction.expected = seen.value
    AND rtrim(rtrim(coalesce(correction.expected_text, ''), '0'), '.')
        = rtrim(rtrim(coalesce(seen.value_text, ''), '0'), '.');
CREATE VIEW open_correction AS
SELECT
    correction.id AS id,
    dataset.name AS dataset,
    correction.series_id AS series_id,
    (SELECT json_group_object(dimension_code, category_code) FROM (
        SELECT d.code AS dimension_code, c.code AS category_code
        FROM series_code AS sc JOIN dimension AS d ON d.id = sc.dimension_id
        JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = correction.series_id ORDER BY d.position)) AS codes,
    period.text AS period,
    correction.expected AS expected,
    correction.expected_decimals AS expected_decimals,
    correction.expected_text AS expected_text,
    correction.corrected AS corrected,
    correction.corrected_decimals AS corrected_decimals,
    correction.corrected_text AS corrected_text,
    correction.reason AS reason,
    correction.person AS person,
    correction.at AS at
FROM correction
JOIN series ON series.id = correction.series_id
JOIN dataset ON dataset.id = series.dataset_id
JOIN period ON period.id = correction.period_id
WHERE correction.ended_at IS NULL;
CREATE VIEW observation_note AS
SELECT
    annotation.id AS id,
    annotation.kind AS kind,
    dataset.name AS dataset,
    annotation.series_id AS series_id,
    period.text AS period,
    annotation.vintage_id AS vintage_id,
    annotation.text AS text,
    annotation.person AS person,
    annotation.at AS at
FROM annotation
JOIN dataset ON dataset.id = annotation.dataset_id
LEFT JOIN period ON period.id = annotation.period_id
WHERE annotation.withdrawn_at IS NULL;
CREATE INDEX look_dataset ON look (dataset_id, id);
CREATE INDEX drift_dataset ON drift (dataset_id, id);
CREATE INDEX quarantine_job ON quarantine (job, id);
CREATE INDEX sign_off_set ON sign_off (set_number, id);
CREATE TRIGGER flag_event_no_update BEFORE UPDATE ON flag_event
BEGIN SELECT RAISE(ABORT, 'flag_event is append-only'); END;
CREATE TRIGGER flag_event_no_delete BEFORE DELETE ON flag_event
BEGIN SELECT RAISE(ABORT, 'flag_event is append-only'); END;
CREATE TRIGGER sign_off_no_update BEFORE UPDATE ON sign_off
BEGIN SELECT RAISE(ABORT, 'sign_off is append-only'); END;
CREATE TRIGGER sign_off_no_delete BEFORE DELETE ON sign_off
BEGIN SELECT RAISE(ABORT, 'sign_off is append-only'); END;
CREATE TRIGGER signed_row_no_update BEFORE UPDATE ON signed_row
BEGIN SELECT RAISE(ABORT, 'signed_row is append-only'); END;
CREATE TRIGGER signed_row_no_delete BEFORE DELETE ON signed_row
BEGIN SELECT RAISE(ABORT, 'signed_row is append-only'); END;
CREATE TRIGGER signed_value_no_update BEFORE UPDATE ON signed_value
BEGIN SELECT RAISE(ABORT, 'signed_value is append-only'); END;
CREATE TRIGGER signed_value_no_delete BEFORE DELETE ON signed_value
BEGIN SELECT RAISE(ABORT, 'signed_value is append-only'); END;
CREATE TRIGGER signed_verdict_no_update BEFORE UPDATE ON signed_verdict
BEGIN SELECT RAISE(ABORT, 'signed_verdict is append-only'); END;
CREATE TRIGGER signed_verdict_no_delete BEFORE DELETE ON signed_verdict
BEGIN SELECT RAISE(ABORT, 'signed_verdict is append-only'); END;
COMMIT;
PRAGMA user_version = 5;
