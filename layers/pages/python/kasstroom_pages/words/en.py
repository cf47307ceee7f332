"""English, B1."""

from __future__ import annotations

WORDS = {
    # every page
    "page_title": "Pay your invoice",
    "preview_title": "Payment page",
    "preview_text": "See what is open and pay through your own bank.",
    "kvk": "KvK {number}",
    "test_mode": "Test environment",
    "check_domain": "Always check that the address starts with <strong>{domain}</strong>.",
    "never_ask": "We never ask for your PIN or ask you to verify yourself.",
    # what is owed
    "to_pay": "To pay",
    "days_late_one": "1 day past the payment date",
    "days_late_many": "{days} days past the payment date",
    "due_today": "Today is the payment date",
    "days_left_one": "You have 1 day left",
    "days_left_many": "You have {days} days left",
    "invoice": "Invoice {number}",
    "credit_note": "Credit note {number}",
    "due_on": "payment date {day}",
    "lines_label": "What is open",
    "still_open": "What is open",
    "instalment": "Instalment {number} of {of}, please pay on or before {day}.",
    "part_of": "This is a part of the {amount} that is open.",
    "free_label": "How much do you want to pay?",
    "free_hint": "From {least} to {most}.",
    "free_hint_most": "At most {most}.",
    "free_oldest": "You pay the oldest invoice first.",
    "free_amount_missing": "Fill in how much you want to pay.",
    "free_amount_unread": "We cannot read this as an amount. Write it like 125 or 125.50.",
    "free_amount_too_low": "You cannot pay less than {least}.",
    "free_amount_too_high": "{most} is open. Fill that in, or less.",
    "pay_button_other": "Pay with {method}",
    "method_wero": "Wero",
    "method_bancontact": "Bancontact",
    "method_creditcard": "card",
    "method_paypal": "PayPal",
    "method_kbc": "KBC",
    "method_belfius": "Belfius",
    "pay_button": "Pay with iDEAL\u00a0|\u00a0Wero",
    "pay_hint": "You will go to the secure environment of your own bank.",
    "not_online": "You cannot pay this amount online. Please transfer it to our account.",
    "expires_on": "This page works until {day}.",
    # notices above the amount
    "notice_not_paid": "Your payment was not completed. No money was taken. You can try again.",
    "notice_amount_changed": "The amount has changed since you opened this page. "
    "Below is what you still have to pay.",
    "notice_still_pending": "We are still waiting for your bank about your previous payment. "
    "Have you already paid? Then you do not have to do anything now.",
    "notice_press_again": "This page was open for too long. Please press the button once more.",
    # bank transfer
    "transfer_only": "Transfer it yourself",
    "transfer_title": "Rather transfer it yourself?",
    "transfer_hint": "Copy these details exactly. Then we see right away that you have paid.",
    "iban": "IBAN",
    "account_name": "In the name of",
    "amount": "Amount",
    "reference": "Reference",
    "qr_title": "QR code with the details for a bank transfer",
    "qr_hint": "Scan it with the app of your bank. Not every bank app reads this code.",
    # help
    "help_title": "Need help?",
    "help_paid": "I have already paid",
    "help_parts": "Pay in parts",
    "help_wrong": "Is this not right?",
    "help_question": "Ask a question",
    "help_subject_paid": "I have already paid, reference {reference}",
    "help_subject_parts": "I want to pay in parts, reference {reference}",
    "help_subject_wrong": "This is not right, reference {reference}",
    "help_subject_question": "Question, reference {reference}",
    "help_call": "Rather call? {phone}",
    # back from the bank
    "state_paid_title": "Thank you, we have your payment",
    "state_paid_text": "You do not have to do anything else. You can save or print this page.",
    "state_part_paid_title": "Thank you, we have your payment",
    "state_part_paid_text": "{amount} is still open. You can pay that now or later.",
    "state_pending_title": "We are waiting for your bank",
    "state_pending_text": "This usually takes a few seconds. This page checks by itself whether "
    "your payment has arrived. You do not have to pay again.",
    "state_processing_title": "Thank you, we have your payment",
    "state_processing_text": "We are recording your payment now. You do not have to do anything "
    "else, and you do not have to pay again.",
    "state_slow_title": "Your bank needs more time",
    "state_slow_text": "We have not heard from your bank yet. Has the money left your account? "
    "Then you do not have to do anything: we record your payment as soon as we hear.",
    "state_failed_title": "The payment did not work",
    "state_failed_text": "No money was taken. Try again, or transfer the amount yourself.",
    "state_canceled_title": "You stopped paying",
    "state_canceled_text": "No money was taken. You can continue later with the same link.",
    "state_expired_title": "The time to pay has passed",
    "state_expired_text": "Your bank stopped the payment because it took too long. "
    "No money was taken.",
    "refresh_now": "Check now",
    "back_to_pay": "Back to paying",
    "pay_rest": "Pay the rest",
    "proof_amount": "Paid",
    "proof_date": "Date",
    "proof_creditor": "To",
    "proof_invoices": "Invoices",
    "proof_invoice": "Invoice",
    "proof_remaining": "Still open",
    "nothing_title": "Nothing is open any more",
    "nothing_text": "This link has been paid. You do not have to do anything else.",
    # problems
    "gone_title": "This link does not work",
    "gone_text": "The link may have expired, the amount may be paid already, or you may have "
    "received a newer link. Please look at the last message you got.",
    "gone_next": "Does that not help? Call or e-mail the company that sent you the invoice. "
    "Use the phone number or e-mail address on your invoice.",
    "busy_title": "Please wait a moment",
    "busy_text": "This page was opened too often in a short time.",
    "busy_next": "Wait a minute and then try again.",
    "method_title": "This is not possible here",
    "method_text": "This page does not understand your request.",
    "method_next": "Please open the link in your message again.",
    "error_title": "Something went wrong on our side",
    "error_text": "This is not your fault. No money was taken because of this error.",
    "error_next": "Please try again in a few minutes.",
    "error_code": "Code to mention if you call or e-mail us: {code}",
    "trouble_title": "Paying through your bank does not work right now",
    "trouble_text": "No money was taken. Try again in a few minutes, "
    "or transfer the amount yourself.",
    "trouble_retry": "Try again",
    # messages: shared
    "items_one": "invoice {number}",
    "items_two": "invoices {number} and {other}",
    "items_many": "invoice {number} and {others} more",
    "items_amount_one": "{items} of {amount}",
    "items_amount_many": "{items} ({amount})",
    "mail_greeting": "Dear {name},",
    "mail_greeting_nameless": "Dear sir or madam,",
    "mail_total": "Total to pay",
    "mail_button": "View and pay",
    "mail_button_hint": "On the page you choose: pay now, pay in parts, "
    "tell us something is not right, or ask a question.",
    "mail_own_way": "Rather not press a button?",
    "mail_own_way_type": "Go to {domain} yourself and type the full address:",
    "mail_own_way_transfer": "Or transfer the amount:",
    "mail_paid": "Have you already paid? Then our messages have crossed "
    "and you do not have to do anything.",
    "mail_question": "Is something not right, or can you not pay? Reply to this message{or_call}. "
    "Then we will look for a solution together.",
    "mail_or_call": " or call {phone}",
    "mail_closing": "Kind regards,",
    # messages: the three steps
    "mail_reminder_subject": "Reminder: {items} from {creditor}",
    "mail_reminder_title": "A reminder about your invoice",
    "mail_reminder_text": "You may have missed it: we have not seen a payment yet for {items}. "
    "Would you please have a look?",
    "mail_reminder_early_title": "The payment date is coming up",
    "mail_reminder_early_text": "We would like to remind you in good time of {items}. "
    "The payment date is {day}.",
    "mail_second_reminder_subject": "Second reminder: {items} from {creditor}",
    "mail_second_reminder_title": "Second reminder",
    "mail_second_reminder_text": "We wrote to you before about {items}. We have not seen a payment "
    "yet. Would you please pay, or tell us what is going on?",
    "mail_final_demand_subject": "Last reminder: {items} from {creditor}",
    "mail_final_demand_title": "Last reminder",
    "mail_final_demand_text": "We have written to you before about {items}. The amount is still "
    "open. {pay_by}",
    "mail_pay_by": "Would you please pay on or before {day}, or agree with us how you will pay?",
    "mail_pay_now": "Would you please pay now, or agree with us how you will pay?",
    "mail_final_demand_next": "What happens if we do not hear from you? Then one of our people "
    "decides what comes next. We may ask a collection agency to help us. We will not do that "
    "before you get a separate letter from us about it.",
    # SMS: the link closes the text
    "sms_reminder": "{creditor} reminds you of {items}. {call}Pay or reply: {url}",
    "sms_second_reminder": "{creditor}: 2nd reminder for {items}. {call}Pay or reply: {url}",
    "sms_final_demand": "{creditor}: last reminder for {items}. {call}Pay or talk to us: {url}",
    "sms_call": "Questions? {phone}. ",
    # WhatsApp utility templates
    "whatsapp_reminder": "Dear {name}, this is a reminder from {creditor} about {items}. "
    "{amount} is still open.",
    "whatsapp_second_reminder": "Dear {name}, this is the second reminder from {creditor} about "
    "{items}. {amount} is still open. Can you not pay? Please let us know.",
    "whatsapp_final_demand": "Dear {name}, this is the last reminder from {creditor} about "
    "{items}. {amount} is still open. Would you please pay, or agree with us how you will pay?",
    "whatsapp_close": "You can pay or reply with the button below. You can also transfer it "
    "yourself: {iban}, reference {reference}. "
    "We never ask for your PIN or ask you to verify yourself.",
    "whatsapp_button": "View and pay",
    # documentation
    "docs_title": "API documentation",
}
