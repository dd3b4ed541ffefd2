"""What the clusters of the demonstration write, in both languages, by the measure that a question feeds.

Some are there to be awkward: formula-like text, long text, accents, apostrophes, emoji, lines that begin with a
sign. They must come through the pages and the workbooks as they are.
"""

Phrases = tuple[str, ...]

WRITTEN: dict[str, dict[str, Phrases]] = {
    "change": {
        "en": (
            "A new cluster lead started in April. (Demonstration text.)",
            "Two practices have merged, and the dental collaborative now has a lead.",
            "No great change, but the third sector has joined our meetings.",
            "-2 sessions of pharmacist time since the summer.",
        ),
        "cy": (
            "Dechreuodd arweinydd clwstwr newydd ym mis Ebrill. (Testun enghreifftiol.)",
            "Mae dau bractis wedi uno, ac mae gan y gydweithredfa ddeintyddol arweinydd bellach.",
            "Dim newid mawr, ond mae’r trydydd sector wedi ymuno â’n cyfarfodydd.",
        ),
    },
    "level_difference": {
        "en": (
            "Two statements are nearly in place, and the team feels that the whole is further on than they show.",
            "We were strict with ourselves about what we could show.",
            "=1+1 is how one of us put it: two small gaps make one large one.",
        ),
        "cy": (
            "Mae dau ddatganiad bron yn eu lle, ac mae’r tîm yn teimlo ein bod ymhellach ymlaen na hynny.",
            "Roedden ni’n llym gyda ni’n hunain ynghylch yr hyn y gallen ni ei ddangos.",
        ),
    },
    "went_well": {
        "en": (
            "The monthly huddle works. Pharmacy, optometry and the practices now sort out most things the same day.",
            "We asked 214 people at the leisure centre what they knew about local services, and changed our messages.",
            "Joint training brought thirty colleagues together; it didn’t need a budget. 🎉",
            "Our link worker’s list of local groups is used every day.\nReception teams say that they trust it.",
            "=SUM(goodwill): the partners agreed one plan without a single vote.",
            "Everyone came to the planning day, which has not happened before.",
        ),
        "cy": (
            "Mae’r cyfarfod misol byr yn gweithio. Mae’r fferyllfeydd, yr optometryddion a’r practisau’n datrys y rhan "
            "fwyaf o bethau yr un diwrnod.",
            "Gofynnon ni i 214 o bobl yn y ganolfan hamdden beth oedden nhw’n ei wybod am wasanaethau lleol, "
            "a newidion ni ein negeseuon.",
            "Daeth yr hyfforddiant ar y cyd â deg ar hugain o gydweithwyr ynghyd. 🎉",
            "Mae rhestr y gweithiwr cyswllt o grwpiau lleol yn cael ei defnyddio bob dydd.\n"
            "Mae timau’r dderbynfa’n dweud eu bod yn ymddiried ynddi.",
            "Cytunodd y partneriaid ar un cynllun heb yr un bleidlais – tŷ llawn, a gŵyl fach i ddathlu.",
        ),
    },
    "went_less_well": {
        "en": (
            "Meetings clash with surgeries, so dental colleagues could rarely come.",
            "@everyone e-mails do not reach community teams on another system.",
            "The plan for feedback from local people slipped twice for want of time.",
            "We lost our project support in June, and the business case stalled.",
            "+1 on the risk register: we still can’t see each other’s records.",
        ),
        "cy": (
            "Mae’r cyfarfodydd ar yr un pryd â’r meddygfeydd, felly anaml y gallai cydweithwyr deintyddol ddod.",
            "Nid yw negeseuon e-bost yn cyrraedd y timau cymunedol sydd ar system arall.",
            "Llithrodd y cynllun i gasglu adborth pobl leol ddwywaith oherwydd diffyg amser.",
            "Collon ni ein cymorth prosiect ym mis Mehefin, ac arafodd yr achos busnes.",
        ),
    },
    "do_differently": {
        "en": (
            "Fix the dates for the year in March and protect the time.",
            "Start with what people tell us, not with what we already run.",
            "Give each action one name, not the name of a committee.",
            "Measure before we begin, so that we can say what changed.",
        ),
        "cy": (
            "Pennu’r dyddiadau am y flwyddyn ym mis Mawrth a diogelu’r amser.",
            "Dechrau gyda’r hyn y mae pobl yn ei ddweud wrthon ni, nid gyda’r hyn rydyn ni’n ei gynnal eisoes.",
            "Rhoi un enw wrth bob cam gweithredu, nid enw pwyllgor.",
            "Mesur cyn dechrau, er mwyn gallu dweud beth newidiodd.",
        ),
    },
    "evidence": {
        "en": (
            "Cluster plan, section 4; minutes of May and September.",
            "Survey of local people (summary at https://cluster.example/survey).",
            "Audit of signposting, second quarter.",
        ),
        "cy": (
            "Cynllun y clwstwr, adran 4; cofnodion mis Mai a mis Medi.",
            "Arolwg o bobl leol (crynodeb yn https://clwstwr.example/arolwg).",
            "Archwiliad o’r cyfeirio, yr ail chwarter.",
        ),
    },
    "action": {
        "en": (
            "Agree one set of messages with all collaboratives and publish it by the summer.",
            "Bring a business case for shared signposting to the pan-cluster planning group.",
            "Train a named champion in every practice and pharmacy.",
            "Set up a simple way for community teams to see the cluster directory.",
        ),
        "cy": (
            "Cytuno ar un gyfres o negeseuon gyda phob cydweithredfa a’i chyhoeddi erbyn yr haf.",
            "Mynd ag achos busnes dros gyfeirio ar y cyd at y grŵp cynllunio traws-glwstwr.",
            "Hyfforddi hyrwyddwr ym mhob practis a fferyllfa.",
            "Sefydlu ffordd syml i dimau cymunedol weld cyfeiriadur y clwstwr.",
        ),
    },
    "action_lead": {
        "en": ("Cluster lead", "Cluster development manager", "Community pharmacy collaborative lead"),
        "cy": ("Arweinydd y clwstwr", "Rheolwr datblygu’r clwstwr", "Arweinydd y gydweithredfa fferylliaeth gymunedol"),
    },
    "enabler_comment": {
        "en": (
            "It has made the difference this year.",
            "There is goodwill, but no time set aside.",
            "Funding that ends in March is hard to plan with.",
        ),
        "cy": (
            "Mae wedi gwneud gwahaniaeth eleni.",
            "Mae ewyllys da, ond dim amser wedi’i neilltuo.",
            "Mae’n anodd cynllunio gyda chyllid sy’n dod i ben ym mis Mawrth.",
        ),
    },
    "other_enablers": {
        "en": ("A shared Teams channel.", "The local public health team’s profiles of our neighbourhoods."),
        "cy": ("Sianel Teams ar y cyd.", "Proffiliau’r tîm iechyd cyhoeddus lleol o’n cymdogaethau."),
    },
    "other_barriers": {
        "en": ("Recruitment, above all of nurses.", "Rooms: there is nowhere for the whole team to meet."),
        "cy": ("Recriwtio, nyrsys yn anad dim.", "Ystafelloedd: does unman i’r tîm cyfan gyfarfod."),
    },
    "help_wanted": {
        "en": (
            "One template for business cases that every board accepts.",
            "Access to each other’s records, even if only to read them.",
            "A project manager shared between three clusters.",
        ),
        "cy": (
            "Un templed achos busnes y mae pob bwrdd yn ei dderbyn.",
            "Mynediad at gofnodion ein gilydd, hyd yn oed i’w darllen yn unig.",
            "Rheolwr prosiect wedi’i rannu rhwng tri chlwstwr.",
        ),
    },
    "good_practice_title": {
        "en": (
            "Walk-in eye care on market day",
            "One number for care homes",
            "Cooking together: a group for people new to insulin",
            "Pharmacy and practice share a recall list",
        ),
        "cy": (
            "Gofal llygaid galw heibio ar ddiwrnod marchnad",
            "Un rhif i gartrefi gofal",
            "Coginio gyda’n gilydd: grŵp i bobl sy’n newydd i inswlin",
            "Y fferyllfa a’r practis yn rhannu rhestr alw’n ôl",
        ),
    },
    "good_practice_problem": {
        "en": ("People came to the practice for things that others could do better and sooner.",),
        "cy": ("Roedd pobl yn dod i’r practis am bethau y gallai eraill eu gwneud yn well ac yn gynt.",),
    },
    "good_practice_done": {
        "en": (
            "We agreed a simple route, tried it for eight weeks in two places, asked people what they thought, changed "
            "it, and then offered it across the cluster.",
        ),
        "cy": (
            "Cytunon ni ar lwybr syml, ei brofi am wyth wythnos mewn dau le, gofyn barn pobl, ei newid, ac yna ei "
            "gynnig ar draws y clwstwr.",
        ),
    },
    "good_practice_how": {
        "en": ("It joins several professions and starts from what people told us.",),
        "cy": ("Mae’n dod â sawl proffesiwn ynghyd ac yn dechrau gyda’r hyn a ddywedodd pobl wrthon ni.",),
    },
    "good_practice_learning": {
        "en": ("Start small, write down what you expect, and give it one owner.",),
        "cy": ("Dechreuwch yn fach, nodwch yr hyn rydych chi’n ei ddisgwyl, a rhowch un perchennog iddo.",),
    },
    "good_practice_contact": {
        "en": ("Cluster office, demonstration@cluster.example",),
        "cy": ("Swyddfa’r clwstwr, enghraifft@clwstwr.example",),
    },
    "signed_name": {"en": ("Demonstration Name",), "cy": ("Enw Enghreifftiol",)},
    "signed_role": {"en": ("Cluster lead",), "cy": ("Arweinydd y clwstwr",)},
    "reservations": {
        "en": ("The dental collaborative had too little time to read the draft.",),
        "cy": ("Chafodd y gydweithredfa ddeintyddol ddim digon o amser i ddarllen y drafft.",),
    },
}

OTHER: dict[str, Phrases] = {
    "en": ("Community council", "School nurses"),
    "cy": ("Y cyngor cymuned", "Nyrsys ysgol"),
}

LONG: dict[str, str] = {
    "en": " ".join(["We kept a diary of the year, and this is the long version of it, for demonstration."] * 20),
    "cy": " ".join(["Cadwon ni ddyddiadur o’r flwyddyn, a dyma’r fersiwn hir ohono, er enghraifft."] * 20),
}
