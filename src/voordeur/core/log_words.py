"""What a line of the log says in words: for the privacy officer, and for whoever asks who looked at the own data."""

from voordeur.core.words import Words

_SAYS = {
    # one household
    "open_contact": ("begon een contact op te schrijven", "began to write down a contact"),
    "open_wish": ("bekeek de wens van de huurder", "looked at the wish of the tenant"),
    "open_plan": ("begon een contact te plannen", "began to plan a contact"),
    "open_step": ("bekeek een stap in de zaak", "looked at a step in the case"),
    "open_arrival": ("begon vast te leggen dat een brief aankwam", "began to record that a letter arrived"),
    "open_file": ("bekeek het dossier", "looked at the file"),
    "see_case": ("bekeek de zaak", "looked at the case"),
    "see_letters": ("bekeek de brieven", "looked at the letters"),
    "see_letter": ("las een brief", "read a letter"),
    "preview_letter": ("bekeek een voorbeeld van een brief", "looked at a preview of a letter"),
    "make_letter": ("maakte een brief", "made a letter"),
    "send_letter": ("verstuurde een brief", "sent a letter"),
    "drop_letter": ("gooide een brief weg die niet verstuurd was", "threw away a letter that was not sent"),
    "letter_delivered": ("legde vast dat een brief aankwam", "recorded that a letter arrived"),
    "letter_returned": ("legde vast dat een brief terugkwam", "recorded that a letter came back"),
    "send_message": ("stuurde een bericht", "sent a message"),
    "see_evidence": ("bekeek het bewijsdossier", "looked at the evidence file"),
    "take_evidence": ("nam het bewijsdossier mee", "took the evidence file along"),
    "match_payment": ("koppelde een betaling", "matched a payment"),
    "payment_is_no_rent": ("zei dat een betaling geen huur is", "said that a payment is no rent"),
    "decline_proposal": ("zei dat een betaling van een ander is", "said that a payment is somebody else's"),
    "record_contact": ("schreef een contact op", "wrote down a contact"),
    "keep_wish": ("schreef een wens van de huurder op", "wrote down a wish of the tenant"),
    "plan_contact": ("plande een contact", "planned a contact"),
    "drop_planned_contact": ("haalde een gepland contact weg", "dropped a planned contact"),
    "check_schemes": ("deed de regelingen-check met de huurder", "did the check on schemes with the tenant"),
    "print_schemes": ("maakte de bladzijde met regelingen", "made the page with schemes"),
    "keep_scheme_check": ("bewaarde de regelingen-check, met toestemming", "kept the check on schemes, with consent"),
    "take_away_scheme_check": ("haalde de regelingen-check weg", "took the check on schemes away"),
    "follow_scheme": ("schreef op wat er van een aanvraag kwam", "wrote down what came of an application"),
    "see_scheme_task": ("bekeek een aanvraag", "looked at an application"),
    "take_on_case": ("nam de zaak op zich", "took on the case"),
    "decide": ("nam een stap in de zaak", "took a step in the case"),
    "propose": ("stelde een stap voor", "proposed a step"),
    "agree": ("stemde in met een stap", "agreed with a step"),
    "disagree": ("stemde niet in met een stap", "did not agree with a step"),
    # the phone
    "begin_phone_day": ("nam de dag mee op een telefoon", "took the day along on a phone"),
    "end_phone_day": ("logde uit op een telefoon", "signed out on a phone"),
    "revoke_phone": ("trok een telefoon in", "revoked a phone"),
    "carry_packet": ("nam het adres mee op een telefoon", "took the address along on a phone"),
    "take_field_event": ("schreef aan de deur iets op", "wrote something down at the door"),
    "field_event_unopened": ("ontving iets dat niet openging", "received something that did not open"),
    "look_at_visit": ("keek een verslag van een bezoek na", "looked at a record of a visit"),
    "settle_visit": ("besloot over een verslag van een bezoek", "decided on a record of a visit"),
    "pass_on": ("gaf door aan de gemeente wie ja zei", "passed on to the municipality who said yes"),
    "withdraw_safety_note": ("trok een waarschuwing in", "withdrew a warning"),
    # rights
    "receive_request": ("schreef een verzoek op", "wrote down a request"),
    "see_request": ("bekeek een verzoek", "looked at a request"),
    "identify": ("stelde vast wie het verzoek deed", "established who made the request"),
    "extend_request": ("verlengde de termijn van een verzoek", "extended the term of a request"),
    "answer_request": ("beantwoordde een verzoek", "answered a request"),
    "go_on": ("besloot na een bezwaar door te gaan", "decided to go on after an objection"),
    "correct_tenant": ("verbeterde gegevens van een huurder", "corrected data of a tenant"),
    "take_holdings": ("nam een overzicht van alles mee", "took along an overview of everything"),
    # emergency
    "emergency_try": ("zocht een adres in een noodgeval", "looked for an address in an emergency"),
    "emergency_open": ("opende een dossier in een noodgeval", "opened a file in an emergency"),
    "emergency_look": ("bekeek een dossier in een noodgeval", "looked at a file in an emergency"),
    "judge_emergency": ("beoordeelde een noodgeval", "judged an emergency"),
    # the privacy officer, retention, the log
    "see_log": ("zocht in het logboek", "searched the log"),
    "run_retention": ("liet wissen wat weg moest", "had erased what had to go"),
    "erase_payload": ("wiste gegevens bij een regel van het logboek", "erased details with a line of the log"),
    "anchor_audit": ("legde de stand van het logboek vast", "anchored the log"),
    "lock_audit": ("zette het logboek op slot", "locked the log"),
    "wipe_erased": ("schreef de database opnieuw zonder wat gewist is", "rewrote the database without what was erased"),
    # lists and policy
    "search": ("zocht een adres of naam", "searched for an address or name"),
    "show_worklist": ("haalde de werklijst op", "fetched the work list"),
    "send_batch": ("verstuurde een stapel brieven", "sent a batch of letters"),
    "keep_agreement": ("legde een afspraak met een gemeente vast", "recorded an agreement with a municipality"),
    "end_agreement": ("beëindigde een afspraak met een gemeente", "ended an agreement with a municipality"),
    "dry_run_policy": ("probeerde een beleid uit", "tried a policy"),
    "begin_policy": ("begon een nieuw beleid", "began a new policy"),
    "change_policy": ("veranderde een beleid in opzet", "changed a draft policy"),
    "put_policy_live": ("liet een beleid ingaan", "put a policy live"),
    "drop_policy": ("gooide een beleid in opzet weg", "dropped a draft policy"),
    "begin_text": ("begon een nieuwe brieftekst", "began a new text"),
    "change_text": ("veranderde een brieftekst", "changed a text"),
    "put_text_live": ("liet een brieftekst ingaan", "put a text live"),
    "drop_text": ("gooide een brieftekst weg", "dropped a text"),
    "keep_letter_head": ("veranderde het briefhoofd", "changed the letter head"),
    # files
    "receive_file": ("gaf een bestand", "handed in a file"),
    "choose_mapping": ("koos hoe een bestand gelezen wordt", "chose how a file is read"),
    "choose_header": ("koos de kopregel van een bestand", "chose the header of a file"),
    "accept_new_tenancies": ("liet nieuwe contracten toe", "accepted new tenancies"),
    "order_booking": ("liet een bestand boeken", "ordered a file to be booked"),
    "book_import": ("boekte een bestand", "booked a file"),
    "cancel_import": ("stopte het inlezen van een bestand", "cancelled an import"),
    "save_profile": ("bewaarde een indeling van een bestand", "kept a way of reading a file"),
    "solve_problem": ("haalde een probleem van de lijst", "took a problem off the list"),
    "nightly": ("de nachtelijke beoordeling", "the nightly run"),
    # accounts
    "sign_in": ("logde in", "signed in"),
    "sign_in_failed": ("kon niet inloggen", "could not sign in"),
    "sign_in_closed": ("het account ging tijdelijk dicht", "the account closed for a while"),
    "unlock_sign_in": ("opende een account weer", "unlocked an account"),
    "add_member": ("maakte een account", "made an account"),
    "change_member": ("veranderde een account", "changed an account"),
    "new_password": ("gaf een nieuw wachtwoord", "gave a new password"),
    "drop_second_factors": ("haalde het tweede middel van een account weg", "dropped second factors of an account"),
    "sign_out_member": ("logde een collega uit", "signed out a colleague"),
    "add_second_factor": ("voegde een tweede middel toe om in te loggen", "added a second factor"),
    "remove_second_factor": ("haalde een tweede middel weg om in te loggen", "removed a second factor"),
    "link_identity": ("koppelde een account aan de organisatie", "linked an account to the organisation"),
    "arrange_cover": ("liet een collega waarnemen", "arranged cover"),
    "end_cover": ("beëindigde een waarneming", "ended cover"),
    # keeping
    "backup": ("maakte een back-up", "made a backup"),
    "restore": ("zette een back-up terug", "put a backup back"),
    "add_key": ("maakte een nieuwe sleutel", "made a new key"),
    "rotate_keys": ("versleutelde gegevens opnieuw", "encrypted data anew"),
}  # fmt: skip


def in_words(action: str) -> Words:
    """What somebody did, to come after who it was; the code itself when nobody wrote words for it yet."""
    nl, en = _SAYS.get(action, (action.replace("_", " "),) * 2)
    return Words(nl, en)


def is_known(action: str) -> bool:
    """Did somebody write words for this action?"""
    return action in _SAYS
