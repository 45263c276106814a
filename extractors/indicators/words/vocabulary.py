"""The names of what a pack of figures may say of a phrase: its cues and the lists that single rules look at."""

from __future__ import annotations

__all__ = ["BOUNDS", "CUES", "LISTS"]

# What a cue phrase can say. A phrase may stand under several.
_CUE_NAMES = """
    gt gte lt lte approx eq gt_after gte_after lt_after lte_after approx_after
    up down up_after down_after up_end down_end to by from over link each moves
    reach share falls_to be have aux say part respectively gloss fulfil structure
    det of prep attach ties material back conj rel head whole skip plain tense compound
    numbered among proportion compares anaphor causes reason
    annual plan year_ago previous year_before average total than
    goal result sum measure alike against today disburse season
"""
# By line: comparators before and after the number; direction before and after it (`up_end`, `down_end` particles that
# close a German clause; `to` makes a level of a change, `by` a difference, `from` opens a pair, `over` passes a goal,
# `moves` goes from one level to another); predicates (`falls_to` names the owner of a share, `say` reports, `part`
# opens a share, `gloss` restates, `fulfil` meets a plan); the grammar of a noun phrase (`head` is a measure noun,
# `whole` a generic whole, `attach` ties a noun to the one before, `ties` does where a verb follows ("screens outside
# the centre rose") and `material` where the noun is bare ("payments in cash"), `skip` never a subject, `plain` words
# that only look like a cue, `tense` ends a Vietnamese noun phrase, a `compound` is one ordinary word though a syllable
# of it is a cue); `numbered` nouns that a number names ("level 2"), `among` opens a whole that stands first ("of the
# 40 houses, 9 % …"), `proportion` names a share; `compares` has its standard as object ("thấp hơn kế hoạch 2 %"),
# `back` leads from a change to its standard ("a fall of 9 % on 2022"), `anaphor` repeats a subject, `causes` and
# `reason` open a clause of their own; what a percentage is of or against; counts; `today` says that the past is left,
# `disburse` that money of the year's plan is spent; `season` names what comes every year; `against` stands between a
# result and its goal; `alike` points to the same thing elsewhere or at another time ("celui de juin").
CUES = frozenset(_CUE_NAMES.split())

_LIST_NAMES = """
    and in that parts_clauses particles this one these with beside within having each many
    loose_than agents source absolute helped merged equals plans beyond namely only taken_over
    frames followed
    the_known thresholds rates_of_change shares whole_of no_genitive
    change_in degrees signs others adjectives respect dimensions areas plurals sizes age ranges
    measured_of announces subordinates scores echoes rates_at counting stands_for expects
    finite adverbs nouns defines governs stands no_noun_after things branches losses work actors takes powers fronts
    groups therefore located negations same resolutions multiples
"""
# Words that single rules look at: the text of a piece, alone or its beginning. A sentence is not cut by them. By
# line: small words (`that` opens a clause, `parts_clauses` two with a figure each, `particles` no verb though they
# say a direction, `this` and `one` before a noun that is resumed, `these` before a time, `with` and `beside` before a
# value, `having` what has a figure, `within` a whole, `each` and `many` before what is counted); `loose_than` opens
# more than comparisons, `agents` of a participle, `source` of money, `absolute` opens a clause without a verb,
# `helped` and `merged` stand before a unit that a figure is not about, `equals` before a part of the year before,
# `plans` are the year's, `beyond` is more than, `namely` and `only` stand before a figure and are no verb,
# `taken_over` by "to have"; `the_known` opens a value that is compared with where none of the `thresholds` follows,
# `rates_of_change` are changes and `shares` shares by their name, `whole_of` opens a whole, `no_genitive` another
# noun; `change_in` something, `degrees` of a change, `signs` in words, `others` that are compared with, `respect` and
# `dimensions` in which it is counted, `frames` that open a clause, what is `followed` by others, endings of
# `adjectives`, `areas` that something covers, `plurals` without an ending, units of `sizes` and of `age` and what
# joins their `ranges`; measures that are `measured_of` a noun, what `announces` the subject of a sentence,
# prepositions that can be conjunctions (`subordinates`), `scores` whose points are no percentages, verbs that are
# `echoes` of the change before, what stands between a verb of change and its rate (`rates_at`), nouns that are
# `counting` verbs before a number, pronouns that a subject `stands_for`, what says that a plan `expects` a value;
# `finite` endings of verbs that end a noun phrase, those of `adverbs` and `nouns` that only look so; in Vietnamese
# what `defines` and what `governs` a noun, what `stands` before the value of a state, `no_noun_after`, nouns before
# the names of `things`, before those of `branches`, `losses` that open a clause as nouns, `work` that is done,
# `actors` that do it, what they do (`takes`), `powers` of ten, what `fronts` a subject, the `groups` and kinds of
# places that a clause of a list names in place of a subject, `therefore` opens what follows from a clause, `located`
# stands before the area that others are in; `negations` make "only" of "que", `same` stands before a time
# that comes again, `resolutions` are no plan of the year's, `multiples` make a
# factor of a number.

LISTS = frozenset(_LIST_NAMES.split())

# Cues that bound a figure or say how near it is: what may stand between it and the word that governs it.
BOUNDS = frozenset({"gt", "gte", "lt", "lte", "approx", "eq"})
