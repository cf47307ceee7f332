"""English on the pages for money: the worklist and a bank line."""

from __future__ import annotations

WORDS = {
    "desk_money_menu": "Money",
    "desk_money_title": "Money that waits",
    "desk_money_back": "Back to the money that waits",
    "desk_money_to_day": "Is the day right? Ledger, provider and bank",
    "desk_money_one": "1 item waits for somebody",
    "desk_money_many": "{count} items wait for somebody",
    "desk_money_kinds_line": "Bank lines",
    "desk_money_kinds_payment": "Money without an invoice",
    "desk_money_kinds_difference": "Differences with a provider",
    "desk_money_count_one": "1 item",
    "desk_money_count_many": "{count} items",
    "desk_money_went": "and out: {amount}",
    "desk_money_sum_none": "Nothing to do",
    "desk_money_cut": "More waits than this page reads at once. The amounts are those of the "
    "oldest items.",
    "desk_money_filter": "Which money",
    "desk_money_nameless": "Unknown payer",
    "desk_money_no_proposal": "No proposal yet",
    "desk_money_being_matched": "Being matched now",
    "desk_money_label_payment": "Without an invoice",
    "desk_money_label_difference": "Difference",
    "desk_money_both": "{provider}: {theirs}, ledger: {ours}.",
    "desk_money_nothing": "nothing",
    "desk_money_empty_title": "All money has its place",
    "desk_money_empty_text": "No bank line, no money without an invoice and no difference waits. "
    "What is new comes here by itself.",
    "desk_money_empty_kind": "Nothing of this kind waits. See under All what still does.",
    "desk_money_gone_title": "This item is not here",
    "desk_money_gone_text": "Perhaps it was settled more than a month ago.",
    # one bank line
    "desk_money_line_title": "{amount} from {name}",
    "desk_money_line_back": "{amount} back to {name}",
    "desk_money_owner": "Waits for {name}",
    "desk_money_g_account": "G-account",
    "desk_money_bank_title": "What the bank said",
    "desk_money_fact_amount": "Amount",
    "desk_money_fact_booked": "Booked on",
    "desk_money_fact_value": "Value date",
    "desk_money_fact_payer": "Name",
    "desk_money_fact_iban": "IBAN",
    "desk_money_fact_behalf": "On behalf of",
    "desk_money_fact_text": "Description",
    "desk_money_fact_reference": "Payment reference",
    "desk_money_fact_end_to_end": "The payer's reference",
    "desk_money_fact_mandate": "Mandate",
    "desk_money_fact_return": "Reason of the return",
    "desk_money_fact_bank_reference": "The bank's reference",
    "desk_money_fact_account": "On your account",
    "desk_money_fact_statement": "Statement",
    "desk_money_why_title": "Why this was not booked by itself",
    "desk_money_score": "score {score} of 100",
    "desk_money_col_invoice": "Invoice",
    "desk_money_col_due": "Due",
    "desk_money_col_open": "Open",
    "desk_money_disputed": "Disputed",
    "desk_money_for": "For these invoices",
    "desk_money_open_sum": "Open together",
    "desk_money_settled": "No longer open: {numbers}",
    "desk_money_others": "What else is open ({count})",
    "desk_money_book_these": "Book on these invoices",
    "desk_money_book_debtor": "Book on this customer",
    "desk_money_no_proposal_text": "Nothing in this line points at a customer. Choose below, or "
    "set the line aside.",
    "desk_money_not_bookable": "This is no money from a payer. There is nothing to book on an "
    "invoice.",
    "desk_money_look_only": "You can look at this. Somebody with the role finance or credit "
    "manager may book it.",
    # by hand
    "desk_money_hand_title": "Choose by hand",
    "desk_money_hand_text": "Divide {amount} over one customer or several.",
    "desk_money_share": "Customer {nth}",
    "desk_money_debtor": "Customer number",
    "desk_money_debtor_hint": "The number as Kasstroom has it.",
    "desk_money_invoices": "Invoice numbers",
    "desk_money_invoices_hint": "With a comma between them, the first is paid first. Empty: the "
    "money stays with the customer.",
    "desk_money_amount": "Amount for this customer",
    "desk_money_amount_hint": "Empty is the whole amount. With several customers, empty is what "
    "these invoices have open.",
    "desk_money_look": "Show what is open",
    "desk_money_more": "One more customer",
    "desk_money_more_items": "And {count} more invoices. Type the number of those.",
    "desk_money_nothing_open": "This customer has nothing open.",
    "desk_money_hand_button": "Book as I divide it",
    # not a debtor's, and back again
    "desk_money_aside_title": "Not a customer's money",
    "desk_money_aside_why": "What is it then?",
    "desk_money_aside_hint": "For example costs, tax or a transfer of your own. This is kept.",
    "desk_money_aside_button": "Set aside",
    "desk_money_undo": "This is not right",
    "desk_money_undo_why": "Why do you take this back?",
    "desk_money_undo_hint": "The invoices open again and the line waits again. The ledger keeps "
    "both, with your reason.",
    "desk_money_undo_button": "Undo",
    "desk_money_done_matched": "Booked",
    "desk_money_done_cleared": "Belongs to a payout",
    "desk_money_done_set_aside": "Set aside",
    "desk_money_done_by": "By {name}",
    "desk_money_next": "To the next one",
    "desk_money_history": "What happened to this line",
    "desk_money_told": "Read on {moment}",
    "desk_money_history_none": "Nothing was booked yet.",
    "desk_money_on_no_invoice": "without an invoice yet",
    "desk_money_first_matched": "{who} was first: this line is booked already. What you asked was "
    "not done. This is how it is now.",
    "desk_money_first_set_aside": "{who} was first: this line is set aside. What you asked was not "
    "done. This is how it is now.",
    "desk_money_first_cleared": "This line was settled with a payout already. What you asked was "
    "not done.",
    "desk_money_first_waiting": "This line changed while you looked. What you asked was not done. "
    "Look below and press again when it is right.",
    # what went wrong
    "desk_money_book_back": "Book as taken back",
    "desk_money_paid_then": "Paid then: {numbers}. Those open again.",
    "desk_money_hand_back": "Of which customer did this come back? Name invoices when several "
    "payments fit.",
    "desk_money_said_one_debtor": "Money that came back is of one customer. Name only that one.",
    "desk_money_said_payment_not_found": "Customer {debtor} made no payment that this can be.",
    "desk_money_said_several_payments": "Several payments of customer {debtor} fit. Name the "
    "invoices that were paid then.",
    "desk_money_said_wrong_count": "Fill in one customer at least, and no more than five.",
    "desk_money_said_too_many_invoices": "These are too many invoices at once. Fill in the "
    "customer only and put the money on the invoices afterwards.",
    "desk_money_said_debtor_twice": "The same customer is there twice. Put the invoices together.",
    "desk_money_said_does_not_add_up": "The parts together are not the amount of the bank line. "
    "Divide exactly {amount}.",
    "desk_money_said_invoice_not_found": "One of these invoices is not of customer {debtor}: "
    "{invoices}. Check the number.",
    "desk_money_said_debtor_not_found": "There is no customer {debtor}. Check the number.",
    "desk_money_said_amount_missing": "Fill in how much is for this customer, or for which "
    "invoices.",
    "desk_money_said_wrong_currency": "This line is in {currency}.",
    "desk_money_said_not_positive": "Fill in an amount above zero.",
    "desk_money_said_invalid_amount": "This is not an amount. Write it as 1,250.00.",
    "desk_money_said_reason_missing": "Write down why. Without a reason we do not keep this.",
    "desk_money_said_not_a_receipt": "Only money that came in from a payer belongs on an invoice.",
    "desk_money_said_cannot_be_undone": "This follows from what the bank said and cannot be taken "
    "back here.",
    "desk_money_said_direct_debit": "This is a direct debit of your own. It comes back through the "
    "bank only, and is booked then.",
    "desk_money_said_went_back": "Part of this money went back to the payer. Settle that first.",
    "desk_money_said_role_required": "You can look at this. Somebody with the role finance or "
    "credit manager may book it.",
    "desk_money_said_form_outdated": "This page was of another session. Nothing was done. Check "
    "what it says and press again.",
    "desk_money_said_changed_meanwhile": "Something just changed at this customer. Nothing was "
    "done. Press again.",
    "desk_money_said_malformed_form": "Use a button of this page. Nothing was done.",
}
