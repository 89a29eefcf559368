short-labels = Which one?
    .choice-yes = Yes
    .choice-sure = yes
    .choice-long = Yes, and I would like to say a lot more about it
    .choice-skip = Words of common skip.
