"""Every prompt that the conversation says by itself; a language needs them all, and Rasa's and telephony's."""

from __future__ import annotations

PROMPTS_USED = (
    # opening and what the caller wants
    "greeting", "language_offer", "language_changed", "language_only",
    "resume_offer", "ask_matter", "menu_payment", "menu_claim", "menu_contact", "menu_other",
    "did_you_mean", "unknown_question", "anything_else", "goodbye", "no_sound_goodbye",
    # identity and the letter with a new PIN
    "ask_customer_number", "confirm_customer_number", "ask_pin", "spoken_pin_warning", "ask_privacy",
    "verify_failed", "verify_locked", "verify_braked", "pin_letter_intro", "ask_birth_date", "ask_case_number",
    "pin_letter_done", "status_words", "status_not_found",
    # parts of results
    "day_and_hour", "next_item", "last_item", "deduction_item", "deductions_item", "reason_overpayment",
    "next_step_on", "paper_item", "claim_item", "claim_expected", "claim_no_date",
    "option_press",
    # applications
    "pen_ready", "draft_reference", "draft_kept", "echo_answer", "read_back_1", "read_back_2", "read_back_fact",
    "ask_which_wrong", "corrected", "resume_ask_reference", "resume_going_on", "resume_none",
    # another citizen, a companion, what cannot wait
    "another_person", "ask_companion", "companion_beside", "companion_alone", "companion_may_not_hear",
    "ask_may_listen", "reason_self_harm", "reason_scam_now", "reason_coached", "also_asked", "we_are_a_machine",
    "already_told", "sorry_annoying",
    "reason_payee_change", "reason_pin_now", "reason_stop_benefit", "faq_data_protection",
    # a person, a call-back
    "offer_person", "handing_over", "person_busy", "person_closed", "transfer_failed",
    "reason_repair", "reason_distress", "reason_distress_closed", "reason_hardship", "reason_death_report",
    "reason_bank_change", "reason_address_change_now", "reason_complaint", "reason_payment_problem", "reason_upset",
    "ask_call_back_number_this", "ask_call_back_number", "confirm_call_back_number", "ask_call_back_window",
    "ask_call_back_reason", "call_back_booked", "call_back_not_booked",
    # the ladder and the line
    "take_your_time", "did_not_understand", "one_more_way_keys", "digits_short", "digits_check",
    "date_impossible", "date_in_future", "date_too_old",
    "line_noisy",
    "line_voices", "line_quiet", "line_clipped", "line_echo",
    # universal wishes
    "slow_mode_on", "needs_time_on",
    "louder_on", "loudest_already", "nothing_to_go_back", "why_default", "simpler_offer",
    "simpler_none",
    "hold_begin", "hold_still_here", "hold_more_time", "hold_back", "hold_longest",
    # in writing: what is said only there, and versions of what would speak of keys and voice
    "text_not_private", "text_person", "text_sorry", "read_back_text", "greeting_written", "ask_matter_written",
    "anything_else_written", "goodbye_written", "ask_customer_number_written", "ask_pin_written",
    "ask_call_back_number_this_written", "ask_call_back_number_written", "ask_call_back_window_written",
    "ask_call_back_reason_written",
    # when a part is away
    "one_moment", "sorry_one_moment", "sorry_agency_away", "sorry_dialogue_away", "sorry_recognition_away",
    "sorry_back_again", "sorry_technical", "menu_keypad", "faq_office_hours",
)  # fmt: skip
