"""What each step says in a mail and a letter, per tone: English, B1. A key that ends in `_company`
is read instead of the one without it when a business owes the money."""

from __future__ import annotations

WORDS = {
    # before the payment date
    "mail_pre_reminder_subject": "To be paid soon: {items} from {creditor}",
    "mail_pre_reminder_title": "The payment date is coming up",
    "mail_pre_reminder_friendly": "We would like to remind you in good time of {items}. "
    "The payment date is {day}. That way you do not have to think of it yourself.",
    "mail_pre_reminder_neutral": "We would like to remind you in good time of {items}. "
    "The payment date is {day}.",
    "mail_pre_reminder_firm": "The payment date of {items} is {day}. "
    "Would you please make sure that we have the amount on that day?",
    # after it
    "mail_reminder_subject": "Reminder: {items} from {creditor}",
    "mail_reminder_title": "A reminder about your invoice",
    "mail_reminder_friendly": "You may have missed it: we have not seen a payment yet for {items}. "
    "Would you please have a look?",
    "mail_reminder_neutral": "We have not seen a payment yet for {items}. The payment date has "
    "passed. Would you please pay, or tell us what is going on?",
    "mail_reminder_firm": "The payment date of {items} has passed and we have not seen a payment "
    "yet. Would you please pay the amount now?",
    # a payment that came and was taken back
    "mail_returned": "Your payment for {items} was reversed. That is why this amount is open "
    "again.",
    "mail_returned_ask": "Perhaps you did not know. Would you please pay again, or tell us what is "
    "going on?",
    "mail_second_reminder_subject": "Second reminder: {items} from {creditor}",
    "mail_second_reminder_title": "Second reminder",
    "mail_second_reminder_friendly": "We wrote to you before about {items}. We have not seen a "
    "payment yet. Is it difficult? Tell us, and we will think along with you.",
    "mail_second_reminder_neutral": "We wrote to you before about {items}. We have not seen a "
    "payment yet. Would you please pay, or tell us what is going on?",
    "mail_second_reminder_firm": "We wrote to you before about {items}. The amount has still not "
    "been paid. Would you please pay it now, or tell us why you cannot?",
    # the notice of default (art. 6:82 BW): a day to pay by
    "mail_notice_subject": "Your payment is late: {items} from {creditor}",
    "mail_notice_title": "Your payment is late",
    "mail_notice_friendly": "We have not seen a payment yet for {items}. There may be a reason for "
    "that. Please tell us. {pay_by}",
    "mail_notice_neutral": "The payment date of {items} has passed and we have not seen a payment "
    "yet. {pay_by}",
    "mail_notice_firm": "You should have paid {items} before now. {pay_by}",
    "mail_notice_next": "This letter is a notice of default. It means: if you do not pay on or "
    "before {day}, you are late according to the law after that day (in default).",
    "mail_notice_next_company": "This letter is a notice of default. It means: if your company "
    "does not pay on or before {day}, it is late according to the law after that day (in "
    "default).",
    # the fourteen-day letter (art. 6:96 lid 6 BW)
    "mail_fourteen_day_letter_subject": "You can still pay without extra: {items} from {creditor}",
    "mail_fourteen_day_letter_title": "You can still pay without extra costs",
    "mail_fourteen_day_letter_friendly": "We have not seen a payment yet for {items}. "
    "We would like to keep you from extra costs. That is why we write this letter to you.",
    "mail_fourteen_day_letter_neutral": "We have not seen a payment yet for {items}. "
    "In this letter you read how to avoid extra costs.",
    "mail_fourteen_day_letter_firm": "The payment date of {items} has passed and we have not seen "
    "a payment yet. In this letter you read what follows from that.",
    "law14_term": "Do you pay {principal} {term}? Then you pay no collection costs.",
    "law14_costs": "Do you not pay within that time? Then you also have to pay collection costs. "
    "The collection costs are {total_costs}. Together with what is open that makes {total}.",
    "law14_vat": "These collection costs include {vat} of VAT: the costs themselves are {costs}. A "
    "collection service charges us that VAT and we cannot deduct the VAT.",
    "law14_part": "Do you pay a part in time? Then we calculate the collection costs over the "
    "part that is still open then.",
    "law14_source": "This is what the law says: article 6:96 of the Dutch Civil Code and the "
    "Decree on compensation for extrajudicial collection costs.",
    "mail_fourteen_day_letter_subject_company": "Avoid collection costs: {items} from {creditor}",
    "mail_fourteen_day_letter_title_company": "Your company can still pay without extra costs",
    "law14_company": "For companies the law says: when the payment date has passed, we may charge "
    "collection costs. That takes no separate letter. It is at least €40 per invoice (article "
    "6:96 paragraph 4 of the Dutch Civil Code).",
    "law14_company_costs": "For your company the collection costs are {total_costs}. We do not "
    "charge them yet. {pay_by} If we hear nothing, we ask {total}.",
    # the last one
    "mail_final_demand_subject": "Last reminder: {items} from {creditor}",
    "mail_final_demand_title": "Last reminder",
    "mail_final_demand_friendly": "We have written to you before about {items}. We would like to "
    "find a solution together with you. {pay_by}",
    "mail_final_demand_neutral": "We have written to you before about {items}. The amount is still "
    "open. {pay_by}",
    "mail_final_demand_firm": "We have written to you before about {items} and we have still not "
    "seen a payment. {pay_by}",
    "mail_final_demand_costs": "In an earlier letter we wrote how you could avoid collection "
    "costs. The time for that has passed. That is why collection costs have been added now.",
    "mail_final_demand_costs_company": "Because the payment date has passed, we charge your "
    "company collection costs (article 6:96 paragraph 4 of the Dutch Civil Code).",
    "mail_final_demand_next": "What happens if we do not hear from you? Then one of our people "
    "decides what comes next. We may ask a collection agency to help us. We will not do that "
    "before you get a separate letter from us about it.",
    "mail_final_demand_next_sent": "What happens if we do not hear from you? Then one of our "
    "people decides what comes next. We may ask a collection agency to help us.",
    "mail_final_demand_next_company": "What happens if we do not hear from your company? Then one "
    "of our people decides what comes next. We may ask a collection agency to help us.",
}
