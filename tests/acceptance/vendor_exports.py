# ruff: noqa: E501 - a table stands as an export has it, one row a line
"""Exports as CRMs write them: headers of their interfaces, a few made rows, and the mapping that is right for each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Export:
    """A made export: its file's name, its text, its separator and encoding, and what must be proposed for it."""

    vendor: str
    name: str
    into: str
    text: str
    right: dict[str, str]
    separator: str = ","
    encoding: str = "utf-8-sig"
    key: str | None = None


EXPORTS: tuple[Export, ...] = (
    Export(
        "amoCRM",
        "amocrm_export_leads_2026-03-01.csv",
        "deals",
        """
"ID","Название сделки","Бюджет ","Ответственный","Дата создания сделки","Кем создана сделка","Дата редактирования","Кем редактирована","Дата закрытия","Теги","Примечание","Примечание 2","Этап сделки","Воронка","Полное имя контакта","Компания контакта","Ответственный за контакт","Компания","Рабочий телефон","Мобильный телефон","Рабочий email","Источник","utm_source","Причина отказа"
"28456123","Поставка насосов","125000","Иван Петров","01.03.2026 10:15:22","Ольга Смирнова","20.03.2026 18:00:01","Иван Петров","20.03.2026 18:00:01","опт","Звонил","","Успешно реализовано","Продажи","Анна Белова","ООО Ромашка","Ольга Смирнова","ООО Ромашка","'+79120000001","","a@romashka.ru","Сайт","yandex",""
"28456124","Сервис","40000","Ольга Смирнова","02.03.2026 09:00:10","Иван Петров","25.03.2026 18:00:00","Ольга Смирнова","25.03.2026 18:00:00","","","","Закрыто и не реализовано","Продажи","Пётр Крот","ООО Лютик","Иван Петров","ООО Лютик","'+79120000002","","p@lutik.ru","Звонок","","Дорого"
"28456125","Монтаж","60000","Иван Петров","15.03.2026 16:40:05","Иван Петров","16.03.2026 10:00:00","Иван Петров","не закрыта","","","","Переговоры","Продажи","Егор Лис","","Иван Петров","","","'+79120000003","","","",""
""",
        {
            "deal_id": "ID",
            "title": "Название сделки",
            "amount": "Бюджет ",
            "employee": "Ответственный",
            "created_at": "Дата создания сделки",
            "updated_at": "Дата редактирования",
            "closed_at": "Дата закрытия",
            "stage": "Этап сделки",
            "pipeline": "Воронка",
            "contact": "Полное имя контакта",
            "account": "Компания",
            "channel": "Источник",
            "loss_reason": "Причина отказа",
        },
        key="ID",
    ),
    Export(
        "amoCRM",
        "kommo_export_leads.csv",
        "deals",
        """
"ID","Lead title","Sale","Responsible user","Created at","Created by","Modified at","Modified by","Closed at","Lead tags","Note","Note 2","Lead stage","Pipeline","Contact's full name","Contact's company","Contact's responsible user","Company","Work phone","Work email","Source","utm_source"
"101","Pumps","12500","Ann Lee","13.03.2026 10:15:22","Bob Ray","20.03.2026 18:00:01","Ann Lee","20.03.2026 18:00:01","","","","Closed - won","Sales","Carl Fox","Acme","Bob Ray","Acme","+12025550101","c@acme.com","Site","google"
"102","Service","4000","Bob Ray","14.03.2026 09:00:10","Ann Lee","25.03.2026 18:00:00","Bob Ray","25.03.2026 18:00:00","","","","Closed - lost","Sales","Dora Hall","Beta","Ann Lee","Beta","+12025550102","d@beta.com","Call",""
"103","Mounting","6000","Ann Lee","15.03.2026 16:40:05","Ann Lee","16.03.2026 10:00:00","Ann Lee","not closed","","","","Negotiation","Sales","Emil King","","Ann Lee","","","","",""
""",
        {
            "deal_id": "ID",
            "title": "Lead title",
            "amount": "Sale",
            "employee": "Responsible user",
            "created_at": "Created at",
            "updated_at": "Modified at",
            "closed_at": "Closed at",
            "stage": "Lead stage",
            "pipeline": "Pipeline",
            "contact": "Contact's full name",
            "account": "Company",
            "channel": "Source",
        },
        key="ID",
    ),
    Export(
        "amoCRM",
        "amo_api_leads.csv",
        "deals",
        """
id;name;price;responsible_user_id;group_id;status_id;pipeline_id;loss_reason_id;created_by;updated_by;created_at;updated_at;closed_at;is_deleted;account_id
19619;Сделка 1;46333;123321;625;142;1300;;321123;321123;1772352000;1772438400;1772524800;False;5135160
14460;Сделка 2;655;123322;625;143;1300;4203748;321123;0;1772352060;1772438460;1772524860;False;5135160
14461;Сделка 3;700;123321;625;7104455;1300;;321123;0;1772352120;1772438520;;False;5135160
""",
        {
            "deal_id": "id",
            "title": "name",
            "amount": "price",
            "employee_id": "responsible_user_id",
            "stage": "status_id",
            "pipeline": "pipeline_id",
            "loss_reason": "loss_reason_id",
            "created_at": "created_at",
            "updated_at": "updated_at",
            "closed_at": "closed_at",
        },
        separator=";",
        key="id",
    ),
    Export(
        "amoCRM",
        "amocrm_export_contacts.csv",
        "contacts",
        """
"ID","Полное имя контакта","Имя","Фамилия","Компания контакта","Ответственный за контакт","Дата создания","Кем создан","Дата редактирования","Кем редактирован","Теги контакта","Ближайшая задача","Должность","Рабочий телефон","Рабочий прямой телефон","Мобильный телефон","Рабочий email","Личный email"
"501","Анна Белова","Анна","Белова","ООО Ромашка","Иван Петров","01.03.2026 10:00:00","Иван Петров","02.03.2026 10:00:00","Иван Петров","","","Директор","'+79120000001","","","a@romashka.ru",""
"502","Пётр Крот","Пётр","Крот","ООО Лютик","Ольга Смирнова","02.03.2026 10:00:00","Иван Петров","02.03.2026 11:00:00","Иван Петров","","","","'+79120000002","","","p@lutik.ru",""
""",
        {
            "contact_id": "ID",
            "name": "Полное имя контакта",
            "account": "Компания контакта",
            "created_at": "Дата создания",
            "position": "Должность",
            "phone": "Рабочий телефон",
            "email": "Рабочий email",
        },
        key="ID",
    ),
    Export(
        "Bitrix24",
        "DEAL_20260301_1245eb64.csv",
        "deals",
        """
ID;Воронка;Стадия сделки;Название сделки;Тип;Источник;Дополнительно об источнике;Сумма;Валюта;Компания;Контакт;Доступна для всех;Сделка закрыта;Комментарий;Ответственный;Кем создана;Дата создания;Кем изменена;Дата изменения;Дата начала;Предполагаемая дата закрытия;Вероятность;Повторная сделка;Контакт: ID;Контакт: Имя;Контакт: Фамилия;Контакт: Рабочий телефон;Компания: ID;UTM Source
41771;Общая;Сделка успешна;Насосы;Продажа;Сайт;Форма;125000.00;RUB;ООО Ромашка;Анна Белова;Да;Да;;Иван Петров;Ольга Смирнова;22.08.2025 14:30:00;Иван Петров;30.08.2025 10:15:00;20.08.2025;29.08.2025;100;Нет;503;Анна;Белова;8 900 222-33-44;77;yandex
41772;Общая;Сделка провалена;Сервис;Продажа;Звонок;;40000.00;RUB;ООО Лютик;Пётр Крот;Да;Да;;Ольга Смирнова;Иван Петров;23.08.2025 09:00:00;Ольга Смирнова;31.08.2025 10:15:00;23.08.2025;31.08.2025;0;Нет;504;Пётр;Крот;8 900 222-33-45;78;
41773;Общая;Подготовка документов;Монтаж;Услуги;Сайт;;60000.00;RUB;;Егор Лис;Да;Нет;;Иван Петров;Иван Петров;24.08.2025 16:40:00;Иван Петров;24.08.2025 16:41:00;24.08.2025;24.10.2025;50;Да;505;Егор;Лис;;;
""",
        {
            "deal_id": "ID",
            "pipeline": "Воронка",
            "stage": "Стадия сделки",
            "title": "Название сделки",
            "kind": "Тип",
            "channel": "Источник",
            "amount": "Сумма",
            "currency": "Валюта",
            "account": "Компания",
            "account_id": "Компания: ID",
            "contact": "Контакт",
            "contact_id": "Контакт: ID",
            "employee": "Ответственный",
            "created_at": "Дата создания",
            "updated_at": "Дата изменения",
            "closed_at": "Предполагаемая дата закрытия",
            "probability": "Вероятность",
        },
        separator=";",
        key="ID",
    ),
    Export(
        "Bitrix24",
        "DEAL_20260301_en.csv",
        "deals",
        """
ID;Pipeline;Deal stage;Deal name;Deal type;Source;Source information;Total;Currency;Company;Contact;Available to everyone;Comment;Responsible person;Created by;Created on;Modified by;Modified on;Start date;Expected close date;Probability;Repeat deal
1;General;Won;Pumps;Sales;Website;;1250.00;USD;Acme;Carl Fox;Yes;;Ann Lee;Bob Ray;08/22/2025 02:30:00 pm;Ann Lee;08/30/2025 10:15:00 am;08/20/2025;08/29/2025;100;No
2;General;Lost;Service;Sales;Call;;400.00;USD;Beta;Dora Hall;Yes;;Bob Ray;Ann Lee;08/23/2025 09:00:00 am;Bob Ray;08/31/2025 10:15:00 am;08/23/2025;08/31/2025;0;No
3;General;Create papers;Mounting;Services;Website;;600.00;USD;;Emil King;Yes;;Ann Lee;Ann Lee;08/24/2025 04:40:00 pm;Ann Lee;08/24/2025 04:41:00 pm;08/24/2025;10/24/2025;50;Yes
""",
        {
            "deal_id": "ID",
            "pipeline": "Pipeline",
            "stage": "Deal stage",
            "title": "Deal name",
            "kind": "Deal type",
            "channel": "Source",
            "amount": "Total",
            "currency": "Currency",
            "account": "Company",
            "contact": "Contact",
            "employee": "Responsible person",
            "created_at": "Created on",
            "updated_at": "Modified on",
            "closed_at": "Expected close date",
            "probability": "Probability",
        },
        separator=";",
        key="ID",
    ),
    Export(
        "Bitrix24",
        "crm.deal.list.csv",
        "deals",
        """
ID,TITLE,TYPE_ID,STAGE_ID,CATEGORY_ID,STAGE_SEMANTIC_ID,OPPORTUNITY,CURRENCY_ID,COMPANY_ID,CONTACT_ID,LEAD_ID,BEGINDATE,CLOSEDATE,ASSIGNED_BY_ID,CREATED_BY_ID,MODIFY_BY_ID,DATE_CREATE,DATE_MODIFY,SOURCE_ID,CLOSED,OPENED
10,Насосы,SALE,WON,0,S,125000.00,RUB,77,503,9,2025-08-20T03:00:00+03:00,2025-08-29T03:00:00+03:00,12,1,12,2025-08-22T14:30:00+03:00,2025-08-30T10:15:00+03:00,WEB,Y,Y
11,Сервис,SALE,LOSE,0,F,40000.00,RUB,78,504,0,2025-08-23T03:00:00+03:00,2025-08-31T03:00:00+03:00,13,1,13,2025-08-23T09:00:00+03:00,2025-08-31T10:15:00+03:00,CALL,Y,Y
12,Монтаж,SERVICES,PREPARATION,0,P,60000.00,RUB,0,505,0,2025-08-24T03:00:00+03:00,2025-10-24T03:00:00+03:00,12,1,12,2025-08-24T16:40:00+03:00,2025-08-24T16:41:00+03:00,WEB,N,Y
""",
        {
            "deal_id": "ID",
            "title": "TITLE",
            "kind": "TYPE_ID",
            "stage": "STAGE_ID",
            "pipeline": "CATEGORY_ID",
            "amount": "OPPORTUNITY",
            "currency": "CURRENCY_ID",
            "account_id": "= nullif(text(\"COMPANY_ID\"), '0')",
            "contact_id": "CONTACT_ID",
            "lead_id": "= nullif(text(\"LEAD_ID\"), '0')",
            "closed_at": "CLOSEDATE",
            "employee_id": "ASSIGNED_BY_ID",
            "created_at": "DATE_CREATE",
            "updated_at": "DATE_MODIFY",
            "channel": "SOURCE_ID",
        },
        key="ID",
    ),
    Export(
        "Bitrix24",
        "LEAD_20260301.csv",
        "leads",
        """
ID;Название лида;Обращение;Имя;Фамилия;Отчество;Дата рождения;Рабочий телефон;Мобильный телефон;Рабочий e-mail;Частный e-mail;Название компании;Должность;Комментарий;Стадия;Дополнительно о стадии;Возможная сумма;Валюта;Источник;Дополнительно об источнике;Доступен для всех;Ответственный;Дата создания;Кем создан;Дата изменения;Кем изменен;UTM Campaign
87868;Заявка с сайта;;Анна;Белова;Павловна;;8 900 222-33-44;;a@romashka.ru;;ООО Ромашка;Директор;;Качественный лид;;100000;RUB;Сайт;;Да;Иван Петров;22.08.2025 14:30:00;Ольга Смирнова;23.08.2025 10:00:00;Иван Петров;brand
87869;Входящий звонок;;Пётр;;;;8 900 222-33-45;;;;;;;Некачественный лид;спам;;RUB;Звонок;;Да;Ольга Смирнова;23.08.2025 14:30:00;Иван Петров;24.08.2025 10:00:00;Ольга Смирнова;
87870;Чат;;Егор;Лис;;;;;e@lis.ru;;;;;В работе;;;RUB;Сайт;;Да;Иван Петров;24.08.2025 14:30:00;Иван Петров;25.08.2025 10:00:00;Иван Петров;
""",
        {
            "lead_id": "ID",
            "title": "Название лида",
            "stage": "Стадия",
            "account": "Название компании",
            "phone": "Рабочий телефон",
            "email": "Рабочий e-mail",
            "channel": "Источник",
            "employee": "Ответственный",
            "created_at": "Дата создания",
            "updated_at": "Дата изменения",
            "campaign": "UTM Campaign",
            "contact": "= nullif(trim(coalesce(text(\"Фамилия\"), '') || ' ' || coalesce(text(\"Имя\"), '') || ' ' || coalesce(text(\"Отчество\"), '')), '')",
        },
        separator=";",
        key="ID",
    ),
    Export(
        "Bitrix24",
        "voximplant.csv",
        "calls",
        """
Сотрудник;Номер портала;Номер телефона;Тип звонка;Длительность звонка;Дата звонка;Статус звонка;Стоимость звонка;CRM
Петров Иван;74950000000;+7 912 000-00-01;Исходящий;00:02:15;01.03.2025 10:20:00;Успешный звонок;1.2 руб;Контакт
Петров Иван;74950000000;8 (912) 000-00-02;Входящий;00:00:00;01.03.2025 10:25:00;Пропущенный звонок;0 руб;
Смирнова Ольга;74950000000;8 (912) 000-00-03;Входящий;00:04:10;01.03.2025 10:45:00;Успешный звонок;0 руб;Лид
""",
        {
            "employee": "Сотрудник",
            "client_phone": "Номер телефона",
            "direction": "Тип звонка",
            "talk_seconds": "Длительность звонка",
            "started_at": "Дата звонка",
            "answered": "Статус звонка",
        },
        separator=";",
        encoding="cp1251",
    ),
    Export(
        "HubSpot",
        "hubspot-crm-exports-all-deals-2026-03-01.csv",
        "deals",
        """
Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date,Last Activity Date,Deal Type,Closed Lost Reason,Associated Company,Associated Company IDs,Associated Contact,Associated Contact IDs,Original Traffic Source
9087654321,Acme seats,Closed won,2026-02-15 10:00,Ann Lee,12500,Sales Pipeline,2026-01-10 09:30,2026-02-14 12:00,newbusiness,,Acme,7001,Carl Fox (c@acme.com),8001;8002,Organic Search
9087654322,Beta pilot,Closed lost,2026-02-28 10:00,Bob Ray,4000,Sales Pipeline,2026-01-20 09:30,,newbusiness,Price,Beta,7002,Dora Hall (d@beta.com),8003,Referrals
9087654323,Gamma,Contract sent,2026-05-30 10:00,Ann Lee,,Sales Pipeline,2026-02-02 09:30,2026-02-20 12:00,existingbusiness,,,,,,
""",
        {
            "deal_id": "Record ID",
            "title": "Deal Name",
            "stage": "Deal Stage",
            "closed_at": "Close Date",
            "employee": "Deal owner",
            "amount": "Amount",
            "pipeline": "Pipeline",
            "created_at": "Create Date",
            "kind": "Deal Type",
            "loss_reason": "Closed Lost Reason",
            "account": "Associated Company",
            "account_id": "Associated Company IDs",
            "contact": "Associated Contact",
            "contact_id": "= trim(split_part(replace(text(\"Associated Contact IDs\"), ',', ';'), ';', 1))",
            "channel": "Original Traffic Source",
        },
        key="Record ID",
    ),
    Export(
        "HubSpot",
        "hubspot-crm-exports-all-contacts.csv",
        "contacts",
        """
Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Last Activity Date,Lead Status,Marketing contact status,Create Date,Lifecycle Stage,Job Title,Associated Company,Associated Company IDs
8001,Carl,Fox,c@acme.com,+1 202-555-0101,Ann Lee,2026-02-14 12:00,New,Marketing contact,2026-01-05 09:00,Customer,CEO,Acme,7001
8003,Dora,Hall,d@beta.com,+1 202-555-0102,Bob Ray,,Open,Non-marketing contact,2026-01-06 09:00,Lead,,Beta,7002
""",
        {
            "contact_id": "Record ID",
            "name": "= nullif(trim(coalesce(text(\"First Name\"), '') || ' ' || coalesce(text(\"Last Name\"), '')), '')",
            "email": "Email",
            "phone": "Phone Number",
            "created_at": "Create Date",
            "position": "Job Title",
            "account": "Associated Company",
            "account_id": "Associated Company IDs",
        },
        key="Record ID",
    ),
    Export(
        "HubSpot",
        "hubspot-crm-exports-companies.csv",
        "accounts",
        """
Record ID,Company name,Company owner,Create Date,Phone Number,Last Activity Date,City,Country/Region,Industry,Number of Employees,Company Domain Name
7001,Acme,Ann Lee,2026-01-05 09:00,+1 202-555-0101,2026-02-14 12:00,Boston,United States,SOFTWARE,250,acme.com
7002,Beta,Bob Ray,2026-01-06 09:00,,,,Canada,RETAIL,40,beta.com
""",
        {
            "account_id": "Record ID",
            "name": "Company name",
            "employee": "Company owner",
            "created_at": "Create Date",
            "phone": "Phone Number",
            "region": "Country/Region",
            "industry": "Industry",
            "size": "Number of Employees",
        },
        key="Record ID",
    ),
    Export(
        "Salesforce",
        "report1740830000.csv",
        "deals",
        """
"Opportunity Owner","Account Name","Opportunity Name","Stage","Fiscal Period","Amount Currency","Amount","Probability (%)","Age","Close Date","Created Date","Next Step","Lead Source","Type","Opportunity ID","Last Modified Date","Created By"
"Ann Lee","Acme","Acme seats","Closed Won","Q1-2026","USD","12500.00","100","36","2/15/2026","1/10/2026","","Web","New Business","0065g00000AbCd1","2/15/2026","Bob Ray"
"Bob Ray","Beta","Beta pilot","Proposal/Price Quote","Q2-2026","USD","4000.00","75","40","4/30/2026","1/20/2026","Call","Partner","New Business","0065g00000AbCd2","2/20/2026","Ann Lee"
"Ann Lee","Gamma","Gamma","Closed Lost","Q1-2026","USD","9000.00","0","26","2/28/2026","2/2/2026","","Web","Existing Business","0065g00000AbCd3","2/28/2026","Ann Lee"
""",
        {
            "employee": "Opportunity Owner",
            "account": "Account Name",
            "title": "Opportunity Name",
            "stage": "Stage",
            "currency": "Amount Currency",
            "amount": "Amount",
            "probability": "Probability (%)",
            "closed_at": "Close Date",
            "created_at": "Created Date",
            "updated_at": "Last Modified Date",
            "channel": "Lead Source",
            "kind": "Type",
            "deal_id": "Opportunity ID",
        },
        encoding="utf-8",
        key="Opportunity ID",
    ),
    Export(
        "Salesforce",
        "extract.csv",
        "deals",
        """
"ID","ACCOUNTID","NAME","STAGENAME","AMOUNT","PROBABILITY","CLOSEDATE","TYPE","LEADSOURCE","ISCLOSED","ISWON","FORECASTCATEGORY","OWNERID","CREATEDDATE","CREATEDBYID","LASTMODIFIEDDATE","SYSTEMMODSTAMP"
"0065g00000AbCd1AAB","0015g00000XyZ01AAA","Acme seats","Closed Won","12500.0","100.0","2026-02-15","New","Web","true","true","Closed","0055g000001XyZ1AAC","2026-01-10T09:30:00.000Z","0055g000001XyZ1AAC","2026-02-15T10:00:00.000Z","2026-02-15T10:00:00.000Z"
"0065g00000AbCd2AAB","0015g00000XyZ02AAA","Beta pilot","Prospecting","4000.0","10.0","2026-04-30","New","Partner","false","false","Pipeline","0055g000001XyZ2AAC","2026-01-20T09:30:00.000Z","0055g000001XyZ1AAC","2026-02-20T10:00:00.000Z","2026-02-20T10:00:00.000Z"
""",
        {
            "deal_id": "ID",
            "account_id": "ACCOUNTID",
            "title": "NAME",
            "stage": "STAGENAME",
            "amount": "AMOUNT",
            "probability": "PROBABILITY",
            "closed_at": "CLOSEDATE",
            "kind": "TYPE",
            "channel": "LEADSOURCE",
            "forecast_category": "FORECASTCATEGORY",
            "employee_id": "OWNERID",
            "created_at": "CREATEDDATE",
            "updated_at": "LASTMODIFIEDDATE",
        },
        encoding="utf-8",
        key="ID",
    ),
    Export(
        "Salesforce",
        "leads report.csv",
        "leads",
        """
"Lead Owner","First Name","Last Name","Title","Company / Account","Email","Phone","Lead Source","Lead Status","Rating","Create Date","Lead ID"
"Ann Lee","Carl","Fox","CEO","Acme","c@acme.com","(202) 555-0101","Web","Open - Not Contacted","Hot","1/15/2026","00Q5g00000AbCd1"
"Bob Ray","Dora","Hall","","Beta","d@beta.com","(202) 555-0102","Partner","Closed - Converted","Warm","1/16/2026","00Q5g00000AbCd2"
""",
        {
            "employee": "Lead Owner",
            "contact": "= nullif(trim(coalesce(text(\"First Name\"), '') || ' ' || coalesce(text(\"Last Name\"), '')), '')",
            "account": "Company / Account",
            "email": "Email",
            "phone": "Phone",
            "channel": "Lead Source",
            "stage": "Lead Status",
            "temperature": "Rating",
            "created_at": "Create Date",
            "lead_id": "Lead ID",
        },
        encoding="utf-8",
        key="Lead ID",
    ),
    Export(
        "Pipedrive",
        "deals-12345-1.csv",
        "deals",
        """
Deal - ID,Deal - Title,Deal - Creator,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Contact person,Deal - Pipeline,Deal - Stage,Deal - Status,Deal - Deal created,Deal - Update time,Deal - Last stage change,Deal - Won time,Deal - Lost time,Deal - Deal closed on,Deal - Lost reason,Deal - Expected close date,Deal - Label
1,Acme seats,Bob Ray,Ann Lee,12500,USD,Acme,Carl Fox,Pipeline,Negotiations Started,Won,2026-01-10 09:30:00,2026-02-15 10:00:00,2026-02-10 10:00:00,2026-02-15 10:00:00,,2026-02-15 10:00:00,,2026-02-20,Hot
2,Beta pilot,Ann Lee,Bob Ray,4000,USD,Beta,Dora Hall,Pipeline,Qualified,Lost,2026-01-20 09:30:00,2026-02-28 10:00:00,2026-02-01 10:00:00,,2026-02-28 10:00:00,2026-02-28 10:00:00,Price,,
3,Gamma,Ann Lee,Ann Lee,9000,USD,,Emil King,Pipeline,Proposal Made,Open,2026-02-02 09:30:00,2026-02-20 10:00:00,2026-02-05 10:00:00,,,,,2026-04-20,
""",
        {
            "deal_id": "Deal - ID",
            "title": "Deal - Title",
            "employee": "Deal - Owner",
            "amount": "Deal - Value",
            "currency": "Deal - Currency of Value",
            "account": "Deal - Organization",
            "contact": "Deal - Contact person",
            "pipeline": "Deal - Pipeline",
            "stage": "Deal - Stage",
            "outcome": "Deal - Status",
            "created_at": "Deal - Deal created",
            "updated_at": "Deal - Update time",
            "closed_at": "Deal - Deal closed on",
            "loss_reason": "Deal - Lost reason",
            "expected_close_at": "Deal - Expected close date",
        },
        key="Deal - ID",
    ),
    Export(
        "Pipedrive",
        "people-12345-2.csv",
        "contacts",
        """
Person - ID,Person - Name,Person - Organization,Person - Owner,Person - Email - Work,Person - Email - Home,Person - Phone - Work,Person - Phone - Mobile,Person - Person created,Person - Open deals
11,Carl Fox,Acme,Ann Lee,c@acme.com,,+12025550101,,2026-01-05 09:00:00,1
12,Dora Hall,Beta,Bob Ray,d@beta.com,,+12025550102,,2026-01-06 09:00:00,0
""",
        {
            "contact_id": "Person - ID",
            "name": "Person - Name",
            "account": "Person - Organization",
            "email": "Person - Email - Work",
            "phone": "Person - Phone - Work",
            "created_at": "Person - Person created",
        },
        key="Person - ID",
    ),
    Export(
        "Pipedrive",
        "activities-12345-3.csv",
        "activities",
        """
Activity - ID,Activity - Done,Activity - Type,Activity - Subject,Activity - Deal,Activity - Contact person,Activity - Organization,Activity - Due date,Activity - Add time,Activity - Marked as done time,Activity - Assigned to user,Activity - Creator
31,Done,Call,First call,Acme seats,Carl Fox,Acme,2026-01-12,2026-01-10 09:40:00,2026-01-12 10:00:00,Ann Lee,Bob Ray
32,To do,Meeting,Show,Gamma,Emil King,,2026-03-12,2026-02-20 09:40:00,,Ann Lee,Ann Lee
""",
        {
            "activity_id": "Activity - ID",
            "status": "Activity - Done",
            "kind": "Activity - Type",
            "subject": "Activity - Subject",
            "contact": "Activity - Contact person",
            "account": "Activity - Organization",
            "due_at": "Activity - Due date",
            "created_at": "Activity - Add time",
            "completed_at": "Activity - Marked as done time",
            "employee": "Activity - Assigned to user",
        },
        key="Activity - ID",
    ),
    Export(
        "Zoho",
        "Deals_2026_03_01.csv",
        "deals",
        """
Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account Name.id,Account Name,Stage,Type,Probability (%),Expected Revenue,Next Step,Lead Source,Campaign Source.id,Campaign Source,Contact Name.id,Contact Name,Created By.id,Created By,Modified By.id,Modified By,Created Time,Modified Time,Last Activity Time,Reason For Loss,Tag
zcrm_4150868000000225013,zcrm_4150868000000225001,Ann Lee,12500,Acme seats,2026-02-15,zcrm_4150868000000225101,Acme,Closed Won,New Business,100,12500,,Web,,,zcrm_4150868000000225201,Carl Fox,zcrm_4150868000000225001,Ann Lee,zcrm_4150868000000225001,Ann Lee,2026-01-10 09:30:00,2026-02-15 10:00:00,2026-02-15 10:00:00,,
zcrm_4150868000000225014,zcrm_4150868000000225002,Bob Ray,4000,Beta pilot,2026-04-30,zcrm_4150868000000225102,Beta,Negotiation/Review,New Business,90,3600,Call,Partner,,,zcrm_4150868000000225202,Dora Hall,zcrm_4150868000000225001,Ann Lee,zcrm_4150868000000225002,Bob Ray,2026-01-20 09:30:00,2026-02-20 10:00:00,,,
zcrm_4150868000000225015,zcrm_4150868000000225001,Ann Lee,9000,Gamma,2026-02-28,,,Closed Lost,Existing Business,0,0,,Web,,,,,zcrm_4150868000000225002,Bob Ray,zcrm_4150868000000225001,Ann Lee,2026-02-02 09:30:00,2026-02-28 10:00:00,,Price,
""",
        {
            "deal_id": "Record Id",
            "employee_id": "Deal Owner.id",
            "employee": "Deal Owner",
            "amount": "Amount",
            "title": "Deal Name",
            "closed_at": "Closing Date",
            "account_id": "Account Name.id",
            "account": "Account Name",
            "contact_id": "Contact Name.id",
            "contact": "Contact Name",
            "stage": "Stage",
            "kind": "Type",
            "probability": "Probability (%)",
            "channel": "Lead Source",
            "campaign_id": "Campaign Source.id",
            "campaign": "Campaign Source",
            "created_at": "Created Time",
            "updated_at": "Modified Time",
            "loss_reason": "Reason For Loss",
        },
        key="Record Id",
    ),
    Export(
        "Zoho",
        "Leads_2026_03_01.csv",
        "leads",
        """
Record Id,Lead Owner.id,Lead Owner,Company,First Name,Last Name,Title,Email,Phone,Mobile,Lead Source,Lead Status,Industry,Rating,Created By.id,Created Time,Modified Time,Converted
zcrm_900000000000001,zcrm_800000000000001,Ann Lee,Acme,Carl,Fox,CEO,c@acme.com,2025550101,,Web,Contacted,Software,Active,zcrm_800000000000001,2026-01-10 09:30:00,2026-01-11 09:30:00,false
zcrm_900000000000002,zcrm_800000000000002,Bob Ray,Beta,Dora,Hall,,d@beta.com,2025550102,,Partner,Junk Lead,Retail,,zcrm_800000000000001,2026-01-11 09:30:00,2026-01-12 09:30:00,false
""",
        {
            "lead_id": "Record Id",
            "employee_id": "Lead Owner.id",
            "employee": "Lead Owner",
            "account": "Company",
            "contact": "= nullif(trim(coalesce(text(\"First Name\"), '') || ' ' || coalesce(text(\"Last Name\"), '')), '')",
            "email": "Email",
            "phone": "Phone",
            "channel": "Lead Source",
            "stage": "Lead Status",
            "segment": "Industry",
            "temperature": "Rating",
            "created_at": "Created Time",
            "updated_at": "Modified Time",
        },
        key="Record Id",
    ),
)
