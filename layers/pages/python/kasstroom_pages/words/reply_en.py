"""What a debtor reads when they answer a message: English, B1."""

from __future__ import annotations

WORDS = {
    "reply_about": "It is about",
    "reply_which_paid": "Which invoices have you paid?",
    "reply_which_disagree": "Which invoices are not right?",
    "reply_optional": "not required",
    "reply_back": "Back to the payment page",
    "reply_other_paid": "Have you paid another invoice as well?",
    "reply_other_disagree": "Is another invoice not right either?",
    "reply_fault_none": "Choose at least one invoice.",
    "reply_fault_day": "We cannot read this date. Write it like 28-8-2026.",
    "reply_fault_future": "This day is still to come. Fill in the day on which you paid.",
    "reply_fault_account": "Fill in the last four characters of your IBAN, or leave it empty.",
    "reply_fault_long": "This is too long. You can use at most {most} characters.",
    "reply_fault_unseen": "There is a character in it that we cannot read. Please type it again.",
    "reply_fault_reason": "Choose what is not right.",
    "reply_fault_many": "You chose more than one invoice. Leave the amount empty, or choose one.",
    # already paid
    "reply_paid_title": "You have already paid",
    "reply_paid_text": "Tell us and we will look for your payment. For {days} days you get no "
    "reminder of it.",
    "reply_paid_on": "When did you pay?",
    "reply_paid_account": "From which account? The last four characters of the IBAN",
    "reply_paid_hint": "This helps us to find your payment faster.",
    "reply_paid_button": "I have already paid",
    "reply_paid_done": "Thank you. We will look for your payment",
    "reply_paid_done_text": "You told us on {day} that you have paid. Until {until} you get no "
    "reminder of it.",
    "reply_paid_next": "When we find your payment, you do not have to do anything. If we do not "
    "find it, we will write to you after {until}.",
    "reply_paid_over": "We have not found your payment yet",
    "reply_paid_over_text": "You told us on {day} that you have paid. Please send us a proof of "
    "payment, or call us. Then we will sort it out together.",
    # cannot pay
    "reply_cannot_pay_title": "You cannot pay now",
    "reply_cannot_pay_text": "That can happen to anyone. Tell us, and a colleague will contact you "
    "to find a solution. For {days} days you get no reminders.",
    "reply_cannot_pay_said": "What can you do?",
    "reply_cannot_pay_hint": "For example: I can pay 50 euros every month. Please do not write "
    "about your health.",
    "reply_cannot_pay_button": "I cannot pay now",
    "reply_cannot_pay_done": "Thank you for telling us",
    "reply_cannot_pay_done_text": "You told us on {day} that you cannot pay now. Until {until} you "
    "get no reminders.",
    "reply_cannot_pay_next": "A colleague will contact you. You do not have to do anything now.",
    "reply_cannot_pay_over_text": "You told us on {day} that you cannot pay now. We have not "
    "spoken yet. Please call or e-mail us, then we will find a solution together.",
    "reply_part_online": "Pay a part now",
    "reply_part_transfer": "Can you pay a part already? Transfer it to {iban} with reference "
    "{reference}.",
    "reply_debt_help": "Help with debts",
    # does not agree
    "reply_disagree_title": "You do not agree",
    "reply_disagree_text": "Tell us what is not right. We will not ask you for this amount until "
    "somebody has looked at it.",
    "reply_disagree_reason": "What is not right?",
    "reply_disagree_choose": "Choose a reason",
    "reply_disagree_amount": "About which amount is it?",
    "reply_disagree_hint": "Leave it empty if the whole invoice is not right.",
    "reply_disagree_said": "What happened?",
    "reply_disagree_button": "I do not agree",
    "reply_disagree_done": "We are looking into it",
    "reply_disagree_done_text": "You told us that this is not right. Until somebody has "
    "looked at it, you do not have to pay {amount}.",
    "reply_disagree_next": "You will hear from us what comes of it.",
    "reply_disagree_call": "Please contact us",
    "reply_disagree_call_text": "You told us before that this is not right. You cannot do that "
    "here again. Please call or e-mail us.",
    "reply_nothing_asked": "You do not have to pay anything on this page now.",
    "reply_still": "{amount} is still open. That you do have to pay.",
    "reply_pay_rest": "Pay {amount}",
    "reason_not_delivered": "I have not received it",
    "reason_damaged": "It was damaged or it does not work",
    "reason_wrong_goods": "I received something else",
    "reason_wrong_amount": "The amount is not right",
    "reason_not_ordered": "I did not order this",
    "reason_already_paid": "I have already paid",
    "reason_credit_expected": "I should get money back",
    "reason_other": "Something else",
}
