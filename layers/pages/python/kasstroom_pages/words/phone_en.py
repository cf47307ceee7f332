"""What a colleague says on the phone, and minds: English, B1."""

from __future__ import annotations

WORDS = {
    "phone_open": "Good day, this is (your name) from {creditor}. Am I speaking to {name}?",
    "phone_open_nameless": "Good day, this is (your name) from {creditor}. Who am I speaking to?",
    "phone_mind": "Please note: say what it is about only when you speak to the right person. "
    "Leave nothing about the invoice on a voicemail.",
    "phone_pre_reminder": "I am calling in good time about {items}. It is about {amount}. "
    "The payment date is {day}. Did you get the invoice?",
    "phone_reminder": "I am calling about {items}. {amount} is open. We have not seen a payment "
    "yet. Did you get the invoice?",
    "phone_second_reminder": "I am calling about {items}. {amount} is open. We wrote to you about "
    "it before. Can you tell me what is going on?",
    "phone_notice": "I am calling about {items}. {amount} is open and the payment date has passed. "
    "When can you pay, or how can we help you?",
    "phone_fourteen_day_letter": "I am calling about {items}. {amount} is open. You will get a "
    "letter from us about it. Would you please read it well? It says what you can do.",
    "phone_fourteen_day_letter_mind": "Please note: mention no other term and no other amounts "
    "than those in the letter. This call does not replace the letter.",
    "phone_final_demand": "I am calling about {items}. {amount} is open. We have written to you "
    "before. We would like to find a solution together with you. What is possible for you?",
    "phone_paid": "Already paid? Ask on which day and from which account. Say thank you and that "
    "we will look into it.",
    "phone_cannot_pay": "Cannot pay? Ask what is possible: another day, or paying in parts. "
    "Promise nothing that you may not agree on yourself.",
    "phone_disagree": "Is something not right? Ask what it is and write it down. Say that we will "
    "find out first.",
    "phone_debt_help": "Do you hear that somebody has money worries? Mention Geldfit (the Dutch "
    "debt help route) and the municipality.",
    "phone_close": "Repeat what you agreed: which amount and which day. Say thank you for the "
    "call.",
}
