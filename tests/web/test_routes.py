"""Every address of the site, with who may use it, so that none vanishes or appears unguarded.

A new page has to be put into the table; the table then holds it to what it says.
"""

import pytest
from flask import Flask

ANYONE = "anyone"
CLUSTER = "a cluster that has signed in"
ACCOUNT = "a person with an account"

# By endpoint: address, methods, and who may use it.
ROUTES = {
    "anonymous.check": ("/<language:language>/survey/<link>/check", "GET POST", ANYONE),
    "anonymous.later": ("/<language:language>/survey/<link>/later", "GET POST", ANYONE),
    "anonymous.resume": ("/<language:language>/survey/<link>/resume", "GET POST", ANYONE),
    "anonymous.section": ("/<language:language>/survey/<link>/section/<path:key>", "GET POST", ANYONE),
    "anonymous.start": ("/<language:language>/survey/<link>/", "GET POST", ANYONE),
    "anonymous.thanks": ("/<language:language>/survey/<link>/thanks", "GET", ANYONE),
    "feed.indicators": ("/api/indicators", "GET", ANYONE),
    "feed.indicators_schema": ("/api/indicators/schema.json", "GET", ANYONE),
    "health.health": ("/healthz", "GET", ANYONE),
    "interface.description": ("/<language:language>/api/openapi.json", "GET", ANYONE),
    "interface.page": ("/<language:language>/api/", "GET", ANYONE),
    "health.ready": ("/readyz", "GET", ANYONE),
    "language.choose": ("/", "GET", ANYONE),
    "manage.document_file": (
        "/<language:language>/manage/rounds/<round_id>/documents/<kind>.<any(cy, en):code>.<any(docx, xlsx):ending>",
        "GET",
        ACCOUNT,
    ),
    "manage.documents": ("/<language:language>/manage/rounds/<round_id>/documents", "GET", ACCOUNT),
    "manage.make_document": ("/<language:language>/manage/rounds/<round_id>/documents", "POST", ACCOUNT),
    "manage.post": ("/<language:language>/manage/rounds/<round_id>/post", "GET", ACCOUNT),
    "manage.send_post": ("/<language:language>/manage/rounds/<round_id>/post/send", "POST", ACCOUNT),
    "manage.post_preview": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/post/<any(invitation, reminder):e_mail>",
        "GET",
        ACCOUNT,
    ),
    "manage.queue_post": (
        "/<language:language>/manage/rounds/<round_id>/post/<any(invitation, reminder):e_mail>",
        "GET POST",
        ACCOUNT,
    ),
    "manage.post_log": ("/<language:language>/manage/rounds/<round_id>/post/log", "GET", ACCOUNT),
    "manage.post_again": ("/<language:language>/manage/rounds/<round_id>/post/again", "POST", ACCOUNT),
    "manage.letters": ("/<language:language>/manage/rounds/<round_id>/letters", "GET POST", ACCOUNT),
    "manage.ways_in": ("/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/ways-in", "GET", ACCOUNT),
    "manage.issue_way_in": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/ways-in/<any(code, link, post):way>",
        "POST",
        ACCOUNT,
    ),
    "manage.cluster_list": ("/<language:language>/manage/clusters/list", "GET POST", ACCOUNT),
    "manage.cluster_list_file": ("/<language:language>/manage/clusters/list.csv", "GET", ACCOUNT),
    "manage.listed_clusters": ("/<language:language>/manage/clusters/lists/<list_id>", "GET POST", ACCOUNT),
    "manage.clusters": ("/<language:language>/manage/clusters", "GET", ACCOUNT),
    "manage.side_by_side": ("/<language:language>/manage/rounds/<round_id>/answers", "GET", ACCOUNT),
    "manage.queries": ("/<language:language>/manage/rounds/<round_id>/queries", "GET", ACCOUNT),
    "manage.new_query": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/queries/new",
        "GET POST",
        ACCOUNT,
    ),
    "manage.cluster_queries": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/queries",
        "GET",
        ACCOUNT,
    ),
    "manage.query": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/queries/<query_id>",
        "GET POST",
        ACCOUNT,
    ),
    "manage.contacts": ("/<language:language>/manage/contacts", "GET POST", ACCOUNT),
    "manage.listed_contacts": ("/<language:language>/manage/contacts/lists/<list_id>", "GET POST", ACCOUNT),
    "manage.contacts_template": (
        "/<language:language>/manage/contacts/template.<any(csv, xlsx):ending>",
        "GET",
        ACCOUNT,
    ),
    "manage.new_contact": ("/<language:language>/manage/contacts/new", "GET POST", ACCOUNT),
    "manage.change_contact": ("/<language:language>/manage/contacts/<contact>/change", "GET POST", ACCOUNT),
    "manage.erase_contact": ("/<language:language>/manage/contacts/<contact>/erase", "GET POST", ACCOUNT),
    "manage.report_files": ("/<language:language>/manage/rounds/<round_id>/report", "GET POST", ACCOUNT),
    "manage.report_file": (
        "/<language:language>/manage/rounds/<round_id>/report/<any(template, earlier):kind>.<any(cy, en):code>.docx",
        "GET",
        ACCOUNT,
    ),
    "manage.service_template": (
        "/<language:language>/manage/rounds/<round_id>/report/service.<any(cy, en):code>.docx",
        "GET",
        ACCOUNT,
    ),
    "manage.take_back": (
        "/<language:language>/manage/rounds/<round_id>/report/<any(template, earlier):kind>.<any(cy, en):code>",
        "POST",
        ACCOUNT,
    ),
    "manage.contributions": ("/<language:language>/manage/rounds/<round_id>/contributions", "GET", ACCOUNT),
    "manage.gather_contributions": ("/<language:language>/manage/rounds/<round_id>/contributions", "POST", ACCOUNT),
    "manage.contribution": (
        "/<language:language>/manage/rounds/<round_id>/contributions/<outcome>",
        "GET POST",
        ACCOUNT,
    ),
    "manage.dashboard": ("/<language:language>/manage/rounds/<round_id>/dashboard", "GET", ACCOUNT),
    "manage.gather_dashboard": ("/<language:language>/manage/rounds/<round_id>/dashboard", "POST", ACCOUNT),
    "manage.feed_keys": ("/<language:language>/manage/feed", "GET POST", ACCOUNT),
    "manage.revoke_feed_key": ("/<language:language>/manage/feed/<name>/revoke", "GET POST", ACCOUNT),
    "manage.data": ("/<language:language>/manage/rounds/<round_id>/data", "GET POST", ACCOUNT),
    "manage.data_file": (
        "/<language:language>/manage/rounds/<round_id>/data/<kind>/<format_name>",
        "GET",
        ACCOUNT,
    ),
    "manage.account": ("/<language:language>/manage/accounts/<name>", "GET POST", ACCOUNT),
    "manage.account_link": ("/<language:language>/manage/accounts/<name>/link", "POST", ACCOUNT),
    "manage.account_step": (
        "/<language:language>/manage/accounts/<name>/<any(disable, enable, end):step>",
        "POST",
        ACCOUNT,
    ),
    "manage.accounts": ("/<language:language>/manage/accounts", "GET", ACCOUNT),
    "manage.invitation": ("/<language:language>/manage/invitation/<name>/<token>", "GET POST", ANYONE),
    "manage.invite": ("/<language:language>/manage/invite", "GET POST", ACCOUNT),
    "manage.begin_own_second_factor": ("/<language:language>/manage/own/second-factor/begin", "POST", ACCOUNT),
    "manage.second_factor": ("/<language:language>/manage/own/second-factor", "GET POST", ACCOUNT),
    "manage.take_second_factor": ("/<language:language>/manage/accounts/<name>/second-factor", "POST", ACCOUNT),
    "manage.own_account": ("/<language:language>/manage/own", "GET", ACCOUNT),
    "manage.forgotten": ("/<language:language>/manage/forgotten", "GET POST", ANYONE),
    "manage.own_email": ("/<language:language>/manage/own/email", "GET POST", ACCOUNT),
    "manage.own_password": ("/<language:language>/manage/own/password", "GET POST", ACCOUNT),
    "manage.activity": ("/<language:language>/manage/log", "GET", ACCOUNT),
    "manage.activity_file": ("/<language:language>/manage/log.csv", "GET", ACCOUNT),
    "manage.evidence_file": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/files/<file_id>",
        "GET",
        ACCOUNT,
    ),
    "manage.cluster_story": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/story",
        "GET",
        ACCOUNT,
    ),
    "manage.home": ("/<language:language>/manage/", "GET", ACCOUNT),
    "manage.correct": ("/<language:language>/manage/rounds/<round_id>/correction", "GET POST", ACCOUNT),
    "manage.make_workbook": ("/<language:language>/manage/rounds/<round_id>/workbook", "POST", ACCOUNT),
    "manage.meeting_pack_file": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/meeting-pack/"
        "<any(cy, en, both):pack_language>.<any(xlsx, docx):ending>",
        "GET",
        ACCOUNT,
    ),
    "manage.poster": ("/<language:language>/manage/rounds/<round_id>/posters/<cluster_code>", "GET", ACCOUNT),
    "manage.provider": ("/<language:language>/manage/provider", "GET", ANYONE),
    "manage.provider_back": ("/<language:language>/manage/provider/back", "GET", ANYONE),
    "manage.reading": ("/<language:language>/manage/rounds/<round_id>/reading", "GET POST", ACCOUNT),
    "manage.reopen": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/reopen",
        "GET POST",
        ACCOUNT,
    ),
    "manage.response": ("/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>", "GET", ACCOUNT),
    "manage.response_document": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/<any(cy, en):code>.docx",
        "GET",
        ACCOUNT,
    ),
    "manage.response_on_paper": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/print",
        "GET",
        ACCOUNT,
    ),
    "manage.sign_in": ("/<language:language>/manage/sign-in", "GET POST", ANYONE),
    "manage.sign_out": ("/<language:language>/manage/sign-out", "POST", ANYONE),
    "manage.status": ("/<language:language>/manage/rounds/<round_id>", "GET", ACCOUNT),
    "manage.exact_release": (
        "/<language:language>/manage/rounds/<round_id>/releases/<int:number>/exact/<any(cy, en):code>",
        "GET POST",
        ACCOUNT,
    ),
    "manage.release_file": (
        "/<language:language>/manage/rounds/<round_id>/releases/<int:number>/<any(cy, en):code>.xlsx",
        "GET",
        ACCOUNT,
    ),
    "manage.themes": ("/<language:language>/manage/rounds/<round_id>/themes/<asked>", "GET POST", ACCOUNT),
    "manage.wording": ("/<language:language>/manage/rounds/<round_id>/wording", "GET POST", ACCOUNT),
    "manage.following": ("/<language:language>/manage/rounds/<round_id>/clusters", "GET", ACCOUNT),
    "manage.following_file": ("/<language:language>/manage/rounds/<round_id>/clusters.csv", "GET", ACCOUNT),
    "manage.new_round": ("/<language:language>/manage/new-round", "GET POST", ACCOUNT),
    "manage.draft": ("/<language:language>/manage/drafts/<round_id>", "GET POST", ACCOUNT),
    "manage.draft_outcomes": ("/<language:language>/manage/drafts/<round_id>/outcomes", "GET POST", ACCOUNT),
    "manage.opening": ("/<language:language>/manage/drafts/<round_id>/open", "GET POST", ACCOUNT),
    "manage.deletion": ("/<language:language>/manage/drafts/<round_id>/delete", "GET POST", ACCOUNT),
    "manage.releases": ("/<language:language>/manage/rounds/<round_id>/releases", "GET", ACCOUNT),
    "manage.make_release": ("/<language:language>/manage/rounds/<round_id>/releases", "POST", ACCOUNT),
    "manage.publication": (
        "/<language:language>/manage/rounds/<round_id>/releases/<int:number>/publication",
        "GET POST",
        ACCOUNT,
    ),
    "manage.retentions": ("/<language:language>/manage/retention", "GET", ACCOUNT),
    "manage.retention": ("/<language:language>/manage/rounds/<round_id>/retention", "GET POST", ACCOUNT),
    "manage.removal": ("/<language:language>/manage/rounds/<round_id>/removal", "GET POST", ACCOUNT),
    "manage.held": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/held",
        "GET POST",
        ACCOUNT,
    ),
    "manage.erasure": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/erase",
        "GET POST",
        ACCOUNT,
    ),
    "manage.data_protection": ("/<language:language>/manage/data-protection", "GET", ACCOUNT),
    "manage.times": ("/<language:language>/manage/rounds/<round_id>/times", "GET POST", ACCOUNT),
    "manage.rescheduling": ("/<language:language>/manage/rounds/<round_id>/times/change", "GET POST", ACCOUNT),
    "manage.closing": ("/<language:language>/manage/rounds/<round_id>/close", "GET POST", ACCOUNT),
    "manage.grace": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/grace",
        "GET POST",
        ACCOUNT,
    ),
    "manage.grace_end": (
        "/<language:language>/manage/rounds/<round_id>/clusters/<cluster_code>/grace/end",
        "POST",
        ACCOUNT,
    ),
    "manage.editions": ("/<language:language>/manage/questionnaires/", "GET", ACCOUNT),
    "manage.edition": ("/<language:language>/manage/questionnaires/<name>/<year>", "GET", ACCOUNT),
    "manage.owed_texts": ("/<language:language>/manage/questionnaires/<name>/<year>/owed", "GET", ACCOUNT),
    "manage.framework": (
        "/<language:language>/manage/questionnaires/frameworks/<framework_id>",
        "GET",
        ACCOUNT,
    ),
    "manage.edition_file": (
        "/<language:language>/manage/questionnaires/<name>/<year>/file.<any(json, xlsx):ending>",
        "GET",
        ACCOUNT,
    ),
    "manage.upload_edition": ("/<language:language>/manage/questionnaires/upload", "GET POST", ACCOUNT),
    "manage.uploaded_edition": (
        "/<language:language>/manage/questionnaires/uploads/<held_id>",
        "GET POST",
        ACCOUNT,
    ),
    "manage.bank": ("/<language:language>/manage/questionnaires/<name>/<year>/bank", "GET POST", ACCOUNT),
    "manage.copy_edition": ("/<language:language>/manage/questionnaires/<name>/<year>/copy", "POST", ACCOUNT),
    "manage.restore_edition": ("/<language:language>/manage/questionnaires/<name>/<year>/restore", "POST", ACCOUNT),
    "manage.withdraw_edition": ("/<language:language>/manage/questionnaires/<name>/<year>/withdraw", "POST", ACCOUNT),
    "manage.translations": ("/<language:language>/manage/translations/", "GET", ACCOUNT),
    "manage.translators_comments": ("/<language:language>/manage/translations/comments", "GET", ACCOUNT),
    "manage.settled_comment": (
        "/<language:language>/manage/translations/comments/<catalogue>/<key>",
        "POST",
        ACCOUNT,
    ),
    "manage.in_context": ("/<language:language>/manage/translations/in-context", "GET", ACCOUNT),
    "manage.sheet_headings": ("/<language:language>/manage/translations/in-context/<round_id>", "GET", ACCOUNT),
    "manage.round_e_mails": ("/<language:language>/manage/translations/in-context/<round_id>/e-mails", "GET", ACCOUNT),
    "manage.look_for_headings": ("/<language:language>/manage/translations/in-context/<round_id>", "POST", ACCOUNT),
    "manage.catalogue": ("/<language:language>/manage/translations/<catalogue>", "GET", ACCOUNT),
    "manage.catalogue_file": ("/<language:language>/manage/translations/<catalogue>/file.po", "GET", ACCOUNT),
    "manage.upload": ("/<language:language>/manage/translations/<catalogue>/upload", "GET POST", ACCOUNT),
    "manage.uploaded": (
        "/<language:language>/manage/translations/<catalogue>/uploads/<upload_id>",
        "GET POST",
        ACCOUNT,
    ),
    "manage.review": ("/<language:language>/manage/translations/<catalogue>/review", "POST", ACCOUNT),
    "manage.message": ("/<language:language>/manage/translations/<catalogue>/<key>", "GET POST", ACCOUNT),
    "manage.restore": ("/<language:language>/manage/translations/<catalogue>/<key>/restore", "POST", ACCOUNT),
    "manage.comment": ("/<language:language>/manage/translations/<catalogue>/<key>/comment", "GET POST", ACCOUNT),
    "manage.workbook": ("/<language:language>/manage/rounds/<round_id>/workbook", "GET", ACCOUNT),
    "manage.workbook_file": (
        "/<language:language>/manage/rounds/<round_id>/workbook/<any(cy, en):code>.xlsx",
        "GET",
        ACCOUNT,
    ),
    "offline.no_door": ("/no-door-without-a-connection", "GET", ANYONE),
    "offline.not_here": ("/not-on-this-device", "GET", ANYONE),
    "offline.worker": ("/service-worker.js", "GET", ANYONE),
    "pages.accessibility": ("/<language:language>/accessibility", "GET", ANYONE),
    "pages.contact": ("/<language:language>/contact", "GET", ANYONE),
    "pages.cookies": ("/<language:language>/cookies", "GET", ANYONE),
    "pages.privacy": ("/<language:language>/privacy", "GET", ANYONE),
    "preview.edition": ("/<language:language>/preview/<name>/<year>/", "GET", ANYONE),
    "preview.item": ("/<language:language>/preview/<name>/<year>/item/<group>/<path:key>", "GET POST", ANYONE),
    "preview.questionnaires": ("/<language:language>/preview/", "GET", ANYONE),
    "preview.interface": ("/<language:language>/preview/interface/", "GET", ANYONE),
    "preview.interface_file": ("/<language:language>/preview/interface/<path:reference>", "GET", ANYONE),
    "preview.phone": ("/<language:language>/preview/<name>/<year>/phone/<path:key>", "GET", ANYONE),
    "preview.ways": ("/<language:language>/preview/<name>/<year>/ways", "GET", ANYONE),
    "preview.texts": ("/<language:language>/preview/<name>/<year>/texts/<path:key>", "GET", ANYONE),
    "preview.section": ("/<language:language>/preview/<name>/<year>/section/<path:key>", "GET POST", ANYONE),
    "published.releases": ("/<language:language>/releases/", "GET", ANYONE),
    "published.release": ("/<language:language>/releases/<round_id>/<int:number>", "GET", ANYONE),
    "published.workbook": (
        "/<language:language>/releases/<round_id>/<int:number>/<any(cy, en):code>.xlsx",
        "GET",
        ANYONE,
    ),
    "respond.answers_of_submission": (
        "/<language:language>/reflection/view/<int:number>/<any(cy, en):code>.docx",
        "GET",
        CLUSTER,
    ),
    "respond.check": ("/<language:language>/reflection/check", "GET POST", CLUSTER),
    "respond.file": ("/<language:language>/reflection/file/<file_id>", "GET", CLUSTER),
    "respond.files": ("/<language:language>/reflection/files/<path:key>", "GET POST", CLUSTER),
    "respond.files_of_submission": ("/<language:language>/reflection/view/<int:number>/files.zip", "GET", CLUSTER),
    "respond.item": (
        "/<language:language>/reflection/section/<path:key>/<group>/<item_id>/change",
        "GET POST",
        CLUSTER,
    ),
    "respond.meeting_pack": ("/<language:language>/reflection/meeting-pack", "GET POST", CLUSTER),
    "respond.meeting_pack_file": (
        "/<language:language>/reflection/meeting-pack/<any(cy, en, both):pack_language>.<any(xlsx, docx):ending>",
        "GET",
        CLUSTER,
    ),
    "respond.name": ("/<language:language>/reflection/name", "GET POST", CLUSTER),
    "respond.notes": ("/<language:language>/reflection/notes/<path:key>", "GET POST", CLUSTER),
    "respond.page_versions": ("/<language:language>/reflection/versions/<path:key>", "GET", CLUSTER),
    "respond.presence": ("/<language:language>/reflection/presence/<path:key>", "POST", CLUSTER),
    "respond.print": ("/<language:language>/reflection/print", "GET", CLUSTER),
    "respond.reflection": ("/<language:language>/reflection", "GET", CLUSTER),
    "respond.remove_item": (
        "/<language:language>/reflection/section/<path:key>/<group>/<item_id>/remove",
        "GET POST",
        CLUSTER,
    ),
    "respond.restore_version": ("/<language:language>/reflection/versions/<path:key>", "POST", CLUSTER),
    "respond.section": ("/<language:language>/reflection/section/<path:key>", "GET POST", CLUSTER),
    "respond.queries": ("/<language:language>/reflection/queries", "GET", CLUSTER),
    "respond.query": ("/<language:language>/reflection/queries/<query_id>", "GET POST", CLUSTER),
    "respond.sign_in_link": ("/<language:language>/sign-in/<token>", "GET POST", ANYONE),
    "respond.sign_in": ("/<language:language>/sign-in", "GET POST", ANYONE),
    "respond.sign_out": ("/<language:language>/sign-out", "POST", ANYONE),
    "respond.start": ("/<language:language>/", "GET", ANYONE),
    "respond.submitted": ("/<language:language>/reflection/submitted", "GET", CLUSTER),
    "respond.story": ("/<language:language>/reflection/story", "GET", CLUSTER),
    "respond.view": ("/<language:language>/reflection/view", "GET", CLUSTER),
    "respond.view_submission": ("/<language:language>/reflection/view/<int:number>", "GET", CLUSTER),
    "static": ("/static/<path:name>", "GET", ANYONE),
}
EXAMPLES = {
    "e_mail": "invitation",
    "language": "en",
    "code": "cy",
    "name": "worker.js",
    "pack_language": "both",
    "ending": "xlsx",
    "kind": "template",
    "way": "code",
}
OF_ENDPOINT = {
    "manage.account_step": {"name": "nia", "step": "end"},
    "preview.edition": {"name": "self-reflection", "year": "2026"},
    "preview.interface_file": {"reference": "survey/web/templates/pages/contact.html"},
    "preview.phone": {"name": "self-reflection", "year": "2026", "key": "about"},
    "preview.ways": {"name": "self-reflection", "year": "2026"},
    "preview.texts": {"name": "self-reflection", "year": "2026", "key": "about"},
    "preview.section": {"name": "self-reflection", "year": "2026", "key": "about"},
    "preview.item": {"name": "self-reflection", "year": "2026", "key": "good_practice", "group": "examples"},
}
# What anybody is answered who sends nothing; 200 to a GET unless it stands here. The link of a survey is made up.
ANSWERED = {
    ("feed.indicators", "GET"): 401,
    ("published.release", "GET"): 404,
    ("published.workbook", "GET"): 404,
    ("manage.forgotten", "GET"): 404,
    ("manage.forgotten", "POST"): 404,
    ("manage.provider", "GET"): 404,
    ("manage.provider_back", "GET"): 404,
    ("manage.invitation", "GET"): 404,
    ("manage.invitation", "POST"): 404,
    ("manage.sign_in", "POST"): 422,
    ("manage.sign_out", "POST"): 303,
    ("preview.item", "POST"): 303,
    ("preview.section", "POST"): 303,
    ("respond.sign_in", "POST"): 422,
    ("respond.sign_in_link", "GET"): 404,
    ("respond.sign_in_link", "POST"): 404,
    ("respond.sign_out", "POST"): 303,
}


def test_every_route_is_in_the_table_and_is_as_it_says(app: Flask) -> None:
    found = {
        rule.endpoint: (rule.rule, " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})))
        for rule in app.url_map.iter_rules()
    }
    assert found == {endpoint: (rule, methods) for endpoint, (rule, methods, _) in ROUTES.items()}


@pytest.mark.parametrize("room", sorted({endpoint.split(".")[0] for endpoint in ROUTES}))
def test_who_has_not_signed_in_reaches_only_what_is_for_anyone(app: Flask, room: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    arguments = {rule.endpoint: rule.arguments for rule in app.url_map.iter_rules()}
    of_room = {endpoint: route for endpoint, route in ROUTES.items() if endpoint.split(".")[0] == room}
    asked = [(endpoint, method, who) for endpoint, (_, methods, who) in of_room.items() for method in methods.split()]
    for endpoint, method, who in asked:
        with app.test_request_context("/en/"):
            values = EXAMPLES | OF_ENDPOINT.get(endpoint, {})
            address = app.url_for(endpoint, **{name: values.get(name, "1") for name in arguments[endpoint]})
        answer = app.test_client().open(address, method=method, headers={"Accept-Language": "fr"})
        if who == ANYONE:
            expected = 404 if room == "anonymous" else ANSWERED.get((endpoint, method), 200)
            assert answer.status_code == expected, f"{method} {address} answered {answer.status_code}"
            # Whoever signs out stands where the next one signs in.
            assert endpoint == "manage.sign_out" or "sign-in" not in answer.headers.get("Location", "")
        else:
            assert answer.status_code in (302, 303, 401, 403), f"{method} {address} is open to anyone"
            assert answer.status_code > 400 or "sign-in" in answer.location
