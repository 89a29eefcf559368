short-confirm =
    .choice-yes = Yes
