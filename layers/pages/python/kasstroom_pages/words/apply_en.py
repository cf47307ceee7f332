"""The application to buy on account: English, B1."""

from __future__ import annotations

WORDS = {
    "apply_title": "Apply to buy on account",
    "apply_intro": "Would you like to buy from {creditor} now and pay later? Then fill in these "
    "details. It takes about five minutes.",
    "apply_intro_until": "You can send this until {day}. What is optional says so.",
    "apply_preview_title": "Application",
    "apply_preview_text": "Fill in your application or see how it is going.",
    "apply_other_language": "Other language",
    "apply_fault_forbidden_character": "There was a character here that nobody can see. We took "
    "it out. Check what is left.",
    "apply_fault_prefix": "Please check: ",
    # sections
    "apply_you": "About you",
    "apply_company": "Your company",
    "apply_address": "Address",
    "apply_contact": "Who can we talk to?",
    "apply_wish": "What you apply for",
    "apply_consent": "Your details",
    # fields
    "apply_optional": "optional",
    "apply_label_name": "Company name",
    "apply_label_own_name": "Your name",
    "apply_label_legal_form": "Legal form",
    "apply_label_kvk": "KvK number",
    "apply_label_vat": "VAT number",
    "apply_label_street": "Street",
    "apply_label_house_number": "House number",
    "apply_label_postcode": "Postcode",
    "apply_label_city": "Town or city",
    "apply_label_country": "Country",
    "apply_label_contact_name": "Name",
    "apply_label_email": "E-mail address",
    "apply_label_phone": "Phone number",
    "apply_label_requested": "Up to what amount would you like to buy on account?",
    "apply_label_terms_days": "Within how many days would you like to pay?",
    "apply_label_iban": "IBAN",
    "apply_label_consent": "I have read this and agree that my details are checked.",
    "apply_hint_kvk": "Eight digits. Fill them in if you are registered in the Netherlands.",
    "apply_hint_vat": "For example NL004495445B01. Outside the Netherlands this is required.",
    "apply_hint_house_number": "With any addition, such as 25-1a.",
    "apply_hint_requested": "In euros, such as 5,000.",
    "apply_hint_iban": "The account you will pay from.",
    "apply_choose": "Choose a legal form",
    "apply_no_preference": "No preference",
    "apply_days": "{days} days",
    "apply_form_bv": "Private limited company (bv)",
    "apply_form_nv": "Public limited company (nv)",
    "apply_form_foundation": "Foundation",
    "apply_form_association": "Association",
    "apply_form_cooperative": "Cooperative",
    "apply_form_vof": "General partnership (vof)",
    "apply_form_maatschap": "Professional partnership (maatschap)",
    "apply_form_cv": "Limited partnership (cv)",
    "apply_form_other": "Other",
    # privacy and consent
    "apply_privacy": "{creditor} uses these details to decide whether you can buy on account. To "
    "do so, we may compare them with public registers and ask a credit agency how the company is "
    "doing.",
    "apply_privacy_person": "{creditor} uses these details to decide whether you can buy on "
    "account. To do so, we may compare them with public registers and ask a credit agency. Only a "
    "person can turn your application down, never a computer.",
    "apply_privacy_kept": "If you do not get credit, we keep the details for four more months. You "
    "may see your details, correct them and have them erased.",
    "apply_privacy_link": "Read how {creditor} handles personal data",
    "apply_send": "Send application",
    "apply_save": "Save and continue later",
    "apply_save_hint": "You continue later with the same link.",
    # notices
    "apply_notice_saved": "Your details are saved. You can continue later with the same link, "
    "until {day}.",
    "apply_notice_again": "This page was open too long, or you saved the application in another "
    "window. Check whether everything is still right and send the application again.",
    "apply_notice_too_large": "What you sent is too large. It can be no more than 32 kB. This is "
    "what we have from you. Make your text shorter and send the application again.",
    "apply_notice_unread": "We could not read what you sent. This is what we have from you. Fill "
    "in the form again.",
    # what is wrong
    "apply_faults_one": "There is 1 thing left to put right",
    "apply_faults_many": "There are {count} things left to put right",
    "apply_missing_name": "Fill in the name of the company.",
    "apply_missing_own_name": "Fill in your name.",
    "apply_missing_legal_form": "Choose the legal form of the company.",
    "apply_missing_kvk": "Fill in the KvK number: eight digits.",
    "apply_missing_vat": "Fill in the VAT number. It is needed for a company outside the "
    "Netherlands.",
    "apply_missing_street": "Fill in the street.",
    "apply_missing_house_number": "Fill in the house number.",
    "apply_missing_postcode": "Fill in the postcode.",
    "apply_missing_city": "Fill in the town or city.",
    "apply_missing_contact_name": "Fill in the name of somebody we can talk to.",
    "apply_missing_email": "Fill in an e-mail address.",
    "apply_missing_requested": "Fill in the amount you would like to buy on account for.",
    "apply_fault_too_long": "This text is too long. Make it shorter.",
    "apply_fault_invalid_kvk": "A KvK number has eight digits. It is on your extract from the "
    "register.",
    "apply_fault_invalid_vat": "This VAT number cannot be right. Check the digits and the country.",
    "apply_fault_vat_is_private": "Fill in your btw-id, the number on your invoices. Your older "
    "VAT number contains your citizen service number, which we may not keep.",
    "apply_fault_invalid_legal_form": "Choose a legal form from the list.",
    "apply_fault_invalid_house_number": "Begin the house number with digits, such as 25 or 25-1a.",
    "apply_fault_invalid_postcode": "This postcode cannot be right. A Dutch postcode has four "
    "digits and two letters, such as 3511 ED.",
    "apply_fault_invalid_country": "Choose a country from the list.",
    "apply_fault_invalid_email": "This e-mail address cannot be right. Write it like "
    "name@company.nl.",
    "apply_fault_invalid_phone": "This phone number cannot be right. Write it like 06 12345678 or "
    "+31 6 12345678.",
    "apply_fault_invalid_iban": "This IBAN cannot be right. Check the digits.",
    "apply_fault_invalid_amount": "Fill in an amount in euros above zero, such as 5,000.",
    "apply_fault_amount_too_large": "Fill in an amount of at most 10 million euros.",
    "apply_fault_invalid_terms": "Choose a number of days from the list.",
    "apply_fault_consent_missing": "Tick the box to agree. Without it we may not check your "
    "details.",
    # what became of it
    "apply_reference": "Application number",
    "apply_submitted_on": "Sent on",
    "apply_decided_on": "Decided on",
    "apply_withdrawn_on": "Withdrawn on",
    "apply_limit": "On account up to",
    "apply_terms": "Pay within",
    "apply_submitted_title": "Your application was sent",
    "apply_submitted_text": "{creditor} will look at your application, usually within three "
    "working days. You do not have to do anything now.",
    "apply_submitted_next": "Keep the link of this page. You will find the decision here too.",
    "apply_approved_title": "Your application was approved",
    "apply_approved_text": "From now on you can buy on account from {creditor}.",
    "apply_approved_next": "With every order we check whether there is enough room.",
    "apply_rejected_title": "Your application was not approved",
    "apply_rejected_text": "{creditor} looked at your application and cannot give the credit you "
    "asked for now. You can still order and pay right away.",
    "apply_rejected_next": "Do you think something is not right, or has something changed? Then "
    "please contact us.",
    "apply_rejected_person": "A person took this decision. You have the right to an explanation by "
    "a person, you may say what you think of it, and you may ask us to look at it again.",
    "apply_withdrawn_title": "The application was withdrawn",
    "apply_withdrawn_text": "Nothing more will happen with this application.",
    "apply_withdrawn_next": "Would you like to buy on account after all? Then ask {creditor} for a "
    "new link.",
    "apply_expired_title": "The time for this application is over",
    "apply_expired_text": "We do not keep what you filled in.",
    "apply_expired_next": "Would you still like to buy on account? Then ask {creditor} for a new "
    "link.",
    "apply_gone_title": "This link does not work",
    "apply_gone_text": "The link may have expired, or part of it may be missing. Please open "
    "it again from the message you got.",
    "apply_gone_next": "Does that not help? Ask the company you want to buy from for a new link.",
    "apply_back": "Back to {creditor}",
    "apply_withdraw_title": "Withdraw application",
    "apply_withdraw_text": "We will then no longer look at your application. You cannot undo this. "
    "You can apply again later.",
    "apply_withdraw_button": "Yes, withdraw the application",
}
