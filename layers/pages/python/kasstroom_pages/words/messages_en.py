"""What every message shares, and the short channels: English, B1."""

from __future__ import annotations

WORDS = {
    "items_one": "invoice {number}",
    "items_two": "invoices {number} and {other}",
    "items_many": "invoice {number} and {others} more",
    "items_amount_one": "{items} of {amount}",
    "items_amount_many": "{items} ({amount})",
    # mails
    "mail_greeting": "Dear {name},",
    "mail_greeting_nameless": "Dear sir or madam,",
    "mail_total": "Total to pay",
    "mail_costs": "Collection costs",
    "mail_costs_vat": "Collection costs, with VAT",
    "mail_interest": "Statutory interest",
    "mail_button": "View and pay",
    "mail_button_hint": "On the page you choose: pay now, tell us that you cannot pay, "
    "or that something is not right.",
    "mail_links": "Or let us know right away:",
    "mail_link_paid": "I have already paid",
    "mail_link_cannot_pay": "I cannot pay",
    "mail_link_disagree": "This is not right",
    "mail_own_way": "Rather not press a button?",
    "mail_own_way_type": "Go to {domain} yourself and type the full address:",
    "mail_own_way_transfer": "Or transfer the amount:",
    "mail_paid": "Have you already paid? Then our messages have crossed "
    "and you do not have to do anything.",
    "mail_question": "Is something not right, or can you not pay? Reply to this message{or_call}. "
    "Then we will look for a solution together.",
    "mail_or_call": " or call {phone}",
    "mail_debt_help": "Do you have more bills than you can pay? You are not alone. Ask for help "
    "from Geldfit (the Dutch debt help route) or from your municipality.",
    "mail_closing": "Kind regards,",
    "mail_pay_by": "Would you please pay on or before {day}, or agree with us how you will pay?",
    "mail_pay_now": "Would you please pay now, or agree with us how you will pay?",
    # letters
    "letter_number": "Invoice",
    "letter_issued": "Invoice date",
    "letter_due": "Payment date",
    "letter_open": "Still to pay",
    "letter_question": "Is something not right, or can you not pay? {ways} "
    "Then we will look for a solution together.",
    "letter_ways_both": "Call {phone} or e-mail {email}.",
    "letter_ways_phone": "Call {phone}.",
    "letter_ways_mail": "E-mail {email}.",
    "letter_links": "You can also tell us online what is going on:",
    "letter_link": "{label}: {url}",
    # SMS: the link closes the text
    "sms_pre_reminder": "{creditor}: please remember {items}. {call}Pay or reply: {url}",
    "sms_reminder": "{creditor} reminds you of {items}. {call}Pay or reply: {url}",
    "sms_second_reminder": "{creditor}: 2nd reminder for {items}. {call}Pay or reply: {url}",
    "sms_notice": "{creditor}: we miss your payment for {items}. {call}Pay or talk to us: {url}",
    "sms_fourteen_day_letter": "{creditor}: you will get a letter on {items}. {call}"
    "Read or pay: {url}",
    "sms_final_demand": "{creditor}: last reminder for {items}. {call}Pay or talk to us: {url}",
    "sms_call": "Questions? {phone}. ",
    # WhatsApp utility templates
    "whatsapp_pre_reminder": "Dear {name}, {creditor} would like to remind you in good time of "
    "{items}. It is about {amount}. The payment date is coming up.",
    "whatsapp_reminder": "Dear {name}, this is a reminder from {creditor} about {items}. "
    "{amount} is still open.",
    "whatsapp_second_reminder": "Dear {name}, this is the second reminder from {creditor} about "
    "{items}. {amount} is still open. Can you not pay? Please let us know.",
    "whatsapp_notice": "Dear {name}, {creditor} has not seen a payment yet for {items}. "
    "{amount} is open. Would you please pay, or agree with us how you will pay?",
    "whatsapp_fourteen_day_letter": "Dear {name}, you will get a letter from {creditor} about "
    "{items}. {amount} is open. Please read the letter well: it says what you can do.",
    "whatsapp_final_demand": "Dear {name}, this is the last reminder from {creditor} about "
    "{items}. {amount} is still open. Would you please pay, or agree with us how you will pay?",
    "whatsapp_close": "You can pay or reply with the button below. You can also transfer it "
    "yourself: {iban}, reference {reference}. "
    "We never ask for your PIN or ask you to verify yourself.",
    "whatsapp_button": "View and pay",
    # thanks
    "thanks_subject": "Thank you, we received {amount}: {creditor}",
    "thanks_title": "Thank you, we have your payment",
    "thanks_text": "We received {amount} from you for {items}.",
    "thanks_done": "Nothing of this is open any more. You do not have to do anything else.",
    "thanks_rest": "{amount} is still open. You can pay that later.",
    "thanks_question": "Do you have a question? Reply to this message{or_call}.",
    "thanks_sms": "Thank you. {creditor} received {amount} from you for {items}. {rest}",
    "thanks_sms_done": "You do not have to do anything else.",
    "thanks_whatsapp": "Dear {name}, thank you. {creditor} received {amount} from you for "
    "{items}. You do not have to reply to this message.",
}
