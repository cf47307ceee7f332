"""English at the desk's door: signing in with an account, and who may see a page."""

from __future__ import annotations

WORDS = {
    "door_account": "Sign in with your account",
    "door_account_tab": "Sign in on a new tab",
    "door_account_hint": "You sign in on a separate page and then come back here.",
    "door_tab_hint": "Sign in there and come back here. What you typed stays on this page.",
    "door_or_key": "Or with a personal key",
    "door_typed_go_on": "Go on with what I typed",
    "door_other_account": "Sign in with another account",
    "door_go_on": "Go on",
    "door_in_title": "You are signed in",
    "door_in_text": "You are taken further in a moment.",
    "door_out_title": "You are signed out",
    "door_out_text": "You are now signed out of the sign-in page too.",
    "door_barred_title": "This page is not for you",
    "door_barred_text": "You are signed in, but only somebody with one of these roles may do this. "
    "Do you need it for your work? Ask your administrator for the role.",
    "door_barred_nobody": "Nobody may do this here. Go back to the overview.",
    "door_role_finance": "Finance",
    "door_role_credit_manager": "Credit manager",
    "door_role_collector": "Collector",
    "door_role_sales": "Sales",
    "door_role_auditor": "Auditor",
    "desk_said_account_state": "This sign-in took too long, or began in another window. Nothing "
    "happened. Sign in again.",
    "desk_said_account_refused": "Signing in did not work. Sign in again. Does it fail once more? "
    "Ask your administrator to look at your account.",
    "desk_said_account_cancelled": "You are not signed in: the sign-in was broken off. Sign in "
    "again to go on.",
    "desk_said_account_without_org": "Your account belongs to no organisation that is known here. "
    "Ask your administrator to set up your account.",
    "desk_said_account_without_role": "Your account has no role yet. Ask your administrator for a "
    "role and sign in again.",
    "desk_said_account_unavailable": "The sign-in page does not answer now. Try again in a minute, "
    "or sign in with your personal key.",
}
